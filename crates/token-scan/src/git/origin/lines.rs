//! Which trees hold which objects, noted while trees are read.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::git::disk::Known;
use crate::git::object::TreeEntry;

/// So many lines are noted at most if all folders are, and each takes 16 bytes. The tests do without.
const MOST: usize = if cfg!(test) { 0 } else { 4 << 20 };

/// A thread takes room for so many lines at once.
const STEP: usize = 1 << 12;

/// The names of one thread take so many bytes at most.
const MOST_OF_NAMES: usize = 16 << 20;

/// Room for lines that all threads share.
#[derive(Clone)]
pub struct Room(Arc<AtomicUsize>);

impl Room {
    /// Room for the lines of many folders, but not for those of any repository.
    pub fn bounded() -> Self {
        Self(Arc::new(AtomicUsize::new(MOST)))
    }

    /// Room for as many as there are, where nothing can do without.
    pub fn unbounded() -> Self {
        Self(Arc::new(AtomicUsize::new(usize::MAX)))
    }

    fn take(&self, lines: usize) -> bool {
        let take = |left: usize| left.checked_sub(lines);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }
}

/// One line of a tree.
#[derive(Clone, Copy)]
pub struct Line {
    /// The first bits of what it holds.
    pub child: u64,
    /// The number of the tree among all objects of the repository.
    pub holder: u32,
    /// The number of the name among those of these lines.
    name: u32,
}

/// Lines that one thread noted.
pub struct Lines {
    all: Vec<Line>,
    room: Room,
    /// How many lines there is room for.
    granted: usize,
    names: Vec<Arc<[u8]>>,
    numbers: HashMap<Arc<[u8]>, u32>,
    size_of_names: usize,
    /// The names of the tree before this one, which is often a version of the same folder.
    before: Vec<u32>,
    /// Where in it this tree is.
    at: usize,
    /// Whether there was no more room for some.
    pub are_too_many: bool,
}

/// Which lines of a tree are noted.
#[derive(Clone, Copy)]
pub enum Which<'a> {
    /// No line has been asked for.
    None,
    /// All of them, because nobody knows yet which will matter.
    All,
    /// Folders, and these objects.
    FoldersAnd(&'a Known),
    /// Nothing but these objects.
    Only(&'a Known),
}

impl Which<'_> {
    fn has(self, entry: &TreeEntry<'_>) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::FoldersAnd(objects) => entry.is_folder || objects.has_short(entry.short()),
            Self::Only(objects) => objects.has_short(entry.short()),
        }
    }
}

impl Lines {
    pub fn new(room: Room) -> Self {
        Self {
            all: Vec::new(),
            room,
            granted: 0,
            names: Vec::new(),
            numbers: HashMap::new(),
            size_of_names: 0,
            before: Vec::new(),
            at: 0,
            are_too_many: false,
        }
    }

    /// The lines after this one are of another tree.
    pub fn next_tree(&mut self) {
        self.at = 0;
    }

    /// Notes a line if it matters.
    pub fn note(&mut self, entry: &TreeEntry<'_>, holder: u32, which: Which<'_>) {
        if self.are_too_many || !which.has(entry) {
            return;
        }
        if self.all.len() == self.granted {
            self.are_too_many = !self.room.take(STEP);
            self.granted += STEP;
        }
        match self.name(entry.name).filter(|_| !self.are_too_many) {
            Some(name) => self.all.push(Line { child: entry.short(), holder, name }),
            None => self.are_too_many = true,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Line> {
        self.all.iter()
    }

    pub fn name_of(&self, line: &Line) -> &Arc<[u8]> {
        &self.names[line.name as usize]
    }

    /// The number of a name, if there is room for it.
    fn name(&mut self, name: &[u8]) -> Option<u32> {
        let at = self.at;
        self.at += 1;
        if let Some(number) = self.before.get(at).copied()
            && *self.names[number as usize] == *name
        {
            return Some(number);
        }
        let number = match self.numbers.get(name) {
            Some(number) => *number,
            None => self.new_name(name)?,
        };
        if at < self.before.len() {
            self.before[at] = number;
        } else {
            self.before.push(number);
        }
        Some(number)
    }

    fn new_name(&mut self, name: &[u8]) -> Option<u32> {
        self.size_of_names += name.len();
        if self.size_of_names > MOST_OF_NAMES {
            return None;
        }
        let (name, number) = (Arc::<[u8]>::from(name), u32::try_from(self.names.len()).ok()?);
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        Some(number)
    }
}
