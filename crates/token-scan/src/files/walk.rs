//! The files of a folder: every one of them, whatever an ignore file says.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::hit::shown_path;
use crate::inspect::{Inspector, Place};
use crate::ledger::{Fault, Rule, Unit};

/// What was met, and what it is about.
pub enum Met<'a> {
    /// A file, to be read.
    File(PathBuf),
    /// A folder, before what is in it.
    Folder(&'a Path),
    /// A symbolic link, which is not followed.
    Link(&'a Path),
}

/// How to go on.
#[derive(PartialEq, Eq)]
pub enum Next {
    /// With everything that is there.
    Go,
    /// Without what is in this folder.
    Leave,
    /// Not at all: nobody takes any more.
    End,
}

/// Tells of every file, folder and link below a root, which itself may be a link. What could not be listed goes into
/// the ledger at once. Returns the folders on other file systems, which were left out.
pub fn walk(
    root: &Path,
    inspector: &mut Inspector<'_>,
    mut tell: impl FnMut(&mut Inspector<'_>, Met<'_>) -> Next,
) -> Vec<PathBuf> {
    let options = inspector.context.options;
    let own_data = own_data(root, &options.own_data);
    let device = if options.other_file_systems { None } else { device_of(root) };
    let mut entries = WalkDir::new(root).follow_root_links(true).into_iter();
    let mut left_out = Vec::new();
    while let Some(entry) = entries.next() {
        if inspector.context.watch.stopped() {
            inspector.ledger.fail(Fault::Stopped, || shown_path(root), 0);
            break;
        }
        let (entry, kind) = match typed(entry, root) {
            Ok(typed) => typed,
            Err((path, fault)) => {
                inspector.ledger.fail(fault, || shown_path(&path), 0);
                continue;
            }
        };
        let next = if own_data.iter().any(|own| own == entry.path()) {
            inspector.ledger.skip(Rule::OwnData, 0);
            Next::Leave
        } else if kind.is_dir() && is_elsewhere(entry.path(), device) {
            inspector.ledger.skip(Rule::OtherFileSystem, 0);
            left_out.extend(entry.path().canonicalize());
            Next::Leave
        } else {
            name(inspector, &entry, kind);
            match kind {
                _ if kind.is_file() => tell(inspector, Met::File(entry.into_path())),
                _ if kind.is_dir() => tell(inspector, Met::Folder(entry.path())),
                _ if kind.is_symlink() => tell(inspector, Met::Link(entry.path())),
                _ => Next::Go,
            }
        };
        match next {
            Next::Leave if kind.is_dir() => entries.skip_current_dir(),
            Next::Go | Next::Leave => {}
            Next::End => break,
        }
    }
    left_out
}

/// What an entry is. Of a root that is a link, it is what the link leads to: that is what the caller named.
fn typed(
    entry: walkdir::Result<DirEntry>,
    root: &Path,
) -> Result<(DirEntry, FileType), (PathBuf, Fault)> {
    let entry = entry.map_err(|error| {
        let path = error.path().unwrap_or(root).to_owned();
        (path, error.into_io_error().as_ref().map_or(Fault::System, Fault::from))
    })?;
    let kind = if entry.depth() == 0 && entry.path_is_symlink() {
        let real = entry.path().metadata();
        real.map_err(|error| (entry.path().to_owned(), Fault::from(&error)))?.file_type()
    } else {
        entry.file_type()
    };
    Ok((entry, kind))
}

/// Whether a folder is on another file system. Where nobody knows, listing it will tell what is wrong.
fn is_elsewhere(folder: &Path, device: Option<u64>) -> bool {
    let other = |device: u64| device_of(folder).is_some_and(|other| other != device);
    device.is_some_and(other)
}

/// The file system that a folder is on, where the system tells.
#[cfg(unix)]
fn device_of(path: &Path) -> Option<u64> {
    std::os::unix::fs::MetadataExt::dev(&path.metadata().ok()?).into()
}

/// The file system that a folder is on, where the system tells.
#[cfg(not(unix))]
fn device_of(_path: &Path) -> Option<u64> {
    None
}

/// The caller's own data as it is named below this root, however either is written.
fn own_data(root: &Path, own: &[PathBuf]) -> Vec<PathBuf> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let real_root = real(root);
    let below = own.iter().filter_map(|own| {
        let own = real(own);
        if real_root.starts_with(&own) {
            return Some(root.to_owned());
        }
        Some(root.join(own.strip_prefix(&real_root).ok()?))
    });
    below.collect()
}

/// Searches the name of an entry, and counts what is neither a file nor a folder.
fn name(inspector: &mut Inspector<'_>, entry: &DirEntry, kind: FileType) {
    let path = entry.path();
    let is_root = entry.depth() == 0;
    // The names of the folders around the root are a part of it.
    let name = if is_root { path.as_os_str() } else { entry.file_name() }.as_encoded_bytes();
    inspector.name(Place::Name(path), name);
    inspector.ledger.read(Unit::Name, name.len() as u64);
    if kind.is_symlink() {
        link(inspector, path);
    } else if !kind.is_file() && !kind.is_dir() {
        inspector.ledger.skip(Rule::NotAFile, 0);
    }
}

/// The path that a link holds is searched; what lies there is not.
fn link(inspector: &mut Inspector<'_>, path: &Path) {
    match std::fs::read_link(path) {
        Ok(target) => {
            inspector.name(Place::Name(path), target.as_os_str().as_encoded_bytes());
            inspector.ledger.skip(Rule::Link, 0);
        }
        Err(error) => inspector.ledger.fail(Fault::from(&error), || shown_path(path), 0),
    }
}
