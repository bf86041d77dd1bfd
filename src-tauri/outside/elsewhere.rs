//! The windows of systems whose own field for a password is not built in yet.

use std::path::{Path, PathBuf};
use std::process::Command;

use rfd::{AsyncFileDialog, AsyncMessageDialog, MessageButtons, MessageDialogResult, MessageLevel};
use tauri::AppHandle;
use token_desk::Secret;

use super::choose::{Choose, Chosen};
use super::question::Question;

/// Whether a credential can be typed outside the page.
pub const TAKES_CREDENTIALS: bool = false;

/// Whether the answer is yes.
pub async fn confirm(_: &AppHandle, question: Question) -> bool {
    let text = [Some(question.text), question.detail].into_iter().flatten().collect::<Vec<_>>();
    let yes = question.yes.clone();
    let buttons = if question.cancels {
        MessageButtons::OkCancelCustom(yes, "Cancel".to_owned())
    } else {
        MessageButtons::OkCustom(yes)
    };
    let dialog = AsyncMessageDialog::new()
        .set_level(MessageLevel::Warning)
        .set_title(question.title)
        .set_description(text.join("\n\n"))
        .set_buttons(buttons);
    match dialog.show().await {
        MessageDialogResult::Ok => true,
        MessageDialogResult::Custom(pressed) => pressed == question.yes,
        _ => false,
    }
}

/// The file that was chosen; `None` if the window was closed.
pub async fn choose(_: &AppHandle, choose: Choose) -> Option<PathBuf> {
    let mut dialog = AsyncFileDialog::new().set_title(choose.words().0);
    if let Some(folder) = &choose.folder {
        dialog = dialog.set_directory(folder);
    }
    let chosen = match choose.what {
        Chosen::File => dialog.pick_file().await,
        Chosen::NewFile => dialog.set_file_name(choose.name).save_file().await,
        Chosen::Folder => dialog.pick_folder().await,
    };
    chosen.map(|file| file.path().to_owned())
}

/// On these systems nothing can be typed outside the page.
pub async fn credential(
    _: &AppHandle,
    _: Question,
    _: &'static str,
    _: Option<Secret>,
) -> Option<Secret> {
    None
}

/// Opens a file with what the person uses for such ones; returns whether that worked.
#[expect(clippy::unused_async, reason = "on Linux it waits")]
pub async fn open(file: &Path) -> std::io::Result<bool> {
    let program = if cfg!(target_os = "macos") { "open" } else { "explorer" };
    Command::new(program).arg(file).spawn().map(|_| true)
}

/// Shows a file in its folder; returns whether that worked.
pub async fn reveal(file: &Path) -> bool {
    #[cfg(target_os = "macos")]
    let shown = Command::new("open").arg("-R").arg(file).spawn();
    #[cfg(not(target_os = "macos"))]
    let shown = Command::new("explorer").arg(format!("/select,{}", file.display())).spawn();
    shown.is_ok()
}
