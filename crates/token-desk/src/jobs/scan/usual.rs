//! Where tokens tend to lie on a computer.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Folders of tools in the home folder: settings, sign-ins, histories, and what editors keep of edited files.
const FOLDERS: [&str; 22] = [
    ".nt3",
    ".aws",
    ".azure",
    ".circleci",
    ".config/Code/User",
    ".config/JetBrains",
    ".config/VSCodium/User",
    ".config/act",
    ".config/environment.d",
    ".config/fish",
    ".config/gh",
    ".config/git",
    ".config/glab-cli",
    ".docker",
    ".emacs.d/backups",
    ".gitlab-runner",
    ".kube",
    ".local/share/JetBrains",
    ".local/share/fish",
    ".local/state/nvim",
    ".ssh",
    ".vim",
];

/// The hidden files of the home folder, such as shell histories and profiles, and the folders that are there. One that
/// can't be looked at is among them, so that the scan says so.
pub(super) fn places(home: &Path) -> Vec<PathBuf> {
    let hidden = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.as_encoded_bytes().starts_with(b".") && !path.is_dir()
    };
    let files: Vec<_> = match fs::read_dir(home) {
        Ok(entries) => {
            entries.flatten().map(|entry| entry.path()).filter(|path| hidden(path)).collect()
        }
        Err(_) => vec![home.to_owned()],
    };
    let is_there = |path: &PathBuf| {
        !fs::metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
    };
    let folders = FOLDERS.iter().map(|folder| home.join(folder)).filter(is_there);
    files.into_iter().chain(folders).collect()
}
