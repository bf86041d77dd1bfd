//! A file that a person chooses.

use std::path::{Path, PathBuf};

use tauri::AppHandle;
use tauri::Manager;

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

/// Has a file chosen; `None` if the window was closed.
///
/// # Errors
/// [`ErrorCode::Declined`](crate::error::ErrorCode::Declined) while another question is open.
pub async fn choose_file(app: &AppHandle, choose: Choose) -> Result<Option<String>, ErrorView> {
    let outside = app.state::<Outside>();
    let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
    let chosen = dialog::choose(app, choose).await;
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
}
