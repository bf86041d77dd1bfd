//! Which entries a pack has, and which of them are differences to which.

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use super::entry::{Content, Header, LONGEST_HEADER, header};
use super::index::Indexed;
use super::source::Source;
use super::stream::{Counted, begin};
use super::{Entry, Family, NONE, Object, Pack, Visit};
use crate::context::Watch;
use crate::git::object::{Damage, Format, Id, Inflate, LARGEST};
use crate::ledger::Fault;

/// So many entries are linked between two questions whether to stop.
const LINKED: usize = 1 << 14;

/// The entries that the index names. Each is checked against its checksum there.
pub fn by_index(
    source: Source,
    mut indexed: Vec<Indexed>,
    format: Format,
    watch: &dyn Watch,
) -> Result<Pack, Damage> {
    let size = source.size()?;
    indexed.sort_unstable_by_key(|entry| entry.offset);
    // After the last entry comes the checksum of the whole pack.
    let end = size.saturating_sub(format.width() as u64);
    let mut reader = source.reader(0)?;
    let (count, mut at) = begin(&mut reader)?;
    if count as usize != indexed.len() {
        drop(reader);
        return by_reading(source, 0, format, watch);
    }
    let mut head = Vec::with_capacity(LONGEST_HEADER);
    let (mut entries, mut contents) = (Vec::with_capacity(indexed.len()), Vec::new());
    let nexts = indexed.iter().skip(1).map(|next| next.offset).chain([end]);
    for (it, next) in indexed.iter().zip(nexts) {
        if watch.stopped() {
            return Err(Damage::System(Fault::Stopped));
        }
        let (entry, content) = if it.offset == at && next > at && next <= end {
            let (entry, content, read) =
                checked(&mut reader, it, next - at, (format, watch), &mut head);
            at += read;
            (entry, content)
        } else {
            (Entry::damaged(it.offset, Damage::Truncated), None)
        };
        entries.push(entry);
        contents.push(content);
    }
    let mut ids = Vec::with_capacity(indexed.len() * format.width());
    for it in &indexed {
        ids.extend_from_slice(it.id.as_bytes());
    }
    drop(reader);
    // Bytes that belong to no entry may hide some.
    let lost = u64::from(at != end);
    let mut pack = Pack { source, format, entries, ids, end, lost };
    link(&mut pack, &contents, true, watch)?;
    Ok(pack)
}

/// Reads one entry, and tells how many bytes were read.
fn checked(
    reader: &mut impl BufRead,
    indexed: &Indexed,
    length: u64,
    (format, watch): (Format, &dyn Watch),
    head: &mut Vec<u8>,
) -> (Entry, Option<Content>, u64) {
    let mut crc = crc32fast::Hasher::new();
    let mut read = 0;
    head.clear();
    while read < length && !watch.stopped() {
        let room = usize::try_from(length - read).unwrap_or(usize::MAX);
        let Ok(part @ [_, ..]) = reader.fill_buf() else { break };
        let part = &part[..part.len().min(room)];
        head.extend_from_slice(&part[..part.len().min(LONGEST_HEADER - head.len())]);
        crc.update(part);
        let got = part.len();
        reader.consume(got);
        read += got as u64;
    }
    let damage = match (read < length, crc.finalize() == indexed.crc) {
        (true, _) => Some(Damage::Truncated),
        (false, false) => Some(Damage::Packed),
        (false, true) => None,
    };
    match header(head, format) {
        Ok(header) => (Entry::new(indexed.offset, &header, damage), Some(header.content), read),
        Err(error) => (Entry::damaged(indexed.offset, error), None, read),
    }
}

/// The entries as they follow each other, for want of an index. Their ids are computed.
pub fn by_reading(
    source: Source,
    start: u64,
    format: Format,
    watch: &dyn Watch,
) -> Result<Pack, Damage> {
    let mut reader = Counted::new(source.reader(start)?, start);
    let (count, _) = begin(&mut reader)?;
    let (mut entries, mut contents, mut inflate) = (Vec::new(), Vec::new(), Inflate::new(watch));
    while entries.len() < count as usize {
        let offset = reader.at;
        let Ok(header) = reader.header(format) else { break };
        let is_large = header.size > LARGEST;
        let skipped =
            if is_large { Err(Damage::TooLarge) } else { inflate.skip(&mut reader, header.size) };
        entries.push(Entry::new(offset, &header, skipped.err()));
        contents.push(Some(header.content));
        // Where the next entry begins is no longer known.
        if skipped.is_err() {
            break;
        }
    }
    let (end, unread) = (reader.at, u64::from(count) - entries.len() as u64);
    drop(reader);
    // Bytes that belong to no entry may hide some.
    let hides = source.size()? != end + format.width() as u64;
    let lost = unread.max(u64::from(hides));
    let ids = vec![0; entries.len() * format.width()];
    let mut pack = Pack { source, format, entries, ids, end, lost };
    compute_ids(&mut pack, &contents, watch)?;
    Ok(pack)
}

