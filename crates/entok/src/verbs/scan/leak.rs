//! Each place of a value, as pipelines read it: a path from the current folder on, and a fingerprint that stays the
//! same from run to run.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use token_desk::{FoundToken, Life, PlaceTold, text::visible};

use super::{Searched, life};

/// A place of a value.
pub struct Leak {
    /// From the current folder on; the full path if it isn’t in there.
    pub path: String,
    /// Whether the path starts at the current folder.
    pub is_here: bool,
    pub line: Option<u64>,
    /// Without the value, and without the line, which moves with every edit.
    pub fingerprint: String,
    /// Whether the value works, or may.
    pub works: bool,
    /// What was found, in a sentence.
    pub says: String,
}

/// All places that are listed.
pub fn all(searched: &[Searched], here: &Path) -> Vec<Leak> {
    let mut times: HashMap<String, u32> = HashMap::new();
    let mut leaks = Vec::new();
    for found in searched.iter().flat_map(Searched::tokens) {
        for place in &found.places {
            let (path, is_here) = path(place, here);
            let member = place.member.as_deref().unwrap_or_default();
            let kind = if place.within.is_some() { "history" } else { "file" };
            let what = [kind, &found.mask, &path, member].join("\0");
            // Two values in one place may end alike.
            let again = times.entry(what.clone()).or_default();
            let fingerprint = sha256(&format!("{what}\0{again}"));
            *again += 1;
            let works = matches!(found.life, Life::Live | Life::Unknown);
            let says = says(found, place);
            // The line of a member isn’t one of the archive.
            let line = place.line.filter(|_| place.member.is_none());
            leaks.push(Leak { path, is_here, line, fingerprint, works, says });
        }
    }
    leaks
}

fn path(place: &PlaceTold, here: &Path) -> (String, bool) {
    let file = place.file.clone().unwrap_or_default();
    let full = match &place.within {
        Some(within) => work_tree(file).join(within),
        None => file,
    };
    let (path, is_here) = match full.strip_prefix(here) {
        Ok(path) => (path.to_owned(), true),
        Err(_) => (full, false),
    };
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    (if path.is_empty() { ".".to_owned() } else { path }, is_here)
}

/// The folder that the files of a repository are in.
fn work_tree(mut repository: PathBuf) -> PathBuf {
    if repository.ends_with(".git") {
        repository.pop();
    }
    repository
}

fn says(found: &FoundToken, place: &PlaceTold) -> String {
    let mask = visible(&found.mask);
    let mut text = match &found.owner {
        Some(owner) => format!(
            "The value {mask} of the API token “{}” ({}; {}; {}) is here",
            visible(&owner.name),
            visible(&owner.key.id.0),
            life(found.life),
            owner.how
        ),
        None => format!("The value {mask} of an API token is here; whose it is isn’t known"),
    };
    let parts = [place.about.as_str(), place.reach.as_str()];
    let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).map(visible).collect();
    let _ = write!(text, ": {}.", parts.join(", "));
    if matches!(found.life, Life::Live | Life::Unknown) {
        text.push_str(" Revoke it, then remove it here.");
    }
    text
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
