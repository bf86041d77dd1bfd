//! Where in history the objects with hits are: their path, the first commit that has them, and what leads to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::disk::Known;
use super::graph::Graph;
use super::objects::Objects;
use crate::context::Context;
use crate::git::object::{Id, ObjectKind, tree};
use crate::hit::{Commit, shown, shown_path};

/// Folders are not searched deeper than this.
const DEPTH: usize = 4096;

/// The trees that hold an object, directly or not, and under which names.
#[derive(Default)]
struct Holders {
    /// The trees that an object is in.
    above: HashMap<Id, BTreeSet<Id>>,
    /// What of it is in a tree, by name.
    below: HashMap<Id, BTreeMap<Vec<u8>, Id>>,
}

/// Tells for each hit in these objects how it came into the repository. False if the scan was stopped before.
pub fn attribute(
    context: &Context<'_>,
    folder: &Path,
    objects: &Objects,
    hit: &BTreeSet<Id>,
) -> bool {
    if hit.is_empty() {
        return true;
    }
    let graph = Graph::of(context, folder, objects);
    let holders = holders(context, objects, hit);
    let mut found: HashMap<String, (String, Option<Commit>)> = HashMap::new();
    for id in hit {
        if context.watch.stopped() {
            break;
        }
        found.insert(id.to_string(), origin(&graph, &holders, *id));
    }
    context.change(&shown_path(folder), |hit| {
        let id = hit.object.as_deref().unwrap_or_default();
        if let Some((path, commit)) = found.get(id) {
            (hit.path, hit.commit) = (path.clone(), commit.clone());
        }
    });
    !context.watch.stopped()
}

/// Finds the trees that hold these objects, then those that hold these trees, and so on to the top.
fn holders(context: &Context<'_>, objects: &Objects, hit: &BTreeSet<Id>) -> Holders {
    let mut all = Holders::default();
    let (mut wanted, mut done) = (hit.clone(), hit.clone());
    while !wanted.is_empty() && !context.watch.stopped() {
        let found = Mutex::new(Vec::new());
        // Most entries of trees are none of them, and are told from them sooner.
        let mut nearly = Known::default();
        nearly.add(wanted.iter().copied());
        objects.each(context, ObjectKind::Tree, &|id, data| {
            for entry in tree(data, objects.format).flatten() {
                if nearly.has(&entry.id) && wanted.contains(&entry.id) {
                    let line = (entry.id, id, entry.name.to_vec());
                    found.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                }
            }
        });
        let mut next = BTreeSet::new();
        for (child, holder, name) in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
            if done.insert(holder) {
                next.insert(holder);
            }
            all.above.entry(child).or_default().insert(holder);
            all.below.entry(holder).or_default().insert(name, child);
        }
        wanted = next;
    }
    all
}

/// The path of an object, and the commit that it came with.
fn origin(graph: &Graph, holders: &Holders, id: Id) -> (String, Option<Commit>) {
    let mut holding = BTreeSet::from([id]);
    let mut next = vec![id];
    while let Some(at) = next.pop() {
        let above = holders.above.get(&at).into_iter().flatten();
        next.extend(above.filter(|holder| holding.insert(**holder)));
    }
    let introducing = match graph.find(&id) {
        Some(commit) => vec![commit],
        None => graph.introducing(&holding),
    };
    let Some(first) = introducing.first() else { return (String::new(), None) };
    let names =
        graph.names_of(&introducing).into_iter().map(|name| shown(name.as_bytes())).collect();
    let author = shown(graph.author(*first));
    let (id_of_commit, made) = (graph.id(*first).to_string(), graph.made(*first));
    let commit = Commit { id: id_of_commit, made, author, names };
    let path = graph.tree(*first).and_then(|tree| path(holders, &holding, tree, id));
    (path.unwrap_or_default(), Some(commit))
}

/// The first path by which a tree leads to an object.
fn path(holders: &Holders, holding: &BTreeSet<Id>, tree: Id, id: Id) -> Option<String> {
    let (mut at, mut path) = (tree, Vec::new());
    while at != id {
        let below = holders.below.get(&at)?;
        let (name, next) = below.iter().find(|(_, child)| holding.contains(*child))?;
        path.push(shown(name));
        at = *next;
        if path.len() > DEPTH {
            return None;
        }
    }
    Some(path.join("/"))
}
