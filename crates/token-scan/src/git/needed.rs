//! What a repository needs to be complete: what leads to objects from outside of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::disk::{Texts, logged, refs, staged};
use super::repository::{About, shown_object};
use crate::git::object::{Format, Id};
use crate::hit::shown_path;
use crate::inspect::{Inspector, Place};
use crate::ledger::Fault;

/// The commits that a shallow clone ends with.
pub fn shallow(folder: &Path, format: Format, texts: &mut Texts) -> BTreeSet<Id> {
    let list = texts.read(&folder.join("shallow"));
    list.split(|byte| *byte == b'\n').filter_map(|line| Id::from_hex(format, line)).collect()
}

/// Tells what the repository needs and doesn't have.
pub fn needed(
    about: &About<'_>,
    is_partial: bool,
    texts: &mut Texts,
    inspector: &mut Inspector<'_>,
) {
    let mut missing = about.missing.lock().unwrap_or_else(PoisonError::into_inner);
    let named = refs(about.folder, about.format, texts).into_iter().map(|(_, id)| id);
    let logged = logged(about.folder, about.format, texts);
    let indexed = indexed(about, texts, inspector);
    missing.extend(named.chain(logged).chain(indexed).filter(|id| !about.known.has(id)));
    let reftable = about.folder.join("reftable");
    if reftable.is_dir() {
        inspector.ledger.fail(Fault::UnknownFormat, || shown_path(&reftable), 0);
    }
    let fault = if is_partial { Fault::NotFetched } else { Fault::MissingObject };
    for id in &*missing {
        inspector.ledger.fail(fault, || shown_object(about.folder, id), 0);
    }
    for id in &about.shallow {
        let place = || format!("before {}", shown_object(about.folder, id));
        inspector.ledger.fail(Fault::NotFetched, place, 0);
    }
}

/// The objects that are staged, in any worktree.
fn indexed(about: &About<'_>, texts: &mut Texts, inspector: &mut Inspector<'_>) -> Vec<Id> {
    let mut ids = Vec::new();
    for path in indexes(about.folder) {
        let Some(bytes) = texts.get(&path) else { continue };
        let watch = inspector.context.watch;
        let staged = staged(&bytes, about.format, |name| {
            inspector.name(Place::Name(&path), name);
            !watch.stopped()
        });
        if let Some(staged) = staged {
            ids.extend(staged);
        } else {
            let fault = if watch.stopped() { Fault::Stopped } else { Fault::UnknownFormat };
            inspector.ledger.fail(fault, || shown_path(&path), 0);
        }
    }
    ids
}

/// The index of each worktree, and what several of them share.
fn indexes(folder: &Path) -> Vec<PathBuf> {
    let worktrees = fs::read_dir(folder.join("worktrees")).into_iter().flatten().flatten();
    let folders = worktrees.map(|entry| entry.path()).chain([folder.to_owned()]);
    let files = folders.flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let is_index = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        (name == b"index" || name.starts_with(b"sharedindex.")) && !path.is_dir()
    };
    files.map(|entry| entry.path()).filter(is_index).collect()
}
