//! The windows of systems whose own field for a password is not built in yet.

use rfd::{AsyncMessageDialog, MessageButtons, MessageDialogResult, MessageLevel};
use tauri::AppHandle;
use token_desk::Secret;

use super::question::Question;

/// Whether a credential can be typed outside the page.
pub const TAKES_CREDENTIALS: bool = false;

/// Whether the answer is yes.
pub async fn confirm(_: &AppHandle, question: Question) -> bool {
    let text = [Some(question.text), question.detail].into_iter().flatten().collect::<Vec<_>>();
    let dialog = AsyncMessageDialog::new()
        .set_level(MessageLevel::Warning)
        .set_title(question.title)
        .set_description(text.join("\n\n"))
        .set_buttons(MessageButtons::OkCancelCustom(question.yes.clone(), "Cancel".to_owned()));
    match dialog.show().await {
        MessageDialogResult::Ok => true,
        MessageDialogResult::Custom(pressed) => pressed == question.yes,
        _ => false,
    }
}

/// Nothing can be typed here.
pub async fn credential(
    _: &AppHandle,
    _: Question,
    _: &'static str,
    _: Option<Secret>,
) -> Option<Secret> {
    None
}
