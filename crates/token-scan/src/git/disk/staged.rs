//! The index: which objects are staged, and under which names.

use crate::git::object::{Format, Id};

/// The numbers of an entry before its id.
const STAT: usize = 40;

/// No system has longer names. As many of them as an index can make of one would take all memory or time.
const LONGEST_NAME: usize = 4096;

/// The objects that an index of any version says must be there, or nothing if it makes no sense. Calls `each` with each
/// name that the fourth version writes in parts, which tells whether to go on.
pub fn staged(
    bytes: &[u8],
    format: Format,
    mut each: impl FnMut(&[u8]) -> bool,
) -> Option<Vec<Id>> {
    let (magic, rest) = bytes.split_at_checked(4)?;
    let (version, rest) = number(rest)?;
    let (count, mut rest) = number(rest)?;
    if magic != b"DIRC" || !(2..=4).contains(&version) {
        return None;
    }
    let (mut ids, mut name) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (entry, after) = rest.split_at_checked(STAT + format.width() + 2)?;
        let (stat, id) = entry.split_at(STAT);
        let (id, flags) = id.split_at(format.width());
        let mode = u32::from_be_bytes(*stat[24..].first_chunk()?);
        // What is only announced to be added, and the commit of a submodule, are no objects here.
        let extended = flags[0] & 0x40 != 0;
        let announced = extended && after.first()? & 0x20 != 0;
        if mode >> 12 != 0o16 && !announced {
            ids.push(Id::new(id));
        }
        let fixed = entry.len() + if extended { 2 } else { 0 };
        rest = if version == 4 {
            let after = partial_name(rest.get(fixed..)?, &mut name)?;
            each(&name).then_some(after)?
        } else {
            let length = rest.get(fixed..)?.iter().position(|byte| *byte == 0)?;
            // One to eight zeros end an entry, so that the next begins at a multiple of eight.
            rest.get((fixed + length + 8) / 8 * 8..)?
        };
    }
    Some(ids)
}

/// A name that begins like the one before it.
fn partial_name<'a>(mut rest: &'a [u8], name: &mut Vec<u8>) -> Option<&'a [u8]> {
    let mut cut = 0_usize;
    loop {
        let (byte, after) = rest.split_first()?;
        rest = after;
        cut = cut.checked_mul(128)?.checked_add(usize::from(byte & 0x7f))?;
        if byte & 0x80 == 0 {
            break;
        }
        cut += 1;
    }
    name.truncate(name.len().checked_sub(cut)?);
    let end = rest.iter().position(|byte| *byte == 0)?;
    if name.len() + end > LONGEST_NAME {
        return None;
    }
    name.extend_from_slice(&rest[..end]);
    Some(&rest[end + 1..])
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u32::from_be_bytes(*number), rest))
}
