//! Zip archives, by their directory: every entry of it, also those of equal names.

use std::io::{self, Read, Seek, SeekFrom};

use crate::ledger::Fault;

/// The longest end of an archive: its record, with the longest comment.
const LONGEST_END: u64 = 22 + 0xffff;

/// A directory larger than this is not taken into memory.
const LARGEST_DIRECTORY: u64 = 64 << 20;

/// How the bytes of an entry are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Stored,
    Deflated,
    /// One of the methods that aren't known here.
    Other,
}

/// A line of the directory.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: Vec<u8>,
    pub method: Method,
    pub encrypted: bool,
    /// The checksum of what comes out.
    pub crc: u32,
    /// The number of packed bytes.
    pub packed: u64,
    /// Where the entry's own header begins.
    offset: u64,
    /// Its checksum and sizes follow its bytes.
    is_described: bool,
}

/// The directory of an archive.
#[derive(Clone, Debug)]
pub struct Directory {
    pub entries: Vec<Entry>,
    /// Where it begins, and so where what it lists has ended.
    begin: u64,
}

/// A part of the archive that could not be read, or an error of the system.
pub type Result<T> = std::result::Result<T, Fault>;

/// Reads the directory of an archive.
pub fn directory(reader: &mut (impl Read + Seek)) -> Result<Directory> {
    let size = reader.seek(SeekFrom::End(0)).map_err(fault)?;
    let tail_at = size.saturating_sub(LONGEST_END);
    let tail = bytes_at(reader, tail_at, size - tail_at)?;
    let found = last_end(&tail).ok_or(Fault::Damaged)?;
    let end = Fields(&tail[found..found + 22]);
    let (mut count, mut length) = (end.two(10), end.four(12));
    let mut start = end.four(16);
    let mut end_at = tail_at + found as u64;
    let locator = found.checked_sub(20).map(|at| Fields(&tail[at..found]));
    if let Some(locator) = locator.filter(|it| it.0.starts_with(b"PK\x06\x07")) {
        end_at = locator.eight(8);
        let record = bytes_at(reader, end_at, 56)?;
        let record = Fields(&record);
        if !record.0.starts_with(b"PK\x06\x06") {
            return Err(Fault::Damaged);
        }
        (count, length, start) = (record.eight(32), record.eight(40), record.eight(48));
    }
    // Something may stand before the archive that its own numbers don't know of.
    let begin = end_at.checked_sub(length).ok_or(Fault::Damaged)?;
    let shift = begin.checked_sub(start).ok_or(Fault::Damaged)?;
    if length > LARGEST_DIRECTORY {
        return Err(Fault::TooLarge);
    }
    let directory = bytes_at(reader, begin, length)?;
    let mut rest = &directory[..];
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let (mut entry, next) = entry(rest).ok_or(Fault::Damaged)?;
        entry.offset = entry.offset.checked_add(shift).ok_or(Fault::Damaged)?;
        entries.push(entry);
        rest = next;
    }
    // The field of the older record counts no further than to its end.
    if entries.len() as u64 == count || entries.len() as u64 & 0xffff == count {
        Ok(Directory { entries, begin })
    } else {
        Err(Fault::Damaged)
    }
}

/// The last record of an archive that ends where the file does. In the comment of one, there may be another.
fn last_end(tail: &[u8]) -> Option<usize> {
    let is_end = |at: &usize| {
        let record = tail.get(*at..*at + 22).map(Fields);
        record.is_some_and(|it| (*at + 22) as u64 + it.two(20) == tail.len() as u64)
    };
    memchr::memmem::find_iter(tail, b"PK\x05\x06").filter(is_end).last()
}

/// Whether the bytes before the directory are those of the entries and nothing else. What stands before all of them
/// may be a program that opens the archive, but not another archive.
pub fn account(
    reader: &mut (impl Read + Seek),
    directory: &Directory,
    stopped: impl Fn() -> bool,
) -> Result<()> {
    let mut entries: Vec<_> = directory.entries.iter().collect();
    entries.sort_unstable_by_key(|entry| entry.offset);
    let first = entries.first().map_or(directory.begin, |first| first.offset);
    if has_entry(reader, first, &stopped)? {
        return Err(Fault::Damaged);
    }
    let nexts = entries.iter().skip(1).map(|next| next.offset).chain([directory.begin]);
    for (entry, next) in entries.iter().zip(nexts) {
        if stopped() {
            return Err(Fault::Stopped);
        }
        open(reader, entry)?;
        let at = reader.stream_position().map_err(fault)?.saturating_add(entry.packed);
        let left = next.saturating_sub(at);
        // A checksum and two sizes of four or eight bytes, with or without a mark.
        let is_described = entry.is_described && [12, 16, 20, 24].contains(&left);
        if left > 0 && !is_described {
            return Err(Fault::Damaged);
        }
    }
    Ok(())
}

