//! Finding repositories among the folders that a scan meets.

use std::fs;
use std::path::{Path, PathBuf};

use super::repository::Repository;

/// What a folder or link means for the scan.
#[derive(Debug)]
pub enum Discovered {
    /// Nothing that the scan must know.
    Nothing,
    /// The objects of a repository.
    Objects(Repository),
    /// A repository without its objects.
    WithoutObjects,
}

/// Looks at a folder or link.
pub fn discover(path: &Path) -> Discovered {
    if path.file_name().is_some_and(|name| name == "objects")
        && let Some(folder) = path.parent()
        && folder.join("HEAD").is_file()
        && path.is_dir()
    {
        return Discovered::Objects(Repository::at(folder));
    }
    let is_git = path.file_name().is_some_and(|name| name == ".git");
    let has = |name: &str| path.join(name).exists();
    if is_git && has("HEAD") && !has("objects") && !has("commondir") {
        return Discovered::WithoutObjects;
    }
    Discovered::Nothing
}

/// Where a file named `.git` says that the repository is: the folder that a linked worktree shares with others, or
/// that of a submodule. Nothing if the file says no such thing.
pub fn pointed_to(file: &Path) -> Option<PathBuf> {
    let text = fs::read(file).ok()?;
    let text = String::from_utf8_lossy(&text);
    let named = text.strip_prefix("gitdir:")?.trim();
    let folder = file.parent()?.join(named);
    let shared = fs::read_to_string(folder.join("commondir"));
    Some(shared.map(|shared| folder.join(shared.trim())).unwrap_or(folder))
}
