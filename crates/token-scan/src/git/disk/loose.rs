//! Objects in files of their own.

use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::ZlibDecoder;

use crate::context::Watch;
use crate::files;
use crate::git::object::{Damage, Format, Id, LARGEST, ObjectKind};
use crate::ledger::Fault;

/// So many bytes are unpacked between two questions whether to stop.
const STEP: u64 = 1 << 22;

const STOPPED: Damage = Damage::System(Fault::Stopped);

/// The longest header: the longest kind, a space, twenty digits and a zero.
const LONGEST_HEADER: usize = 6 + 1 + 20 + 1;

/// Reads an object. If its id is another than it should be, the damage is told with the bytes.
pub fn read(
    path: &Path,
    id: Option<Id>,
    format: Format,
    watch: &dyn Watch,
) -> Result<(ObjectKind, Vec<u8>, Option<Damage>), Damage> {
    let mut reader = ZlibDecoder::new(BufReader::new(files::open(path)?.0));
    let (kind, size) = header(&mut reader)?;
    if size > LARGEST {
        return Err(Damage::TooLarge);
    }
    let (mut data, mut rest) = (Vec::new(), (&mut reader).take(size + 1));
    let is_read = loop {
        match rest.by_ref().take(STEP).read_to_end(&mut data) {
            _ if watch.stopped() => return Err(STOPPED),
            Ok(0) => break true,
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    let whole = is_read && data.len() as u64 == size;
    let found = format.id_watched(kind, &data, watch).ok_or(STOPPED)?;
    let right = whole && id.is_none_or(|id| found == id);
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