/// A difference to an id is placed as soon as an object turns out to have that id, and is then visited after it.
fn compute_ids(
    pack: &mut Pack,
    contents: &[Option<Content>],
    watch: &dyn Watch,
) -> Result<(), Damage> {
    link(pack, contents, false, watch)?;
    let mut waiting: HashMap<Id, Vec<u32>> = HashMap::new();
    for (at, content) in (0..).zip(contents) {
        if let Some(Content::DeltaToId(id)) = content {
            waiting.entry(*id).or_default().push(at);
        }
    }
    let mut ids = Ids { pack, waiting, all: Vec::new(), watch };
    let mut family = Family::new(pack, watch);
    family.walk_all(&mut pack.roots(|_| true).iter(), &mut ids);
    let (all, width) = (ids.all, pack.format.width());
    for (at, id) in &all {
        pack.ids[*at as usize * width..][..width].copy_from_slice(id.as_bytes());
    }
    Ok(())
}

/// The ids of the objects that are visited.
struct Ids<'a> {
    pack: &'a Pack,
    /// Differences to ids that no object has had yet.
    waiting: HashMap<Id, Vec<u32>>,
    all: Vec<(u32, Id)>,
    watch: &'a dyn Watch,
}

impl Visit for Ids<'_> {
    fn object(&mut self, at: u32, object: Object<'_>, _: Option<Damage>) -> bool {
        let id = self.pack.format.id_watched(object.kind, object.data, self.watch);
        let Some(id) = id else { return false };
        self.all.push((at, id));
        for child in self.waiting.remove(&id).into_iter().flatten() {
            self.pack.place(child, at);
        }
        false
    }

    fn damaged(&mut self, _: u32, _: Damage) {}

    fn stopped(&self) -> bool {
        self.watch.stopped()
    }
}

/// Puts each difference below the entry that it is one to. Ids lead nowhere until they are known.
fn link(
    pack: &mut Pack,
    contents: &[Option<Content>],
    ids_known: bool,
    watch: &dyn Watch,
) -> Result<(), Damage> {
    let has_ids = contents.iter().any(|it| matches!(it, Some(Content::DeltaToId(_))));
    let by_id: HashMap<Id, u32> =
        if ids_known && has_ids { pack.ids().zip(0..).collect() } else { HashMap::new() };
    for (at, content) in contents.iter().enumerate().rev() {
        if at % LINKED == 0 && watch.stopped() {
            return Err(Damage::System(Fault::Stopped));
        }
        let offset = pack.entries[at].offset;
        let base = match content {
            Some(Content::DeltaTo(distance)) => offset.checked_sub(*distance).and_then(|offset| {
                pack.entries.binary_search_by_key(&offset, |entry| entry.offset).ok()
            }),
            Some(Content::DeltaToId(id)) => by_id.get(id).map(|at| *at as usize),
            _ => None,
        };
        let Some(base) = base.filter(|base| *base != at) else { continue };
        let number = |at: usize| u32::try_from(at).unwrap_or(NONE);
        pack.place(number(at), number(base));
    }
    Ok(())
}

impl Pack {
    /// Puts an entry below the one that it is a difference to.
    fn place(&self, at: u32, base: u32) {
        let (entry, base_entry) = (&self.entries[at as usize], &self.entries[base as usize]);
        entry.base.store(base, Relaxed);
        entry.sibling.store(base_entry.child.swap(at, Relaxed), Relaxed);
    }
}

impl Entry {
    fn new(offset: u64, header: &Header, damage: Option<Damage>) -> Self {
        let kind = match header.content {
            Content::Whole(kind) => Some(kind),
            _ => None,
        };
        Self {
            offset,
            size: header.size,
            base: AtomicU32::new(NONE),
            child: AtomicU32::new(NONE),
            sibling: AtomicU32::new(NONE),
            header: u8::try_from(header.length).unwrap_or_default(),
            kind,
            damage,
        }
    }

    pub fn base(&self) -> u32 {
        self.base.load(Relaxed)
    }

    pub fn child(&self) -> u32 {
        self.child.load(Relaxed)
    }

    pub fn sibling(&self) -> u32 {
        self.sibling.load(Relaxed)
    }

    fn damaged(offset: u64, damage: Damage) -> Self {
        let header = Header { content: Content::DeltaTo(0), size: 0, length: 0 };
        Self::new(offset, &header, Some(damage))
    }
}
