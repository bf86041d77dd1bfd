//! What the page tells of itself.

use tauri::State;
use token_desk::Desk;

use super::Answer;
use crate::start::Start;

/// The first rows are on screen: what can wait until then is done now.
#[tauri::command]
#[specta::specta]
pub async fn window_painted(desk: State<'_, Desk>, start: State<'_, Start>) -> Answer<()> {
    tracing::info!(milliseconds = start.running_for().as_millis(), "first rows painted");
    let desk = Desk::clone(&desk);
    tauri::async_runtime::spawn_blocking(move || desk.warm());
    Ok(())
}
