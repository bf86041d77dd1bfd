//! What an admin decides about tokens instead of revoking them now.

use chrono::Utc;
use tauri::State;
use token_desk::Desk;

use super::Answer;
use crate::views::{DecideRequest, KeyView};

/// Decides about tokens, for a time.
#[tauri::command]
#[specta::specta]
pub async fn decisions_make(desk: State<'_, Desk>, request: DecideRequest) -> Answer<()> {
    Ok(desk.decide(request.into(), desk.server_time(Utc::now())).await?)
}

/// Takes a decision back: what was found counts again.
#[tauri::command]
#[specta::specta]
pub async fn decisions_withdraw(desk: State<'_, Desk>, key: KeyView) -> Answer<()> {
    Ok(desk.withdraw_decision(key.into(), desk.server_time(Utc::now())).await?)
}
