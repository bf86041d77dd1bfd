//! What an object says of other objects.

use std::ops::Range;

use super::id::{Format, Id, ObjectKind, short};

/// One line of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeEntry<'a> {
    /// The name of the file or folder.
    pub name: &'a [u8],
    /// The id of what it holds: a blob, or another tree. Most lines are looked at for less than all of it.
    id: &'a [u8],
    /// Whether it is another tree.
    pub is_folder: bool,
    /// Whether it is the commit of a submodule, which is in another repository.
    pub is_submodule: bool,
}

impl TreeEntry<'_> {
    pub fn id(&self) -> Id {
        Id::new(self.id)
    }

    /// The first bits of the id.
    pub fn short(&self) -> u64 {
        short(self.id)
    }
}

/// The lines of a tree, up to one that makes no sense, which is the last and `None`.
pub fn tree(mut data: &[u8], format: Format) -> impl Iterator<Item = Option<TreeEntry<'_>>> {
    std::iter::from_fn(move || {
        if data.is_empty() {
            return None;
        }
        let entry = tree_entry(data, format);
        data = entry.map_or(&[], |(_, rest)| rest);
        Some(entry.map(|(entry, _)| entry))
    })
}

fn tree_entry(data: &[u8], format: Format) -> Option<(TreeEntry<'_>, &[u8])> {
    let end = memchr::memchr(0, data)?;
    let (id, rest) = data.get(end + 1..)?.split_at_checked(format.width())?;
    let space = data[..end].iter().position(|byte| *byte == b' ')?;
    let (mode, name) = (&data[..space], &data[space + 1..end]);
    let (is_folder, is_submodule) = (is_folder(mode), mode == b"160000");
    Some((TreeEntry { name, id, is_folder, is_submodule }, rest))
}

/// Old versions of Git wrote a zero before the mode of a folder, and permissions in it.
fn is_folder(mode: &[u8]) -> bool {
    match mode {
        [b'4', rest @ ..] => rest.len() == 4,
        [b'0', rest @ ..] => is_folder(rest),
        _ => false,
    }
}

/// The ids in the header of a commit or a tag, each with its word: `tree`, `parent` or `object`.
pub fn links(data: &[u8], format: Format) -> impl Iterator<Item = (&[u8], Id)> {
    let header = data.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
    header.filter_map(move |line| {
        let space = line.iter().position(|byte| *byte == b' ')?;
        let word = &line[..space];
        [&b"tree"[..], b"parent", b"object"].contains(&word).then_some(())?;
        Some((word, Id::from_hex(format, &line[space + 1..])?))
    })
}

/// Calls `each` with every object that this one needs to be complete, and whether that is the parent of a commit, and
/// `line` with every line of a tree. False if the object makes no sense. Of a tree that is a difference to one that was
/// asked about already, only the lines in the `fresh` ranges can need others than that one.
pub fn needs(
    kind: ObjectKind,
    data: &[u8],
    fresh: Option<&[Range<usize>]>,
    format: Format,
    mut line: impl FnMut(&TreeEntry<'_>),
    mut each: impl FnMut(Id, bool),
) -> bool {
    match kind {
        ObjectKind::Blob => true,
        ObjectKind::Tree => {
            let mut rest = data;
            while !rest.is_empty() {
                let Some((entry, next)) = tree_entry(rest, format) else { return false };
                let range = data.len() - rest.len()..data.len() - next.len();
                rest = next;
                line(&entry);
                if !entry.is_submodule && fresh.is_none_or(|fresh| is_in(&range, fresh)) {
                    each(entry.id(), false);
                }
            }
            true
        }
        ObjectKind::Commit | ObjectKind::Tag => {
            let mut found = false;
            for (word, id) in links(data, format) {
                each(id, word == b"parent");
                found = true;
            }
            found
        }
    }
}

/// Whether any of these ranges, which are in order, has a part of the line.
fn is_in(line: &Range<usize>, fresh: &[Range<usize>]) -> bool {
    let at = fresh.partition_point(|range| range.end <= line.start);
    fresh.get(at).is_some_and(|range| range.start < line.end)
}
