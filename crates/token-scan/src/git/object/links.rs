//! What an object says of other objects.

use super::id::{Format, Id, ObjectKind};

/// One line of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeEntry<'a> {
    /// The name of the file or folder.
    pub name: &'a [u8],
    /// What it holds: a blob, or another tree.
    pub id: Id,
    /// Whether it is the commit of a submodule, which is in another repository.
    pub is_submodule: bool,
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
    let is_submodule = &data[..space] == b"160000";
    Some((TreeEntry { name: &data[space + 1..end], id: Id::new(id), is_submodule }, rest))
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

/// Calls `each` with every object that this one needs to be complete, and whether that is the parent of a commit.
/// False if the object makes no sense.
pub fn needs(
    kind: ObjectKind,
    data: &[u8],
    format: Format,
    mut each: impl FnMut(Id, bool),
) -> bool {
    match kind {
        ObjectKind::Blob => true,
        ObjectKind::Tree => tree(data, format).all(|entry| {
            entry.filter(|entry| !entry.is_submodule).inspect(|entry| each(entry.id, false));
            entry.is_some()
        }),
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
