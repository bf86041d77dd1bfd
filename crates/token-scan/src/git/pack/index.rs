//! The index of a pack: where in it each object is.

use crate::context::Watch;
use crate::git::object::{Damage, Format, Id};
use crate::ledger::Fault;

/// One object of the index.
#[derive(Clone, Copy, Debug)]
pub struct Indexed {
    /// The id of the object.
    pub id: Id,
    /// Where its entry begins in the pack.
    pub offset: u64,
    /// The checksum of its entry as it is packed.
    pub crc: u32,
}

/// Reads an index. Its own checksum must be right, so that what it says can be relied on.
pub fn read(bytes: &[u8], format: Format, watch: &dyn Watch) -> Result<Vec<Indexed>, Damage> {
    let body = bytes.len().checked_sub(format.width()).ok_or(Damage::Truncated)?;
    let hash = format.hash_watched(&[], &bytes[..body], watch);
    if hash.ok_or(Damage::System(Fault::Stopped))?.as_bytes() != &bytes[body..] {
        return Err(Damage::Packed);
    }
    parse(bytes, format)
}

/// The same, whatever the checksum says.
pub fn parse(bytes: &[u8], format: Format) -> Result<Vec<Indexed>, Damage> {
    // The first version, which Git has not written since 2008, has no checksums of entries.
    bytes
        .strip_prefix(b"\xfftOc\0\0\0\x02")
        .map_or(Err(Damage::Unknown), |rest| second_version(rest, format))
}

/// How many objects the table at the beginning says there are.
fn count(bytes: &[u8]) -> Result<usize, Damage> {
    let mut last = 0;
    for at in 0..256 {
        let next = number(bytes, at)?;
        if next < last {
            return Err(Damage::Packed);
        }
        last = next;
    }
    usize::try_from(last).map_err(|_| Damage::TooLarge)
}

/// The number at a place of a table of numbers.
fn number(table: &[u8], at: usize) -> Result<u32, Damage> {
    let start = at.checked_mul(4).ok_or(Damage::Truncated)?;
    let bytes = table.get(start..).and_then(|rest| rest.first_chunk());
    bytes.map(|bytes| u32::from_be_bytes(*bytes)).ok_or(Damage::Truncated)
}

fn second_version(rest: &[u8], format: Format) -> Result<Vec<Indexed>, Damage> {
    let (count, width) = (count(rest)?, format.width());
    let tables = &rest[1024..];
    let table = |start: usize, row: usize| {
        let length = count.checked_mul(row).ok_or(Damage::Truncated)?;
        tables.get(start..start + length).ok_or(Damage::Truncated)
    };
    let ids = table(0, width)?;
    let crcs = table(ids.len(), 4)?;
    let offsets = table(ids.len() + crcs.len(), 4)?;
    let large = &tables[ids.len() + crcs.len() + offsets.len()..];
    let indexed = ids.chunks_exact(width).enumerate().map(|(at, id)| {
        let offset = number(offsets, at)?;
        let offset = match offset & 0x7fff_ffff {
            place if offset >> 31 == 1 => large_offset(large, place)?,
            offset => u64::from(offset),
        };
        Ok(Indexed { id: Id::new(id), offset, crc: number(crcs, at)? })
    });
    indexed.collect()
}

fn large_offset(large: &[u8], place: u32) -> Result<u64, Damage> {
    let start = usize::try_from(place).ok().and_then(|place| place.checked_mul(8));
    let bytes = start.and_then(|start| large.get(start..)).and_then(|rest| rest.first_chunk());
    bytes.map(|bytes| u64::from_be_bytes(*bytes)).ok_or(Damage::Truncated)
}
