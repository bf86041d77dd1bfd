//! What is noted while objects are searched, so that none must be read again to tell where a hit is.

use std::collections::HashMap;

use super::graph::{Commit, parse};
use super::lines::{Lines, Room, Which};
use crate::context::Context;
use crate::git::object::{Format, Id, ObjectKind, TreeEntry, links, tree};
use crate::git::objects::Objects;

/// The notes of one thread.
pub struct Notes<'a> {
    lines: Lines,
    which: Which<'a>,
    commits: Vec<Commit>,
    tags: Vec<(Id, Id)>,
}

impl<'a> Notes<'a> {
    pub fn new(room: Room, which: Which<'a>) -> Self {
        Self { lines: Lines::new(room), which, commits: Vec::new(), tags: Vec::new() }
    }

    /// Notes what a commit or a tag says. The lines that follow are those of this object, if it is a tree.
    pub fn object(&mut self, kind: ObjectKind, id: Id, data: &[u8], format: Format) {
        self.lines.next_tree();
        match (self.which, kind) {
            (Which::None, _) | (_, ObjectKind::Blob | ObjectKind::Tree) => {}
            (_, ObjectKind::Commit) => self.commits.push(parse(id, data, format)),
            (_, ObjectKind::Tag) => {
                let target = links(data, format).next();
                self.tags.extend(target.map(|(_, target)| (id, target)));
            }
        }
    }

    /// Notes a line of the tree with this number, if it matters.
    pub fn line(&mut self, entry: &TreeEntry<'_>, tree: u32) {
        self.lines.note(entry, tree, self.which);
    }
}

/// What all threads noted.
#[derive(Default)]
pub struct AllNotes {
    pub lines: Vec<Lines>,
    pub commits: Vec<Commit>,
    /// What each tag names.
    pub tags: HashMap<Id, Id>,
}

impl AllNotes {
    pub fn add(&mut self, notes: Notes<'_>) {
        self.lines.push(notes.lines);
        self.commits.extend(notes.commits);
        self.tags.extend(notes.tags);
    }

    /// Reads all objects of these kinds again.
    pub fn read(
        context: &Context<'_>,
        objects: &Objects,
        of: impl Fn(ObjectKind) -> bool + Sync,
        room: &Room,
        which: Which<'_>,
    ) -> Self {
        let format = objects.format;
        let new = || Notes::new(room.clone(), which);
        let each = |notes: &mut Notes<'_>, kind, at, data: &[u8]| {
            let Some(id) = objects.id(at) else { return };
            notes.object(kind, id, data, format);
            if kind == ObjectKind::Tree {
                tree(data, format).flatten().for_each(|entry| notes.line(&entry, at));
            }
        };
        let mut all = Self::default();
        objects.each(context, of, new, each).into_iter().for_each(|notes| all.add(notes));
        all
    }
}
