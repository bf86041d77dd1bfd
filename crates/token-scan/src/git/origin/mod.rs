//! Where in history the objects with hits are: their path, the first commit that has them, and what leads to it.

mod graph;
mod holders;
mod lines;
mod notes;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::objects::Objects;
use crate::context::Context;
use crate::git::disk::Known;
use crate::git::object::{Id, ObjectKind};
use crate::hit::{Commit, shown, shown_path};
use graph::Graph;
use holders::Holders;

pub use lines::{Room, Which};
pub use notes::{AllNotes, Notes};

/// Tells for each hit in these objects how it came into the repository. What was noted of all trees need not be read
/// again. False if the scan was stopped before.
pub fn attribute(
    context: &Context<'_>,
    folder: &Path,
    objects: &Objects,
    hit: &BTreeSet<Id>,
    taken: Option<AllNotes>,
) -> bool {
    if hit.is_empty() {
        return true;
    }
    let notes = taken.unwrap_or_else(|| read(context, objects, hit));
    let holders = Holders::of(context, objects, hit, &notes.lines);
    drop(notes.lines);
    if context.watch.stopped() {
        return false;
    }
    let graph = Graph::of(notes.commits, &notes.tags, folder, objects.format, &holders);
    let mut found: HashMap<String, (String, Option<Commit>)> = HashMap::new();
    for id in hit {
        match origin(context, &graph, &holders, *id) {
            Some(origin) if !context.watch.stopped() => found.insert(id.to_string(), origin),
            _ => break,
        };
    }
    context.change(&shown_path(folder), |hit| {
        let id = hit.object.as_deref().unwrap_or_default();
        if let Some((path, commit)) = found.get(id) {
            (hit.path, hit.commit) = (path.clone(), commit.clone());
        }
    });
    found.len() == hit.len()
}

/// Reads again whatever leads to these objects.
fn read(context: &Context<'_>, objects: &Objects, hit: &BTreeSet<Id>) -> AllNotes {
    let mut wanted = Known::default();
    wanted.add(hit.iter().copied());
    let (room, which) = (Room::bounded(), Which::FoldersAnd(&wanted));
    AllNotes::read(context, objects, |kind| kind != ObjectKind::Blob, &room, which)
}

/// The path of an object, and the commit that it came with. Nothing if the scan was stopped meanwhile.
fn origin(
    context: &Context<'_>,
    graph: &Graph,
    holders: &Holders,
    id: Id,
) -> Option<(String, Option<Commit>)> {
    let holding = holders.holding(context, &id)?;
    let introducing = match graph.find(&id) {
        Some(commit) => vec![commit],
        None => graph.introducing(&holding),
    };
    let Some(first) = introducing.first() else { return Some((String::new(), None)) };
    let names =
        graph.names_of(&introducing).into_iter().map(|name| shown(name.as_bytes())).collect();
    let author = shown(graph.author(*first));
    let (id_of_commit, made) = (graph.id(*first).to_string(), graph.made(*first));
    let commit = Commit { id: id_of_commit, made, author, names };
    let path = graph.tree(*first).and_then(|tree| holders.path(&holding, &tree, &id));
    let names = path.unwrap_or_default();
    let path: Vec<_> = names.iter().map(|name| shown(name)).collect();
    Some((path.join("/"), Some(commit)))
}

#[cfg(test)]
mod tests;
