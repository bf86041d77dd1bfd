//! Connecting and disconnecting.

use chrono::Utc;
use tauri::State;
use token_desk::{Desk, Persistence, Secret};

use super::Answer;
use crate::sandbox::EmbeddedSandbox;
use crate::start::Start;
use crate::views::{ConnectRequest, ConnectionView, StartView};

/// What the document started with, as it is now: for a page that was loaded again.
#[tauri::command]
#[specta::specta]
pub async fn connections_start(
    desk: State<'_, Desk>,
    start: State<'_, Start>,
) -> Answer<StartView> {
    Ok(start.view(&desk, Utc::now()))
}

/// Connects to the server the admin named; the list follows by itself.
#[tauri::command]
#[specta::specta]
pub async fn connections_connect(
    desk: State<'_, Desk>,
    request: ConnectRequest,
) -> Answer<ConnectionView> {
    let request = token_desk::ConnectRequest {
        address: request.address,
        api_token: Secret::new(request.api_token),
        organization_id: request.organization_id,
    };
    let connection = desk.connect(request, Persistence::Remember, Utc::now()).await?;
    sync_in_background(&desk);
    Ok(connection.into())
}

/// Connects to the embedded sandbox, which is started where it is not running yet.
#[tauri::command]
#[specta::specta]
pub async fn connections_open_sandbox(
    desk: State<'_, Desk>,
    sandbox: State<'_, EmbeddedSandbox>,
) -> Answer<ConnectionView> {
    let connection = sandbox.connect(&desk, Utc::now()).await?;
    sync_in_background(&desk);
    Ok(connection.into())
}

/// Leaves the server and forgets what was kept of it on this computer.
#[tauri::command]
#[specta::specta]
pub async fn connections_disconnect(desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.disconnect(Utc::now()).await?)
}

fn sync_in_background(desk: &Desk) {
    let desk = desk.clone();
    tauri::async_runtime::spawn(async move { desk.sync(Utc::now()).await });
}
