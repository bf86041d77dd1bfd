//! Objects in files of their own.

use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::ZlibDecoder;

use crate::files;
use crate::git::object::{Damage, Format, Id, LARGEST, ObjectKind};

/// The longest header: the longest kind, a space, twenty digits and a zero.
const LONGEST_HEADER: usize = 6 + 1 + 20 + 1;

/// Reads an object. If its id is another than it should be, the damage is told with the bytes.
pub fn read(
    path: &Path,
    id: Option<Id>,
    format: Format,
) -> Result<(ObjectKind, Vec<u8>, Option<Damage>), Damage> {
    let mut reader = ZlibDecoder::new(BufReader::new(files::open(path)?.0));
    let (kind, size) = header(&mut reader)?;
    if size > LARGEST {
        return Err(Damage::TooLarge);
    }
    let mut data = Vec::new();
    let read = (&mut reader).take(size + 1).read_to_end(&mut data);
    let whole = read.is_ok() && data.len() as u64 == size;
    let right = whole && id.is_none_or(|id| format.id_of(kind, &data) == id);
    Ok((kind, data, (!right).then_some(if whole { Damage::Packed } else { Damage::Truncated })))
}

fn header(reader: &mut impl Read) -> Result<(ObjectKind, u64), Damage> {
    let mut head = Vec::new();
    while head.len() < LONGEST_HEADER {
        let mut byte = [0];
        reader.read_exact(&mut byte).map_err(|_| Damage::Packed)?;
        match byte {
            [0] => return parse(&head).ok_or(Damage::Packed),
            _ => head.extend(byte),
        }
    }
    Err(Damage::Truncated)
}

fn parse(head: &[u8]) -> Option<(ObjectKind, u64)> {
    let (kind, size) = std::str::from_utf8(head).ok()?.split_once(' ')?;
    Some((ObjectKind::named(kind.as_bytes())?, size.parse().ok()?))
}
