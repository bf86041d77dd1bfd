//! One entry of a pack: its header, and how a delta makes an object of another.

use std::ops::Range;

use crate::git::object::{Damage, Format, Id, LARGEST, ObjectKind, make_room};
use crate::needles::LONGEST_NEEDLE;

/// What an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// An object as it is.
    Whole(ObjectKind),
    /// The difference to an object so many bytes before it in the pack.
    DeltaTo(u64),
    /// The difference to the object of this id.
    DeltaToId(Id),
}

/// So many bytes are made between two questions whether to stop.
const STEP: usize = 1 << 24;

/// The longest header: ten bytes of size, and an id.
pub const LONGEST_HEADER: usize = 10 + 32;

/// The beginning of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What follows the header.
    pub content: Content,
    /// How many bytes come out of the packed ones.
    pub size: u64,
    /// The length of the header itself.
    pub length: usize,
}

/// Reads the header that these bytes begin with.
pub fn header(bytes: &[u8], format: Format) -> Result<Header, Damage> {
    let mut at = 0;
    let mut next = || {
        let byte = bytes.get(at).copied().ok_or(Damage::Truncated)?;
        at += 1;
        Ok(byte)
    };
    let first = next()?;
    let (mut size, mut shift, mut byte) = (u64::from(first & 15), 4, first);
    while byte & 0x80 != 0 {
        byte = next()?;
        let part = u64::from(byte & 0x7f);
        if shift > 57 {
            return Err(Damage::Packed);
        }
        size |= part << shift;
        shift += 7;
    }
    let content = match first >> 4 & 7 {
        1 => Content::Whole(ObjectKind::Commit),
        2 => Content::Whole(ObjectKind::Tree),
        3 => Content::Whole(ObjectKind::Blob),
        4 => Content::Whole(ObjectKind::Tag),
        6 => Content::DeltaTo(distance(&mut next)?),
        7 => {
            let id = bytes.get(at..at + format.width()).ok_or(Damage::Truncated)?;
            at += format.width();
            Content::DeltaToId(Id::new(id))
        }
        _ => return Err(Damage::Packed),
    };
    Ok(Header { content, size, length: at })
}

fn distance(next: &mut impl FnMut() -> Result<u8, Damage>) -> Result<u64, Damage> {
    let mut byte = next()?;
    let mut sum = u64::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        byte = next()?;
        let more = sum.checked_add(1).filter(|sum| *sum < 1 << 56).ok_or(Damage::Packed)?;
        sum = more << 7 | u64::from(byte & 0x7f);
    }
    Ok(sum)
}

/// Makes an object of the one that it is a difference to. A needle that touches none of the `fresh` ranges of it is in
/// the other object, too.
pub fn apply(
    base: &[u8],
    delta: &[u8],
    go_on: &dyn Fn() -> Result<(), Damage>,
    out: &mut Vec<u8>,
    fresh: &mut Vec<Range<usize>>,
) -> Result<(), Damage> {
    let mut delta = Reader(delta);
    if delta.size()? != base.len() as u64 {
        return Err(Damage::Packed);
    }
    let size = delta.size()?;
    if size > LARGEST {
        return Err(Damage::TooLarge);
    }
    let size = usize::try_from(size).map_err(|_| Damage::TooLarge)?;
    fresh.clear();
    // No delta says more in a byte than what a copy of 16 MiB does.
    make_room(out, size.min(1 << 24));
    let mut asked = 0;
    while let Some(command) = delta.byte() {
        if out.len() - asked > STEP {
            asked = out.len();
            go_on()?;
        }
        let part = if command & 0x80 != 0 {
            let (offset, length) = delta.copy(command)?;
            base.get(offset..offset + length).ok_or(Damage::Packed)?
        } else {
            delta
                .take(usize::from(command))
                .filter(|part| !part.is_empty())
                .ok_or(Damage::Packed)?
        };
        if part.len() > size - out.len() {
            return Err(Damage::Packed);
        }
        // Where two copies meet, a needle can be that is in neither.
        let end = out.len() + if command & 0x80 == 0 { part.len() } else { 0 };
        add(fresh, out.len().saturating_sub(LONGEST_NEEDLE)..size.min(end + LONGEST_NEEDLE));
        out.extend_from_slice(part);
    }
    if out.len() == size { Ok(()) } else { Err(Damage::Packed) }
}

/// Adds a range that begins no earlier than the last one.
fn add(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    }
}

/// The rest of a delta.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(part)
    }

    fn size(&mut self) -> Result<u64, Damage> {
        let (mut sum, mut shift) = (0, 0);
        loop {
            let byte = self.byte().ok_or(Damage::Packed)?;
            sum |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Ok(sum);
            }
            if shift > 56 {
                return Err(Damage::Packed);
            }
        }
    }

    fn copy(&mut self, command: u8) -> Result<(usize, usize), Damage> {
        let mut number = |flags: u8| {
            (0..4)
                .filter(|at| flags >> at & 1 != 0)
                .try_fold(0_usize, |sum, at| Some(sum | usize::from(self.byte()?) << (8 * at)))
        };
        let offset = number(command & 15).ok_or(Damage::Packed)?;
        let length = number(command >> 4 & 7).ok_or(Damage::Packed)?;
        Ok((offset, if length == 0 { 1 << 16 } else { length }))
    }
}
