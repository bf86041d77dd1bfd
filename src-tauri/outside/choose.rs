//! A file that a person chooses.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Manager};

use super::{Outside, busy, dialog};
use crate::error::ErrorView;

/// What is chosen, and where the window begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choose {
    /// Whether the file is written: then it may be a new one.
    pub save: bool,
    /// The folder that is shown; the system's own choice if there is none.
    pub folder: Option<PathBuf>,
    /// The name that is proposed.
    pub name: String,
}

impl Choose {
    /// Begins in the folder of a path, if there is one, with the name at its end.
    #[must_use]
    pub fn beginning_at(path: &str, save: bool) -> Self {
        Self::at(path, save, dirs::home_dir())
    }

    fn at(path: &str, save: bool, home: Option<PathBuf>) -> Self {
        let path = match (path.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        };
        let folder = path.parent().filter(|folder| folder.is_absolute() && folder.is_dir());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { save, folder: folder.map(Path::to_owned), name }
    }

    /// What the window is for, as its title and its button say it.
    pub(super) fn words(&self) -> (&'static str, &'static str) {
        if self.save { ("Save as", "Choose") } else { ("Choose a file", "Choose") }
    }
}

/// The path a person last chose to save to. The system's window has asked about it, so saving there once needs
/// no second question.
#[derive(Default)]
pub struct Chosen(Mutex<Option<ChosenPath>>);

struct ChosenPath {
    path: String,
    /// Whether the person agreed to replace a file. One that appeared since they chose was not asked about.
    replaces: bool,
}

impl Chosen {
    fn set(&self, path: &Path) {
        let chosen =
            ChosenPath { path: path.to_string_lossy().into_owned(), replaces: path.exists() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(chosen);
    }

    /// Whether a person chose this path since it was last asked about; `replaces` if saving there replaces a file.
    pub fn take(&self, path: &str, replaces: bool) -> bool {
        let chosen = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        chosen.is_some_and(|chosen| chosen.path == path && (chosen.replaces || !replaces))
    }
}

/// Has a file chosen; `None` if the window was closed.
///
/// # Errors
/// [`ErrorCode::Declined`](crate::error::ErrorCode::Declined) while another question is open.
pub async fn choose_file(app: &AppHandle, choose: Choose) -> Result<Option<String>, ErrorView> {
    let outside = app.state::<Outside>();
    let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
    let save = choose.save;
    let chosen = dialog::choose(app, choose).await;
    if let (Some(path), true) = (&chosen, save) {
        outside.chosen.set(path);
    }
    Ok(chosen.map(|path| path.to_string_lossy().into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_begins_where_the_path_leads() {
        let folder = tempfile::tempdir().unwrap();
        let home = Some(folder.path().to_owned());
        let at = |path: &str| {
            let Choose { folder, name, .. } = Choose::at(path, true, home.clone());
            (folder, name)
        };
        assert_eq!(at("~/token"), (home.clone(), "token".to_owned()));
        assert_eq!(at("~/no/such/folder/token"), (None, "token".to_owned()));
        assert_eq!(at("token"), (None, "token".to_owned()), "a path of its own is no place");
        assert_eq!(at(""), (None, String::new()));
        assert_eq!(at("/etc/.."), (Some("/etc".into()), String::new()));
    }

    #[test]
    fn what_was_chosen_is_saved_once_without_a_question() {
        let folder = tempfile::tempdir().unwrap();
        let [new, old] = ["new", "old"].map(|name| folder.path().join(name));
        std::fs::write(&old, "").unwrap();
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let chosen = Chosen::default();
        assert!(!chosen.take(&text(&new), false), "nothing was chosen");
        chosen.set(&new);
        assert!(chosen.take(&text(&new), false));
        assert!(!chosen.take(&text(&new), false), "it was saved already");
        chosen.set(&old);
        assert!(chosen.take(&text(&old), true), "the system's window asked about replacing it");
        chosen.set(&new);
        assert!(!chosen.take(&text(&new), true), "the file appeared after the choice");
        chosen.set(&new);
        assert!(!chosen.take(&text(&old), true), "another path than the chosen one");
    }
}
