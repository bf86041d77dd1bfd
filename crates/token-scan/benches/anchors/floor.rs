//! The least that reading a pack can cost: each of its entries is unpacked once, and nothing else is done.

use std::fs;
use std::path::Path;

use flate2::{Decompress, FlushDecompress, Status};

/// The argument with which this program is run again to do that, so that it can be measured like any other.
pub const ROLE: &str = "unpack";

/// The checksum at the end of a pack.
const TRAILER: usize = 20;

pub fn inflate(pack: &Path) {
    let bytes = fs::read(pack).expect("the pack can be read");
    let count = u32::from_be_bytes(bytes[8..12].try_into().expect("four bytes"));
    let mut rest = &bytes[12..bytes.len() - TRAILER];
    let (mut stream, mut out) = (Decompress::new(true), Vec::new());
    for _ in 0..count {
        let size = header(&mut rest);
        stream.reset(true);
        out.clear();
        out.reserve(size + 1);
        let status = stream.decompress_vec(rest, &mut out, FlushDecompress::Finish);
        assert!(matches!(status, Ok(Status::StreamEnd)) && out.len() == size, "a damaged pack");
        rest = &rest[usize::try_from(stream.total_in()).expect("it is in memory")..];
    }
    assert!(rest.is_empty(), "something follows the last entry");
}

/// Reads what stands before the packed bytes of an entry: how many bytes come out of them.
fn header(rest: &mut &[u8]) -> usize {
    let mut next = || {
        let (first, others) = rest.split_first().expect("an entry");
        *rest = others;
        *first
    };
    let mut byte = next();
    let kind = (byte >> 4) & 7;
    let (mut size, mut shift) = (usize::from(byte & 15), 4);
    while byte & 0x80 != 0 {
        byte = next();
        size |= usize::from(byte & 0x7f) << shift;
        shift += 7;
    }
    match kind {
        // A difference to the entry so many bytes before it.
        6 => while next() & 0x80 != 0 {},
        // A difference to the object of this id.
        7 => *rest = &rest[20..],
        _ => {}
    }
    size
}
