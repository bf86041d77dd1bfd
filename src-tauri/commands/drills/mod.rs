//! Drills: a leak or a rotation that somebody practices in the embedded sandbox.

use chrono::Utc;
use tauri::State;
use token_desk::Desk;

use crate::commands::Answer;
use crate::sandbox::EmbeddedSandbox;
use crate::views::{DrillKind, DrillView};

/// Begins a drill in the sandbox, which is opened if it isn't yet. Returns its connection, which is shown then.
#[tauri::command]
#[specta::specta]
pub async fn drills_begin(
    desk: State<'_, Desk>,
    sandbox: State<'_, EmbeddedSandbox>,
    kind: DrillKind,
) -> Answer<u32> {
    Ok(sandbox.begin(kind.into(), &desk, Utc::now()).await?.0)
}

/// How far the drill is, after everybody else did their part in it; `None` if there is none.
#[tauri::command]
#[specta::specta]
pub async fn drills_show(sandbox: State<'_, EmbeddedSandbox>) -> Answer<Option<DrillView>> {
    Ok(sandbox.go_on().await?.map(DrillView::from))
}

/// Copies the value again that somebody is to find.
#[tauri::command]
#[specta::specta]
pub async fn drills_copy(desk: State<'_, Desk>, sandbox: State<'_, EmbeddedSandbox>) -> Answer<()> {
    Ok(sandbox.copy_value(&desk).await?)
}

/// Ends the drill; returns how far it was.
#[tauri::command]
#[specta::specta]
pub async fn drills_end(
    desk: State<'_, Desk>,
    sandbox: State<'_, EmbeddedSandbox>,
) -> Answer<Option<DrillView>> {
    let last = sandbox.go_on().await?;
    sandbox.end_drill(&desk, Utc::now()).await?;
    Ok(last.map(DrillView::from))
}
