//! A place where a value lies, in words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use token_scan::{Commit, Hit, Kind};

use super::whose::Owner;
use crate::model::scan::shortened;
use crate::text::visible;
use crate::when;

/// As many characters of a commit's id are shown.
const SHORT: usize = 7;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A file, or a pasted text.
    File,
    /// An object of a repository's history.
    History,
    /// A file in an archive.
    Archive,
}

/// One place of a value: a file, or a file in a repository's history with all its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceTold {
    /// Its number among all places of its token.
    pub at: usize,
    /// The path with the line: `scripts/release.sh:12`.
    pub path: String,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// Whether the last scan of the same did not find it.
    pub is_new: bool,
    /// `Commit c4e19d2 · 3 Jun 2025 · Ole Dahl`.
    pub about: String,
    /// `main and 2 others`; empty for a file.
    pub reach: String,
    /// Whether no branch or tag leads there.
    pub in_no_branch: bool,
    /// What tells the place from others.
    pub key: String,
    /// The file or repository to open the folder of; `None` for a pasted text.
    pub file: Option<PathBuf>,
    /// The file in the history of that repository; `None` for one outside a history, and for a commit’s own message.
    pub within: Option<String>,
    /// The member of the archive.
    pub member: Option<String>,
    /// The line, from 1 on.
    pub line: Option<u64>,
}

/// Words that a token or a place must have, and whether it must be new.
#[derive(Debug, Clone, Default)]
pub struct LookedFor {
    /// A part of a name, id, mask, path or commit, in any case.
    pub words: String,
    /// Whether only places count that the last scan of the same did not find.
    pub only_new: bool,
}

impl LookedFor {
    /// The same, ready to be compared.
    pub(super) fn prepared(&self) -> Self {
        Self { words: self.words.trim().to_lowercase(), only_new: self.only_new }
    }

    /// Whether everything is wanted.
    pub(super) fn is_everything(&self) -> bool {
        self.words.is_empty() && !self.only_new
    }

    /// Whether it is the token that is meant, with all of its places.
    pub(super) fn is_token(&self, mask: &str, owner: Option<&Owner>) -> bool {
        let owner = owner.map(|it| [&*it.name, it.key.id.0.as_str()]).unwrap_or_default();
        self.has(mask) || owner.into_iter().any(|text| self.has(text))
    }

    /// Whether the words are in what is shown of a place.
    pub(super) fn is_place(&self, place: &PlaceTold) -> bool {
        [&place.path, &place.about, &place.reach].into_iter().any(|text| self.has(text))
    }

    fn has(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.words)
    }
}

/// The places of these hits, each with how often it has the value: lines of a file are one place, the first of them,
/// and so are versions of a file in history, the earliest of them.
pub(super) fn merged<'a>(hits: impl Iterator<Item = &'a Hit>) -> Vec<(&'a Hit, u64)> {
    let mut places: BTreeMap<_, (&Hit, u64)> = BTreeMap::new();
    for hit in hits {
        let place = places.entry(key(hit)).or_insert((hit, 0));
        place.1 += 1;
        let made = |hit: &Hit| hit.commit.as_ref().map_or(i64::MAX, |commit| commit.made);
        if made(hit) < made(place.0) {
            place.0 = hit;
        }
    }
    places.into_values().collect()
}

/// What tells a place from others, without its line.
pub(super) fn key(hit: &Hit) -> String {
    let alone = hit.object.as_ref().filter(|_| hit.path.is_empty());
    let parts = [&hit.repository, &Some(hit.path.clone()), &hit.member, &alone.cloned()];
    let parts = parts.map(|part| part.as_deref().unwrap_or_default().to_owned());
    format!("{} {}", hit.kind.name(), parts.join("\0"))
}

