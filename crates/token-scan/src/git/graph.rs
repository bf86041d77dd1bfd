//! The commits of a repository: which came first, and which names lead to them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;
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
    author: Vec<u8>,
}

/// All commits, and the names of a repository.
pub struct Graph {
    commits: Vec<Commit>,
    at: HashMap<Id, usize>,
    /// The commits with each tree.
    by_tree: HashMap<Id, Vec<usize>>,
    /// The names of branches, tags and others, sorted.
    names: Vec<String>,
    /// For each commit, the places of the first names that lead to it. Commits in a row share them.
    leading: Vec<Rc<[u32]>>,
}

/// As many names are told for a commit at most.
const NAMES: usize = 20;

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
        let mut by_tree: HashMap<Id, Vec<usize>> = HashMap::new();
        for (place, commit) in commits.iter().enumerate() {
            if let Some(tree) = commit.tree {
                by_tree.entry(tree).or_default().push(place);
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
        let leading = leading(&commits, &at, &names);
        let names = names.into_iter().map(|(name, _)| name).collect();
        Self { commits, at, by_tree, names, leading }
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

    /// The first names that lead to any of these commits.
    pub fn names_of(&self, commits: &[usize]) -> Vec<&str> {
        let all: BTreeSet<u32> =
            commits.iter().flat_map(|at| self.leading[*at].iter().copied()).collect();
        all.into_iter().take(NAMES).map(|name| &*self.names[name as usize]).collect()
    }

    pub fn id(&self, at: usize) -> Id {
        self.commits[at].id
    }

    pub fn made(&self, at: usize) -> i64 {
        self.commits[at].made
    }

    /// The name of whoever made it.
    pub fn author(&self, at: usize) -> &[u8] {
        &self.commits[at].author
    }

    pub fn tree(&self, at: usize) -> Option<Id> {
        self.commits[at].tree
    }
}

/// For each commit, the first of the names that lead to it: its own, and those of its children.
fn leading(
    commits: &[Commit],
    at: &HashMap<Id, usize>,
    names: &[(String, usize)],
) -> Vec<Rc<[u32]>> {
    let none: Rc<[u32]> = Rc::new([]);
    let mut leading = vec![none; commits.len()];
    for ((_, commit), name) in names.iter().zip(0..) {
        leading[*commit] = united(&leading[*commit], &[name]);
    }
    let parents = |child: usize| commits[child].parents.iter().filter_map(|id| at.get(id).copied());
    let mut waiting = vec![0_usize; commits.len()];
    (0..commits.len()).flat_map(parents).for_each(|parent| waiting[parent] += 1);
    let mut next: Vec<_> = (0..commits.len()).filter(|place| waiting[*place] == 0).collect();
    // A commit comes when all of its children have come. None can be its own child's: its id would be its own hash.
    while let Some(child) = next.pop() {
        for parent in parents(child) {
            leading[parent] = if leading[parent].is_empty() {
                Rc::clone(&leading[child])
            } else {
                united(&leading[parent], &leading[child])
            };
            waiting[parent] -= 1;
            if waiting[parent] == 0 {
                next.push(parent);
            }
        }
    }
    leading
}

fn united(one: &Rc<[u32]>, other: &[u32]) -> Rc<[u32]> {
    if other.iter().all(|name| one.contains(name)) {
        return Rc::clone(one);
    }
    let both: BTreeSet<u32> = one.iter().chain(other).copied().collect();
    both.into_iter().take(NAMES).collect()
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
    let (author, made) = author(data).unwrap_or_default();
    Commit { id, tree, parents, made, author: author.to_vec() }
}

/// The name and the seconds in the line `author A Name <address> SECONDS +0100`.
fn author(data: &[u8]) -> Option<(&[u8], i64)> {
    let mut header = data.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
    let line = header.find_map(|line| line.strip_prefix(b"author "))?;
    let name = line.split(|byte| *byte == b'<').next().unwrap_or_default().trim_ascii();
    let seconds = line.rsplit(|byte| *byte == b' ').nth(1).unwrap_or_default();
    let seconds = std::str::from_utf8(seconds).ok().and_then(|it| it.parse().ok());
    Some((name, seconds.unwrap_or_default()))
}