/// Whether the header of an entry is in the first bytes of a file.
fn has_entry(
    reader: &mut (impl Read + Seek),
    length: u64,
    stopped: &impl Fn() -> bool,
) -> Result<bool> {
    reader.seek(SeekFrom::Start(0)).map_err(fault)?;
    let (mut reader, mut part) = (reader.take(length), Vec::new());
    loop {
        if stopped() {
            return Err(Fault::Stopped);
        }
        let kept = part.len();
        let read = (&mut reader).take(1 << 16).read_to_end(&mut part).map_err(fault)?;
        // The version that is needed to open it is far below 25.6.
        let is_header = |at: usize| part.get(at + 5).is_some_and(|byte| *byte == 0);
        let mut all = memchr::memmem::find_iter(&part, b"PK\x03\x04");
        if all.any(is_header) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        part.drain(..(kept + read).saturating_sub(5));
    }
}

/// One line of the directory, and the rest of it.
fn entry(rest: &[u8]) -> Option<(Entry, &[u8])> {
    let fields = Fields(rest.get(..46).filter(|it| it.starts_with(b"PK\x01\x02"))?);
    let lengths = [28, 30, 32].map(|at| usize::try_from(fields.two(at)).unwrap_or_default());
    let (name, after) = rest[46..].split_at_checked(lengths[0])?;
    let (extra, after) = after.split_at_checked(lengths[1])?;
    let next = after.get(lengths[2]..)?;
    let mut large = large_numbers(extra);
    let mut real = |number| if number == 0xffff_ffff { large.next() } else { Some(number) };
    let [_, packed, offset] =
        [real(fields.four(24))?, real(fields.four(20))?, real(fields.four(42))?];
    let method = match fields.two(10) {
        0 => Method::Stored,
        8 => Method::Deflated,
        _ => Method::Other,
    };
    let crc = u32::try_from(fields.four(16)).unwrap_or_default();
    let encrypted = fields.two(8) & 1 == 1;
    let is_described = fields.two(8) & 8 == 8;
    let name = name.to_vec();
    Some((Entry { name, method, encrypted, crc, packed, offset, is_described }, next))
}

/// The numbers of a line that need more than four bytes.
fn large_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut numbers: &[u8] = &[];
    while let Some((head, rest)) = extra.split_at_checked(4) {
        let length = usize::try_from(Fields(head).two(2)).unwrap_or_default();
        let Some((field, rest)) = rest.split_at_checked(length) else { break };
        if Fields(head).two(0) == 1 {
            numbers = field;
            break;
        }
        extra = rest;
    }
    numbers.chunks_exact(8).map(|number| Fields(number).eight(0))
}

/// The packed bytes of an entry.
pub fn open<'a, R: Read + Seek>(reader: &'a mut R, entry: &Entry) -> Result<io::Take<&'a mut R>> {
    let head = bytes_at(reader, entry.offset, 30)?;
    let head = Fields(&head);
    if !head.0.starts_with(b"PK\x03\x04") {
        return Err(Fault::Damaged);
    }
    let skip = entry.offset.saturating_add(30 + head.two(26) + head.two(28));
    reader.seek(SeekFrom::Start(skip)).map_err(fault)?;
    Ok(reader.take(entry.packed))
}

fn bytes_at(reader: &mut (impl Read + Seek), at: u64, length: u64) -> Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(at)).map_err(fault)?;
    let mut bytes = Vec::new();
    reader.take(length).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(Fault::Damaged) }
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn fault(error: io::Error) -> Fault {
    Fault::from(&error)
}

/// Numbers in bytes, the low byte first. What is beyond the end is zero.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn number(&self, at: usize, length: usize) -> u64 {
        let bytes = self.0.iter().skip(at).take(length).rev();
        bytes.fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }

    fn two(&self, at: usize) -> u64 {
        self.number(at, 2)
    }

    fn four(&self, at: usize) -> u64 {
        self.number(at, 4)
    }

    fn eight(&self, at: usize) -> u64 {
        self.number(at, 8)
    }
}
