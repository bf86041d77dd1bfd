//! Shows a file that the app saved in its folder.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Manager};

use super::{Outside, Question, pressed};
use crate::error::{ErrorCode, ErrorView};

#[cfg(not(target_os = "linux"))]
use super::dialog::reveal;
#[cfg(target_os = "linux")]
use super::file_manager::reveal;

/// The files that were saved. Only these can be shown at the page's request.
#[derive(Default)]
pub struct Saved(Mutex<Vec<PathBuf>>);

impl Saved {
    fn add(&self, file: PathBuf) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|it| *it != file);
        files.push(file);
    }

    /// The last saved file with this name.
    fn called(&self, name: &str) -> Option<PathBuf> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.iter().rev().find(|it| name_of(it) == name).cloned()
    }
}

/// Notes a saved file; returns the name by which the page refers to it.
pub fn saved(app: &AppHandle, file: PathBuf) -> String {
    let name = name_of(&file);
    app.state::<Outside>().saved.add(file);
    name
}

/// Shows a saved file in the system's file manager.
///
/// # Errors
///
/// Like [`confirm`](super::confirm), and also if this app didn't save the file, or nothing can show
/// it.
pub async fn show_file(app: &AppHandle, name: &str) -> Result<(), ErrorView> {
    let Some(file) = app.state::<Outside>().saved.called(name) else {
        let message = "This app didn’t save that file.".to_owned();
        return Err(ErrorView { code: ErrorCode::NotFound, message });
    };
    pressed(app, Question::show(&file)).await?;
    if reveal(&file).await {
        return Ok(());
    }
    let message = format!("Couldn’t open the file manager. The file is {name}.");
    Err(ErrorView { code: ErrorCode::Internal, message })
}

/// Shows a file or folder that a scan found something in.
///
/// # Errors
///
/// Like [`show_file`].
pub async fn show_found(app: &AppHandle, file: Option<PathBuf>) -> Result<(), ErrorView> {
    let Some(file) = file.filter(|file| file.exists()) else {
        let message = "There is no such file or folder any longer.".to_owned();
        return Err(ErrorView { code: ErrorCode::NotFound, message });
    };
    pressed(app, Question::show(&file)).await?;
    if reveal(&file).await {
        return Ok(());
    }
    let message = "Couldn’t open the file manager.".to_owned();
    Err(ErrorView { code: ErrorCode::Internal, message })
}

fn name_of(file: &Path) -> String {
    file.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_saved_is_known() {
        let saved = Saved::default();
        saved.add("/home/a/report.html".into());
        assert_eq!(saved.called("/home/a/report.html"), Some("/home/a/report.html".into()));
        for other in ["/home/a", "/home/a/../a/report.html", "report.html", ""] {
            assert_eq!(saved.called(other), None, "{other}");
        }
    }
}