pub(super) fn told(at: usize, (hit, times): (&Hit, u64), is_new: bool, home: &str) -> PlaceTold {
    let commit = hit.commit.as_ref();
    let in_no_branch = hit.repository.is_some() && commit.is_none_or(|it| it.names.is_empty());
    let kind = match (&hit.member, &hit.repository) {
        (Some(_), _) => PlaceKind::Archive,
        (None, Some(_)) => PlaceKind::History,
        (None, None) => PlaceKind::File,
    };
    let file = hit.repository.as_ref().or(Some(&hit.path)).filter(|path| !path.is_empty());
    PlaceTold {
        at,
        path: visible(&path(hit, home)),
        kind,
        is_new,
        about: about(hit, times, is_new),
        reach: if hit.repository.is_some() { visible(&reach(commit)) } else { String::new() },
        in_no_branch,
        key: key(hit),
        file: file.map(PathBuf::from),
        within: hit.repository.as_ref().map(|_| hit.path.clone()).filter(|it| !it.is_empty()),
        member: hit.member.clone(),
        line: hit.line,
    }
}

/// `web/scripts/release.sh:12`, with the name of the repository's folder.
fn path(hit: &Hit, home: &str) -> String {
    let line = hit.line.map(|line| format!(":{line}")).unwrap_or_default();
    let member = hit.member.as_ref().map(|it| format!(" › {it}")).unwrap_or_default();
    let file = match (&hit.repository, hit.kind) {
        (_, Kind::Text) => return format!("Line {}", hit.line.unwrap_or(1)),
        (Some(repository), Kind::Commit) => format!("{}, commit message", named(repository)),
        (Some(repository), Kind::Tag) => format!("{}, tag message", named(repository)),
        (Some(repository), _) if hit.path.is_empty() => format!("{}, a file", named(repository)),
        (Some(repository), _) => format!("{}/{}", named(repository), hit.path),
        (None, _) => shortened(&hit.path, home),
    };
    format!("{file}{member}{line}")
}

/// The name of a repository's folder.
fn named(repository: &str) -> String {
    let path = Path::new(repository);
    let folder = if path.ends_with(".git") { path.parent().unwrap_or(path) } else { path };
    folder.file_name().map_or_else(|| repository.to_owned(), |it| it.to_string_lossy().into_owned())
}

fn about(hit: &Hit, times: u64, is_new: bool) -> String {
    let mut parts = Vec::from_iter(is_new.then(|| "New".to_owned()));
    match (&hit.repository, &hit.commit) {
        (Some(_), Some(Commit { id, made, author, .. })) => {
            let short = id.get(..SHORT).unwrap_or(id);
            parts.push(format!("Commit {short}"));
            parts.extend(DateTime::from_timestamp(*made, 0).map(when::date));
            parts.extend(Some(visible(author)).filter(|author| !author.is_empty()));
        }
        (Some(_), None) => parts.push("In no commit".to_owned()),
        (None, _) if hit.kind == Kind::Text => parts.push("Pasted text".to_owned()),
        (None, _) if hit.member.is_some() => parts.push("Archive".to_owned()),
        (None, _) if hit.kind == Kind::Name => parts.push("File name".to_owned()),
        (None, _) => parts.push("File".to_owned()),
    }
    if times > 1 {
        let what = if hit.repository.is_some() { "versions" } else { "lines" };
        parts.push(format!("{times} {what}"));
    }
    parts.join(" · ")
}

/// The branches and tags that lead to the commit.
fn reach(commit: Option<&Commit>) -> String {
    let names = commit.map(|commit| &commit.names[..]).unwrap_or_default();
    let short = |name: &String| {
        let kinds = ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"];
        let kind = kinds.iter().find_map(|kind| name.strip_prefix(kind));
        kind.unwrap_or(name).to_owned()
    };
    match names {
        [] => "in no branch: git gc would drop it".to_owned(),
        [one] => short(one),
        [one, other] => format!("{} and {}", short(one), short(other)),
        [one, rest @ ..] => format!("{} and {} others", short(one), rest.len()),
    }
}
