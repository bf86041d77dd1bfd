//! Branches, tags and everything else that has a name and leads to an object.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::Texts;
use crate::git::object::{Format, Id};

/// The names of a repository with the ids they lead to. Names that lead to other names are left out, because those
/// are there themselves.
pub fn refs(folder: &Path, format: Format, texts: &mut Texts) -> Vec<(String, Id)> {
    let mut refs = packed(&texts.read(&folder.join("packed-refs")), format);
    let mut files = vec![folder.join("HEAD")];
    for below in ["refs", "worktrees"] {
        let entries = WalkDir::new(folder.join(below)).into_iter().filter_map(Result::ok);
        files.extend(entries.filter(|it| is_ref(folder, it)).map(DirEntry::into_path));
    }
    for file in files {
        let text = texts.read(&file);
        if let Some(id) = Id::from_hex(format, text.trim_ascii()) {
            let name = file.strip_prefix(folder).unwrap_or(&file);
            refs.push((name.to_string_lossy().into_owned(), id));
        }
    }
    refs
}

/// The ids that the logs of branches hold. What these lead to is kept by Git until the line expires.
pub fn logged(folder: &Path, format: Format, texts: &mut Texts) -> Vec<Id> {
    let logs = ["logs", "worktrees"].map(|below| WalkDir::new(folder.join(below)));
    let entries = logs.into_iter().flatten().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file() && is_in("logs", folder, entry));
    let ids = files.flat_map(|entry| {
        let text = texts.read(entry.path());
        let lines = text.split(|byte| *byte == b'\n');
        // The old id, which is the new one of the line before, and the new one.
        let ids =
            lines.filter_map(|line| Id::from_hex(format, line.split(|it| *it == b' ').nth(1)?));
        ids.collect::<Vec<_>>()
    });
    ids.filter(|id| id.as_bytes().iter().any(|byte| *byte != 0)).collect()
}

/// In the folder of a linked worktree, what else leads to objects may be older than the last `git gc`.
fn is_ref(folder: &Path, entry: &DirEntry) -> bool {
    let is_one = is_in("refs", folder, entry) || entry.file_name() == "HEAD";
    entry.file_type().is_file() && is_one && !is_in("logs", folder, entry)
}

/// Whether an entry is in a folder of this name below the repository's own.
fn is_in(name: &str, folder: &Path, entry: &DirEntry) -> bool {
    let below = entry.path().strip_prefix(folder);
    below.is_ok_and(|path| path.components().any(|part| part.as_os_str() == name))
}

/// The lines of the file `packed-refs`.
fn packed(text: &[u8], format: Format) -> Vec<(String, Id)> {
    let lines = text.split(|byte| *byte == b'\n');
    let named = lines.filter_map(|line| {
        let space = line.iter().position(|byte| *byte == b' ')?;
        let id = Id::from_hex(format, &line[..space])?;
        Some((String::from_utf8_lossy(&line[space + 1..]).into_owned(), id))
    });
    named.collect()
}
