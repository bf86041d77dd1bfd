//! The commits of a repository: which came first, and which names lead to them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::disk::{Texts, refs};
use super::objects::Objects;
use crate::context::Context;
use crate::git::object::{Id, ObjectKind, links};

/// What the search needs to know of a commit.
struct Commit {
    id: Id,
    tree: Option<Id>,
    parents: Vec<Id>,
    made: i64,
}

/// All commits, and the names of a repository.
pub struct Graph {
    commits: Vec<Commit>,
    at: HashMap<Id, usize>,
    children: HashMap<usize, Vec<usize>>,
    /// The commits with each tree.
    by_tree: HashMap<Id, Vec<usize>>,
    /// Each name with the place of the commit that it leads to.
    names: Vec<(String, usize)>,
}

impl Graph {
    pub fn of(context: &Context<'_>, folder: &Path, objects: &Objects) -> Self {
        let all = Mutex::new(Vec::new());
        objects.each(context, ObjectKind::Commit, &|id, data| {
            let commit = parse(id, data, objects);
            all.lock().unwrap_or_else(PoisonError::into_inner).push(commit);
        });
        let tags = Mutex::new(HashMap::new());
        objects.each(context, ObjectKind::Tag, &|id, data| {
            if let Some((_, target)) = links(data, objects.format).next() {
                tags.lock().unwrap_or_else(PoisonError::into_inner).insert(id, target);
            }
        });
        let mut commits = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        // A commit may be in several packs.
        commits.sort_by_key(|commit| (commit.made, commit.id));
        commits.dedup_by_key(|commit| commit.id);
        let at: HashMap<_, _> = commits.iter().zip(0..).map(|(it, at)| (it.id, at)).collect();
        let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut by_tree: HashMap<Id, Vec<usize>> = HashMap::new();
        for (child, commit) in commits.iter().enumerate() {
            if let Some(tree) = commit.tree {
                by_tree.entry(tree).or_default().push(child);
            }
            for parent in commit.parents.iter().filter_map(|parent| at.get(parent)) {
                children.entry(*parent).or_default().push(child);
            }
        }
        let tags = tags.into_inner().unwrap_or_else(PoisonError::into_inner);
        let peel = |id: Id| {
            // A tag may name a tag; none is longer than all of them together.
            let chain = std::iter::successors(Some(id), |id| tags.get(id).copied());
            chain.take(tags.len() + 1).find_map(|id| at.get(&id).copied())
        };
        let mut names: Vec<_> = refs(folder, objects.format, &mut Texts::default())
            .into_iter()
            .filter_map(|(name, id)| Some((name, peel(id)?)))
            .collect();
        names.sort();
        names.dedup();
        Self { commits, at, children, by_tree, names }
    }

    /// The commits without a parent that has the same: those that brought in what these trees hold. The first one
    /// made comes first.
    pub fn introducing(&self, trees: &BTreeSet<Id>) -> Vec<usize> {
        let parent_holds = |at: &usize| {
            let parents = self.commits[*at].parents.iter().filter_map(|parent| self.at.get(parent));
            let mut trees_of = parents.into_iter().filter_map(|at| self.commits[*at].tree);
            trees_of.any(|tree| trees.contains(&tree))
        };
        let holding = trees.iter().filter_map(|tree| self.by_tree.get(tree)).flatten();
        let mut first: Vec<_> = holding.copied().filter(|at| !parent_holds(at)).collect();
        first.sort_unstable();
        first
    }

    /// The place of a commit.
    pub fn find(&self, id: &Id) -> Option<usize> {
        self.at.get(id).copied()
    }

    /// The names that lead to any of these commits.
    pub fn names_of(&self, commits: &[usize]) -> Vec<String> {
        let mut reached: BTreeSet<usize> = commits.iter().copied().collect();
        let mut next = commits.to_vec();
        while let Some(at) = next.pop() {
            let children = self.children.get(&at).into_iter().flatten();
            next.extend(children.filter(|child| reached.insert(**child)));
        }
        let names = self.names.iter().filter(|(_, at)| reached.contains(at));
        names.map(|(name, _)| name.clone()).collect()
    }

    pub fn id(&self, at: usize) -> Id {
        self.commits[at].id
    }

    pub fn made(&self, at: usize) -> i64 {
        self.commits[at].made
    }

    pub fn tree(&self, at: usize) -> Option<Id> {
        self.commits[at].tree
    }
}

fn parse(id: Id, data: &[u8], objects: &Objects) -> Commit {
    let (mut tree, mut parents) = (None, Vec::new());
    for (word, link) in links(data, objects.format) {
        match word {
            b"tree" => tree = Some(link),
            b"parent" => parents.push(link),
            _ => {}
        }
    }
    Commit { id, tree, parents, made: author_time(data).unwrap_or_default() }
}

/// The seconds in the line `author A Name <address> SECONDS +0100`.
fn author_time(data: &[u8]) -> Option<i64> {
    let line = data.split(|byte| *byte == b'\n').find(|line| line.starts_with(b"author "))?;
    let seconds = line.rsplit(|byte| *byte == b' ').nth(1)?;
    std::str::from_utf8(seconds).ok()?.parse().ok()
}
