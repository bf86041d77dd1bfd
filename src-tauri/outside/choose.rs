//! A file that a person chooses.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager};
use token_desk::text;

use super::{Outside, busy, dialog};
use crate::error::ErrorView;

/// What is chosen in the system's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// A file that is there.
    File,
    /// A file to be written, which may be a new one.
    NewFile,
    /// A folder that is there.
    Folder,
}

/// The system's window for choosing a file: its purpose, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choose {
    /// What is to be chosen.
    pub what: Chosen,
    /// The folder that is shown; the system's own choice if there is none.
    pub folder: Option<PathBuf>,
    /// The name that is proposed.
    pub name: String,
}

impl Choose {
    /// Begins in the folder of a path, if there is one, with the name at its end; for a folder, in that one.
    #[must_use]
    pub fn beginning_at(path: &str, what: Chosen) -> Self {
        Self::at(path, what, dirs::home_dir())
    }

    fn at(path: &str, what: Chosen, home: Option<PathBuf>) -> Self {
        let path = match (path.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        };
        let inside = what == Chosen::Folder && path.is_dir();
        let folder = if inside { Some(&*path) } else { path.parent() };
        let folder = folder.filter(|folder| folder.is_absolute() && folder.is_dir());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { what, folder: folder.map(Path::to_owned), name }
    }

    /// The title and the button of the window.
    pub(super) fn words(&self) -> (&'static str, &'static str) {
        match self.what {
            Chosen::File => ("Choose a file", "Choose"),
            Chosen::NewFile => ("Save as", "Choose"),
            Chosen::Folder => ("Choose a folder", "Choose"),
        }
    }
}

/// How long a choice remains valid.
const HOLDS: Duration = Duration::from_secs(120);
/// A window that is answered sooner may have been answered by somebody who was typing elsewhere.
const READ_AFTER: Duration = Duration::from_secs(1);
/// The longest file name, in bytes, that such a window shows completely.
const LONGEST_NAME: usize = 80;

/// The path to which the next save needs no further question: once, soon, and only this one.
#[derive(Default)]
pub struct Agreed(Mutex<Option<(String, By, Instant)>>);

/// Whether a person or the app chose a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A person, in the system's window, which has already asked about it.
    Person {
        /// Whether a file existed that they agreed to replace. One that appeared since needs a
        /// question.
        replaces: bool,
    },
    /// The app, as its proposal: no script chose the name, so a press is enough if no file is lost.
    App,
}

impl Agreed {
    fn set(&self, path: &Path, by: By) {
        let agreed = (path.to_string_lossy().into_owned(), by, Instant::now());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(agreed);
    }

    /// Who last chose this path, if that makes a question unnecessary; `replaces` if a file would
    /// be replaced.
    pub fn take(&self, path: &str, replaces: bool) -> Option<By> {
        let (agreed, by, at) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let covered = !replaces || by == By::Person { replaces: true };
        (agreed == path && covered && at.elapsed() < HOLDS).then_some(by)
    }
}

/// Whether a window that may shorten a path and doesn't escape it shows this one as it is. Its name
/// may come from script.
fn is_plain(path: &Path) -> bool {
    let shown = |it: &str| text::visible_whole(it) == it && it.trim() == it && !it.contains("  ");
    path.to_str().is_some_and(shown)
        && path.file_name().is_some_and(|name| name.len() <= LONGEST_NAME)
}

/// Proposes a file of this name among the person's documents.
pub fn propose(app: &AppHandle, name: &str) -> String {
    let folder = dirs::document_dir().or_else(dirs::home_dir).unwrap_or_default();
    let path = folder.join(name);
    app.state::<Outside>().agreed.set(&path, By::App);
    path.to_string_lossy().into_owned()
}

/// Lets a person choose a file; `None` if the window was closed.
///
/// # Errors
///
/// [`ErrorCode::Declined`](crate::error::ErrorCode::Declined) while another question is open.
pub async fn choose_file(app: &AppHandle, choose: Choose) -> Result<Option<String>, ErrorView> {
    let outside = app.state::<Outside>();
    let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
    let save = choose.what == Chosen::NewFile;
    let (asked, opened) = (outside.presses.take(), Instant::now());
    let chosen = dialog::choose(app, choose).await;
    // Any other choice is asked about when the file is saved.
    if let Some(path) = &chosen
        && save
        && asked
        && opened.elapsed() >= READ_AFTER
        && is_plain(path)
    {
        outside.agreed.set(path, By::Person { replaces: path.exists() });
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
            let Choose { folder, name, .. } = Choose::at(path, Chosen::NewFile, home.clone());
            (folder, name)
        };
        assert_eq!(
            Choose::at("~/", Chosen::Folder, home.clone()).folder,
            home,
            "the folder itself"
        );
        assert_eq!(at("~/token"), (home.clone(), "token".to_owned()));
        assert_eq!(at("~/no/such/folder/token"), (None, "token".to_owned()));
        assert_eq!(at("token"), (None, "token".to_owned()), "a path of its own is no place");
        assert_eq!(at(""), (None, String::new()));
        assert_eq!(at("/etc/.."), (Some("/etc".into()), String::new()));
    }

    #[test]
    fn what_was_agreed_to_is_saved_once_with_less_than_a_question() {
        let path = Path::new("/home/a/report.html");
        let take = |by, path: &str, replaces| {
            let agreed = Agreed::default();
            agreed.set(Path::new("/home/a/report.html"), by);
            agreed.take(path, replaces)
        };
        let person = |replaces| By::Person { replaces };
        for by in [person(false), person(true), By::App] {
            assert_eq!(take(by, "/home/a/report.html", false), Some(by));
            assert_eq!(take(by, "/home/a/.bashrc", false), None, "another path");
        }
        let replaced = |by| take(by, "/home/a/report.html", true);
        assert_eq!(
            replaced(person(true)),
            Some(person(true)),
            "the system's window asked about it"
        );
        assert_eq!(replaced(person(false)), None, "the file appeared after the choice");
        assert_eq!(replaced(By::App), None, "the app asked nobody");
        let agreed = Agreed::default();
        assert_eq!(agreed.take("/home/a/report.html", false), None, "nothing was named");
        agreed.set(path, By::App);
        assert_eq!(agreed.take("/home/a/report.html", false), Some(By::App));
        assert_eq!(agreed.take("/home/a/report.html", false), None, "once");
    }

    #[test]
    fn a_path_that_looks_like_another_is_not_plain() {
        let plain = |path: &str| is_plain(Path::new(path));
        assert!(
            plain("/home/a/entri-token-audit-2026-11-29.html") && plain("/home/a/my report.csv")
        );
        let spaces = format!("/home/a/report.csv{}.desktop", " ".repeat(200));
        let long = format!("/home/a/{}", "x".repeat(LONGEST_NAME + 1));
        let turned = "/home/a/report\u{202e}fdp.desktop";
        for path in [&*spaces, &long, turned, "/home/a/x.html ", "/home/a/a\nb"] {
            assert!(!plain(path), "{path:?}");
        }
    }
}
