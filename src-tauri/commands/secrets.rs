//! The value of a new token: copy it, look at it, hand it over, let it go.

use chrono::Utc;
use tauri::State;
use token_desk::{Desk, FileRequest};

use super::Answer;
use crate::views::{CopiedView, HandOffsView, HandedOverView};

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

/// The ways to hand it over beside the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn secrets_hand_offs(desk: State<'_, Desk>, handle: u32) -> Answer<HandOffsView> {
    Ok(desk.hand_offs(handle)?.into())
}

/// Saves it to a private file.
#[tauri::command]
#[specta::specta]
pub async fn secrets_save(
    desk: State<'_, Desk>,
    handle: u32,
    path: String,
    replace: bool,
) -> Answer<HandedOverView> {
    let request = FileRequest { path, home: dirs::home_dir(), replace };
    Ok(desk.save_secret(handle, request, Utc::now()).await?.into())
}

/// Gives it to a program on its standard input.
#[tauri::command]
#[specta::specta]
pub async fn secrets_send(
    desk: State<'_, Desk>,
    handle: u32,
    line: String,
) -> Answer<HandedOverView> {
    Ok(desk.send_secret(handle, line, Utc::now()).await?.into())
}

/// Copies a text that refers to it.
#[tauri::command]
#[specta::specta]
pub async fn secrets_copy_snippet(desk: State<'_, Desk>, handle: u32, index: u32) -> Answer<()> {
    Ok(desk.copy_snippet(handle, index as usize).await?)
}
