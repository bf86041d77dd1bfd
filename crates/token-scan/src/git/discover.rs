//! Finding repositories among the folders that a scan meets.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::repository::Repository;
use crate::files;

/// A file that only says where a repository is is not larger.
const LARGEST_POINTER: u64 = 1 << 16;

/// What a folder means for the scan.
#[derive(Debug)]
pub enum Discovered {
    /// Nothing that the scan must know.
    Nothing,
    /// The objects of a repository.
    Objects(Repository),
    /// A repository without its objects.
    WithoutObjects,
}

/// Looks at a folder.
pub fn discover(path: &Path) -> Discovered {
    let is_named = path.file_name().is_some_and(|name| name == "objects");
    if let Some(folder) = path.parent().filter(|_| is_named)
        && (has(folder, "HEAD") || is_repository(folder) || has_loose(path))
    {
        return Discovered::Objects(Repository::at(folder));
    }
    // A copy of nothing but the objects may have any name.
    if has_packs(path) {
        return Discovered::Objects(Repository::of_objects(path));
    }
    if is_repository(path) && !has_objects(path) && !has(path, "commondir") {
        return Discovered::WithoutObjects;
    }
    Discovered::Nothing
}

/// The repository whose objects are where this link leads, if it is such a link.
pub fn linked_objects(link: &Path) -> Option<Repository> {
    let folder =
        link.parent().filter(|_| link.file_name().is_some_and(|name| name == "objects"))?;
    let is_one = link.is_dir() && (has(folder, "HEAD") || is_repository(folder));
    is_one.then(|| Repository::at(folder))
}

/// Whether a repository has the folder of its objects.
pub fn has_objects(folder: &Path) -> bool {
    folder.join("objects").is_dir()
}

/// Whether a folder is that of a repository, even if some of what Git needs there is gone.
fn is_repository(folder: &Path) -> bool {
    let files = ["HEAD", "config", "packed-refs", "description"];
    let is_file = |name: &&str| folder.join(name).symlink_metadata().is_ok_and(|it| !it.is_dir());
    let files: Vec<_> = files.iter().filter(|name| is_file(name)).collect();
    let is_git = folder.file_name().is_some_and(|name| name == ".git");
    let is_one = |name: &str| files.iter().any(|file| **file == name);
    if !is_one("HEAD") && !is_one("config") {
        return is_git && (!files.is_empty() || has(folder, "refs") || has(folder, "index"));
    }
    let folders = ["refs", "hooks"].iter().filter(|name| folder.join(name).is_dir()).count();
    is_git || is_one("HEAD") && is_one("config") || files.len() + folders >= 3
}

/// Whether there is such an entry, wherever it leads if it is a link.
fn has(folder: &Path, name: &str) -> bool {
    folder.join(name).symlink_metadata().is_ok()
}

/// Whether a folder has the two folders that Git makes first where it keeps objects.
fn has_packs(folder: &Path) -> bool {
    folder.join("pack").is_dir() && folder.join("info").is_dir()
}

/// Whether a folder has objects in files of their own.
fn has_loose(folder: &Path) -> bool {
    loose_names(folder).any(|name| [38, 62].contains(&name.len()))
}

/// Whether the objects in a folder, or their packs, have the long ids of SHA-256.
pub fn has_long_ids(objects: &Path) -> bool {
    let mut packs = names(&objects.join("pack"));
    let is_long = |name: String| {
        name.strip_prefix("pack-").and_then(|it| it.find('.')).is_some_and(|digits| digits == 64)
    };
    packs.any(is_long) || loose_names(objects).any(|name| name.len() == 62)
}

/// The names of hexadecimal digits in the folders of two such digits.
fn loose_names(folder: &Path) -> impl Iterator<Item = String> {
    let is_hex = |name: &str| name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let folders = names(folder).filter(move |name| name.len() == 2 && is_hex(name));
    let folder = folder.to_owned();
    folders.flat_map(move |name| names(&folder.join(name))).filter(move |name| is_hex(name))
}

fn names(folder: &Path) -> impl Iterator<Item = String> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned())
}

/// Where a file named `.git` or `commondir` says that the repository is: the folder that a linked worktree shares with
/// others, or that of a submodule. An error of invalid data if the file says no such thing.
pub fn pointed_to(file: &Path) -> io::Result<PathBuf> {
    let around = file.parent().unwrap_or(file);
    let text = files::contents(file, LARGEST_POINTER)?;
    let text = String::from_utf8_lossy(&text);
    if file.file_name().is_some_and(|name| name == "commondir") {
        return Ok(around.join(text.trim()));
    }
    let named = text.strip_prefix("gitdir:").ok_or(io::ErrorKind::InvalidData)?.trim();
    let folder = around.join(named);
    let shared = files::contents(&folder.join("commondir"), LARGEST_POINTER);
    Ok(shared.map_or(folder.clone(), |it| folder.join(String::from_utf8_lossy(&it).trim())))
}
