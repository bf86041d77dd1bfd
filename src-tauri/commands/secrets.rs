//! The value of a new token: copy it, look at it, let it go.

use chrono::Utc;
use tauri::State;
use token_desk::Desk;

use super::Answer;
use crate::views::CopiedView;

/// Puts the value on the clipboard and proves it.
#[tauri::command]
#[specta::specta]
pub async fn secrets_copy(desk: State<'_, Desk>, handle: u32) -> Answer<CopiedView> {
    Ok(desk.copy_secret(handle, Utc::now()).await?.into())
}

/// The value itself, for as long as the admin holds the button.
#[tauri::command]
#[specta::specta]
pub async fn secrets_reveal(desk: State<'_, Desk>, handle: u32) -> Answer<String> {
    // The only way a value reaches the page.
    Ok(desk.reveal_secret(handle)?.expose().to_owned())
}

/// Wipes the value; one that nobody has only `anyway`.
#[tauri::command]
#[specta::specta]
pub async fn secrets_close(desk: State<'_, Desk>, handle: u32, anyway: bool) -> Answer<()> {
    Ok(desk.close_secret(handle, anyway, Utc::now()).await?)
}
