//! The value of a new token: copy, reveal, deliver, close.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::Desk;

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{CopiedView, DeliveredView, DeliveryChoicesView};

/// Copies the value to the clipboard and verifies it.
#[tauri::command]
#[specta::specta]
pub async fn secrets_copy(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: u32,
) -> Answer<CopiedView> {
    outside::pressed(&app, Question::copy(desk.settings().clear_clipboard)).await?;
    Ok(desk.copy_secret(handle, Utc::now()).await?.into())
}

/// The value itself, while the admin holds the button.
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
    if anyway && let Some(name) = desk.unheld(handle) {
        outside::pressed(&app, Question::close(&name)).await?;
    }
    Ok(desk.close_secret(handle, anyway, Utc::now()).await?)
}

/// The ways to deliver a value besides the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn secrets_delivery_choices(
    desk: State<'_, Desk>,
    handle: u32,
) -> Answer<DeliveryChoicesView> {
    Ok(desk.delivery_choices(handle)?.into())
}

/// Saves the value to a private file.
#[tauri::command]
#[specta::specta]
pub async fn secrets_save(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: u32,
    path: String,
) -> Answer<DeliveredView> {
    let request = outside::may_save_value(&app, path).await?;
    Ok(desk.save_secret(handle, request, Utc::now()).await?.into())
}

/// Sends the value to a program on its standard input.
#[tauri::command]
#[specta::specta]
pub async fn secrets_send(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: u32,
    line: String,
) -> Answer<DeliveredView> {
    desk.check_command(handle, &line)?;
    outside::confirm(&app, Question::run(&line)).await?;
    Ok(desk.send_secret(handle, line, Utc::now()).await?.into())
}

/// Copies a text that refers to the value.
#[tauri::command]
#[specta::specta]
pub async fn secrets_copy_snippet(desk: State<'_, Desk>, handle: u32, index: u32) -> Answer<()> {
    Ok(desk.copy_snippet(handle, index as usize).await?)
}
