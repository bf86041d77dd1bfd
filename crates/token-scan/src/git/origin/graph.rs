//! The commits of a repository: which came first, and which names lead to them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;

use super::holders::{Holders, Holding};
use crate::git::disk::{Texts, refs};
use crate::git::object::{Format, Id, links};

/// What must be known of a commit.
pub struct Commit {
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
    /// The parents of each commit that are there.
    parents: Vec<Vec<usize>>,
    /// The node of each commit's tree, if that holds anything that is looked for.
    nodes: Vec<Option<u32>>,
    /// The commits with the tree of each node.
    of_node: Vec<Vec<usize>>,
    /// The names of branches, tags and others, sorted.
    names: Vec<String>,
    /// For each commit, the places of the first names that lead to it. Commits in a row share them.
    leading: Vec<Rc<[u32]>>,
}

/// As many names are told for a commit at most.
const NAMES: usize = 20;

impl Graph {
    /// What these commits and tags form, together with the names of the repository in this folder.
    pub fn of(
        commits: Vec<Commit>,
        tags: &HashMap<Id, Id>,
        folder: &Path,
        format: Format,
        holders: &Holders,
    ) -> Self {
        let commits = in_order(commits);
        let at: HashMap<_, _> = commits.iter().zip(0..).map(|(it, at)| (it.id, at)).collect();
        let in_place = |id: &Id| at.get(id).copied();
        let parents: Vec<Vec<_>> =
            commits.iter().map(|it| it.parents.iter().filter_map(in_place).collect()).collect();
        let nodes: Vec<_> =
            commits.iter().map(|it| it.tree.as_ref().and_then(|tree| holders.find(tree))).collect();
        let mut of_node = vec![Vec::new(); holders.count()];
        for (place, node) in nodes.iter().enumerate() {
            if let Some(node) = node {
                of_node[*node as usize].push(place);
            }
        }
        let peel = |id: Id| {
            // A tag may name a tag; none is longer than all of them together.
            let chain = std::iter::successors(Some(id), |id| tags.get(id).copied());
            chain.take(tags.len() + 1).find_map(|id| at.get(&id).copied())
        };
        let mut names: Vec<_> = refs(folder, format, &mut Texts::default())
            .into_iter()
            .filter_map(|(name, id)| Some((name, peel(id)?)))
            .collect();
        names.sort();
        names.dedup();
        let leading = leading(&parents, &names);
        let names = names.into_iter().map(|(name, _)| name).collect();
        Self { commits, at, parents, nodes, of_node, names, leading }
    }

    /// The commits without a parent that has the same: those that brought in what these trees hold. The first one
    /// made comes first.
    pub fn introducing(&self, holding: &Holding) -> Vec<usize> {
        let holds = |at: &usize| self.nodes[*at].is_some_and(|node| holding.has(node));
        let with_it = holding.all.iter().flat_map(|node| &self.of_node[*node as usize]).copied();
        let mut first: Vec<_> = with_it.filter(|at| !self.parents[*at].iter().any(holds)).collect();
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

/// The commits, each once, in the order in which they were made.
fn in_order(mut commits: Vec<Commit>) -> Vec<Commit> {
    commits.sort_by_key(|commit| (commit.made, commit.id));
    // A commit may be in several packs.
    commits.dedup_by_key(|commit| commit.id);
    commits
}

/// For each commit, the first of the names that lead to it: its own, and those of its children.
fn leading(parents: &[Vec<usize>], names: &[(String, usize)]) -> Vec<Rc<[u32]>> {
    let none: Rc<[u32]> = Rc::new([]);
    let mut leading = vec![none; parents.len()];
    for ((_, commit), name) in names.iter().zip(0..) {
        leading[*commit] = united(&leading[*commit], &[name]);
    }
    let mut waiting = vec![0_usize; parents.len()];
    parents.iter().flatten().for_each(|parent| waiting[*parent] += 1);
    let mut next: Vec<_> = (0..parents.len()).filter(|place| waiting[*place] == 0).collect();
    // A commit comes when all of its children have come. None can be its own child's: its id would be its own hash.
    while let Some(child) = next.pop() {
        for parent in parents[child].iter().copied() {
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

/// What a commit says.
pub fn parse(id: Id, data: &[u8], format: Format) -> Commit {
    let (mut tree, mut parents) = (None, Vec::new());
    for (word, link) in links(data, format) {
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
