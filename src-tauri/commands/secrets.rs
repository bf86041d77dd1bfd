//! The value of a new token: copy, reveal, deliver, close.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::Desk;

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{CopiedView, HandOffsView, HandedOverView};

/// Copies the value to the clipboard and verifies it.
#[tauri::command]
#[specta::specta]
pub async fn secrets_copy(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: u32,
) -> Answer<CopiedView> {
    outside::pressed(&app, Question::copy()).await?;
    Ok(desk.copy_secret(handle, Utc::now()).await?.into())
}

/// The value itself, for as long as the admin holds the button.
#[tauri::command]
#[specta::specta]
pub async fn secrets_reveal(app: AppHandle, desk: State<'_, Desk>, handle: u32) -> Answer<String> {
    outside::pressed(&app, Question::reveal()).await?;
    // The only way a value reaches the page.
    Ok(desk.reveal_secret(handle)?.expose().to_owned())
}

/// Wipes the value. One that was never copied or delivered is wiped only with `anyway`.
#[tauri::command]
#[specta::specta]
pub async fn secrets_close(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: u32,
    anyway: bool,
) -> Answer<()> {
    if anyway && desk.is_unheld(handle) {
        outside::pressed(&app, Question::close()).await?;
    }
    Ok(desk.close_secret(handle, anyway, Utc::now()).await?)
}

/// The ways to deliver it besides the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn secrets_hand_offs(desk: State<'_, Desk>, handle: u32) -> Answer<HandOffsView> {
    Ok(desk.hand_offs(handle)?.into())
}

/// Saves it to a private file.
#[tauri::command]
#[specta::specta]
pub async fn secrets_save(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: u32,
    path: String,
) -> Answer<HandedOverView> {
    let request = outside::may_save_value(&app, path).await?;
    Ok(desk.save_secret(handle, request, Utc::now()).await?.into())
}

/// Sends it to a program on its standard input.
#[tauri::command]
#[specta::specta]
pub async fn secrets_send(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: u32,
    line: String,
) -> Answer<HandedOverView> {
    desk.check_command(handle, &line)?;
    outside::confirm(&app, Question::run(&line)).await?;
    Ok(desk.send_secret(handle, line, Utc::now()).await?.into())
}

/// Copies a text that refers to it.
#[tauri::command]
#[specta::specta]
pub async fn secrets_copy_snippet(desk: State<'_, Desk>, handle: u32, index: u32) -> Answer<()> {
    Ok(desk.copy_snippet(handle, index as usize).await?)
}
