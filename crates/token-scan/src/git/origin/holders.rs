//! The trees that hold objects, directly or not: up from the objects to the trees of commits.

use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::lines::{Lines, Room, Which};
use super::notes::AllNotes;
use crate::context::Context;
use crate::git::disk::{AsItIs, Known};
use crate::git::object::{Id, ObjectKind};
use crate::git::objects::Objects;

/// Folders are not searched deeper than this.
const DEPTH: usize = 4096;

/// So many trees are looked at between two questions whether to stop.
const STEP: usize = 1 << 10;

/// An object that is looked for, or a tree that holds one of them.
#[derive(Default)]
struct Node {
    /// The trees that it is in.
    above: Vec<u32>,
    /// What of it is among these nodes, by name.
    below: Vec<(Arc<[u8]>, u32)>,
}

/// Objects that are looked for, and all trees that hold any of them.
#[derive(Default)]
pub struct Holders {
    nodes: Vec<Node>,
    /// The number of each node.
    numbers: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
}

/// What holds one object, and the object itself.
pub struct Holding {
    is_held: Vec<bool>,
    /// The nodes that hold it.
    pub all: Vec<u32>,
}

impl Holding {
    pub fn has(&self, node: u32) -> bool {
        self.is_held[node as usize]
    }
}

impl Holders {
    /// Finds what holds these objects by lines of trees. If those are too many to note, all trees are read again for each
    /// folder that the objects are deep.
    pub fn of(
        context: &Context<'_>,
        objects: &Objects,
        hit: &BTreeSet<Id>,
        lines: &[Lines],
    ) -> Self {
        let mut holders = Self::default();
        let mut wanted: Vec<u64> = hit.iter().map(Id::short).collect();
        for short in &wanted {
            holders.node(*short);
        }
        let has_all = !lines.iter().any(|lines| lines.are_too_many);
        while !wanted.is_empty() && !context.watch.stopped() {
            let mut nearly = Known::default();
            nearly.add_short(wanted.iter().copied());
            wanted = if has_all {
                holders.rise(objects, lines, &nearly)
            } else {
                let (room, which) = (Room::unbounded(), Which::Only(&nearly));
                let is_tree = |kind| kind == ObjectKind::Tree;
                let notes = AllNotes::read(context, objects, is_tree, &room, which);
                holders.rise(objects, &notes.lines, &nearly)
            };
        }
        for node in &mut holders.nodes {
            node.above.sort_unstable();
            node.above.dedup();
            node.below.sort_unstable();
        }
        holders
    }

    /// Adds the trees that hold these, and tells which of them are new.
    fn rise(&mut self, objects: &Objects, lines: &[Lines], wanted: &Known) -> Vec<u64> {
        let mut next = Vec::new();
        for lines in lines {
            for line in lines.iter().filter(|line| wanted.has_short(line.child)) {
                let Some(holder) = objects.id(line.holder).map(|id| id.short()) else { continue };
                let before = self.nodes.len();
                let (above, below) = (self.node(holder), self.node(line.child));
                if self.nodes.len() > before {
                    next.push(holder);
                }
                self.nodes[below as usize].above.push(above);
                let name = Arc::clone(lines.name_of(line));
                self.nodes[above as usize].below.push((name, below));
            }
        }
        next
    }

    /// The number of an object, which may be a new one.
    fn node(&mut self, short: u64) -> u32 {
        *self.numbers.entry(short).or_insert_with(|| {
            self.nodes.push(Node::default());
            u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// The number of an object, if it is one of those.
    pub fn find(&self, id: &Id) -> Option<u32> {
        self.numbers.get(&id.short()).copied()
    }

    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    /// Everything that holds an object. Nothing if the scan was stopped meanwhile.
    pub fn holding(&self, context: &Context<'_>, id: &Id) -> Option<Holding> {
        let mut is_held = vec![false; self.nodes.len()];
        let mut all: Vec<u32> = self.find(id).into_iter().collect();
        let mut next = 0;
        while let Some(at) = all.get(next).copied() {
            next += 1;
            is_held[at as usize] = true;
            for above in &self.nodes[at as usize].above {
                if !std::mem::replace(&mut is_held[*above as usize], true) {
                    all.push(*above);
                }
            }
            if next % STEP == 0 && context.watch.stopped() {
                return None;
            }
        }
        Some(Holding { is_held, all })
    }

    /// The names that lead from a tree to an object, by the first way there.
    pub fn path(&self, holding: &Holding, tree: &Id, id: &Id) -> Option<Vec<Arc<[u8]>>> {
        let (mut at, end, mut path) = (self.find(tree)?, self.find(id)?, Vec::new());
        while at != end {
            let mut below = self.nodes[at as usize].below.iter();
            let (name, next) = below.find(|(_, child)| holding.has(*child))?;
            path.push(Arc::clone(name));
            at = *next;
            if path.len() > DEPTH {
                return None;
            }
        }
        Some(path)
    }
}
