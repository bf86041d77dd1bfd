//! What zlib packed.

use std::io::{self, BufReader, Read};

use flate2::bufread::ZlibDecoder;

use super::budget::{Budget, fault};
use super::tee::Tee;
use super::{outside, stream};
use crate::inspect::{Inspector, Place};
use crate::ledger::Fault;

/// The longest kind of an object of Git, a space, twenty digits and a zero.
const LONGEST_GIT_HEADER: u64 = 6 + 1 + 20 + 1;

/// One packed file and nothing else. Where it is an object of Git, what it holds follows a header.
pub fn file(
    inspector: &mut Inspector<'_>,
    place: Place<'_>,
    reader: &mut dyn Read,
    budget: &Budget<'_>,
) -> Result<(), Fault> {
    let before = inspector.inside.len();
    let mut tee = Tee::new(reader);
    let mut packed = BufReader::new(&mut tee);
    let mut unpacked = budget.limit(ZlibDecoder::new(&mut packed));
    let mut first = Vec::new();
    let read = (&mut unpacked).take(LONGEST_GIT_HEADER).read_to_end(&mut first);
    let header = git_header(&first);
    let opened = read
        .map_err(|error| fault(&error))
        .and_then(|_| stream(inspector, place, &mut first[header..].chain(&mut unpacked), budget));
    let rest = io::copy(&mut budget.watched(&mut packed), &mut io::sink());
    outside(inspector, place, tee, before);
    match (opened, rest.map_err(|error| fault(&error))?) {
        (Ok(_), 1..) => Err(Fault::Damaged),
        (opened, _) => opened.map(drop),
    }
}

/// The length of the header of an object of Git, if there is one.
fn git_header(bytes: &[u8]) -> usize {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
    let text = std::str::from_utf8(&bytes[..end]).unwrap_or_default();
    let is_size = |size: &str| !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
    let is_header = text.split_once(' ').is_some_and(|(kind, size)| {
        ["blob", "commit", "tag", "tree"].contains(&kind) && is_size(size)
    });
    if is_header { end + 1 } else { 0 }
}
