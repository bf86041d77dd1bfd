//! Decisions about tokens instead of revoking them now.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{Desk, TokenKey};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{AskView, DecideRequest, KeyView};

/// Records a decision about tokens, which holds for a time. Returns the tokens, to undo it; none if it replaces
/// a decision.
#[tauri::command]
#[specta::specta]
pub async fn decisions_make(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: DecideRequest,
) -> Answer<Vec<KeyView>> {
    outside::pressed(&app, Question::decide()).await?;
    let decided = desk.decide(request.into(), Utc::now()).await?;
    Ok(decided.into_iter().map(KeyView::from).collect())
}

/// Undoes the decisions about these tokens: their findings count again.
#[tauri::command]
#[specta::specta]
pub async fn decisions_withdraw(desk: State<'_, Desk>, keys: Vec<KeyView>) -> Answer<()> {
    let keys = keys.into_iter().map(TokenKey::from).collect();
    Ok(desk.withdraw_decisions(keys, Utc::now()).await?)
}

/// The messages to the tokens' creators, one per person.
#[tauri::command]
#[specta::specta]
pub async fn decisions_questions(
    desk: State<'_, Desk>,
    keys: Vec<KeyView>,
) -> Answer<Vec<AskView>> {
    let keys = keys.into_iter().map(TokenKey::from).collect();
    let questions = desk.questions(keys).await?;
    Ok(questions.into_iter().map(AskView::from).collect())
}

/// Copies one of these messages.
#[tauri::command]
#[specta::specta]
pub async fn decisions_copy_question(
    desk: State<'_, Desk>,
    keys: Vec<KeyView>,
    index: u32,
) -> Answer<()> {
    let keys = keys.into_iter().map(TokenKey::from).collect();
    Ok(desk.copy_question(keys, index as usize).await?)
}
