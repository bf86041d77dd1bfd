//! A pack: its entries, each read once from the disk and laid out as the trees of differences that they form.

mod delta;
mod entry;
mod family;
mod index;
mod layout;
mod source;
mod stream;

use std::fs::File;
use std::path::Path;
use std::sync::atomic::AtomicU32;

use crate::context::Watch;
use crate::files;
use crate::git::object::{Damage, Format, Id, ObjectKind};
use crate::ledger::Fault;

pub use family::{Family, Object, Visit};
use source::{Near, Source};

/// A larger index is not taken into memory: its pack is read without it.
const LARGEST_INDEX: u64 = 1 << 29;

/// No entry: the end of a list, or a base that is in no list.
const NONE: u32 = u32::MAX;

/// One entry, without its bytes. There may be millions, so that it is small.
struct Entry {
    /// Where it begins in the file.
    offset: u64,
    /// How many bytes come out of the packed ones.
    size: u64,
    /// The entry that it is a difference to. These three change while the ids of a pack are computed.
    base: AtomicU32,
    /// The first entry that is a difference to it.
    child: AtomicU32,
    /// The next entry that is a difference to the same one.
    sibling: AtomicU32,
    /// The length of the header.
    header: u8,
    /// What it holds, unless it is a difference.
    kind: Option<ObjectKind>,
    /// What is wrong with it.
    damage: Option<Damage>,
}

/// A pack that is open, and whose entries are known.
pub struct Pack {
    source: Source,
    format: Format,
    entries: Vec<Entry>,
    /// The ids of the entries, in their order.
    ids: Vec<u8>,
    /// Where the last entry ends.
    end: u64,
    /// Entries of which not even the beginning could be read.
    pub lost: u64,
}

impl Pack {
    /// Opens a pack by its index, or without one if that is missing or says something wrong. Of one that isn't larger
    /// than the `room` for it, all bytes are kept in memory.
    pub fn open(
        path: &Path,
        index: Option<&Path>,
        format: Format,
        room: &mut u64,
        watch: &dyn Watch,
    ) -> Result<Self, Damage> {
        let (file, size) = files::open(path)?;
        let mut source = Source::new(file);
        if let Some(left) = room.checked_sub(size) {
            *room = left;
            source = source.keep(size, watch);
        }
        let indexed = index.and_then(|path| {
            let bytes = files::contents(path, LARGEST_INDEX).ok()?;
            index::read(&bytes, format, watch).ok()
        });
        if watch.stopped() {
            return Err(Damage::System(Fault::Stopped));
        }
        match indexed {
            Some(indexed) => layout::by_index(source, indexed, format, watch),
            None => layout::by_reading(source, 0, format, watch),
        }
    }

    /// Opens the pack that begins somewhere in a file, as in a bundle.
    pub fn open_at(
        file: File,
        start: u64,
        format: Format,
        watch: &dyn Watch,
    ) -> Result<Self, Damage> {
        layout::by_reading(Source::new(file), start, format, watch)
    }

    /// The id of an entry.
    pub fn id(&self, entry: u32) -> Id {
        let (width, at) = (self.format.width(), entry as usize);
        Id::new(&self.ids[at * width..(at + 1) * width])
    }

    /// The ids of all entries.
    pub fn ids(&self) -> impl Iterator<Item = Id> {
        self.ids.chunks_exact(self.format.width()).map(Id::new)
    }

    /// The entries that are whole objects, of these kinds.
    pub fn roots(&self, of: impl Fn(ObjectKind) -> bool) -> Vec<u32> {
        let all = (0_u32..).zip(&self.entries);
        all.filter(|(_, entry)| entry.kind.is_some_and(&of)).map(|(at, _)| at).collect()
    }

    /// How many entries are known.
    pub fn count(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// What is wrong with the entries that no whole object leads to.
    pub fn orphans(&self) -> impl Iterator<Item = (u32, Damage)> {
        let mut reached = vec![false; self.entries.len()];
        for at in self.family_order() {
            reached[at as usize] = true;
        }
        let all = (0_u32..).zip(&self.entries);
        all.filter(move |(at, _)| !reached[*at as usize])
            .map(|(at, entry)| (at, entry.damage.unwrap_or(Damage::NoBase)))
    }

    /// Every entry that a whole object leads to, each after the one that it is a difference to.
    fn family_order(&self) -> Vec<u32> {
        let mut order = self.roots(|_| true);
        let mut next = 0;
        while let Some(at) = order.get(next).copied() {
            next += 1;
            order.extend(self.children(at));
        }
        order
    }

    fn children(&self, of: u32) -> impl Iterator<Item = u32> {
        let link = |at: u32| (at != NONE).then_some(at);
        std::iter::successors(link(self.entries[of as usize].child()), move |at| {
            link(self.entries[*at as usize].sibling())
        })
    }

    /// How many bytes an entry takes in the pack.
    pub fn packed_size(&self, at: u32) -> u64 {
        let end = self.entries.get(at as usize + 1).map_or(self.end, |next| next.offset);
        end.saturating_sub(self.entries[at as usize].offset)
    }

    /// How many bytes all entries take in the pack.
    pub fn size(&self) -> u64 {
        self.end.saturating_sub(self.entries.first().map_or(self.end, |first| first.offset))
    }

    /// The bytes of an entry as they are packed, after its header, with some that follow, and how many they are without
    /// these.
    fn packed<'a>(&'a self, at: u32, near: &'a mut Near<'_>) -> Result<(&'a [u8], u64), Damage> {
        let header = u64::from(self.entries[at as usize].header);
        let start = self.entries[at as usize].offset + header;
        let length = self.packed_size(at).saturating_sub(header);
        Ok((self.source.get(near, start, length, self.end)?, length))
    }
}
