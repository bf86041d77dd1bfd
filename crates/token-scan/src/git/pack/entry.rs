//! The header of an entry in a pack.

use crate::git::object::{Damage, Format, Id, ObjectKind};

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
