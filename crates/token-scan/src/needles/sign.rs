//! What a needle can be a sign of.

use super::Found;

/// The bytes that the end of a zip archive begins with.
pub const ZIP_END: &[u8] = b"PK\x05\x06";

/// The length of the end of a zip archive, without its comment.
const ZIP_END_LENGTH: usize = 22;

/// What is at a place where a needle is.
#[derive(Debug)]
pub enum Sign {
    /// A value that matched.
    Value(Found),
    /// The end of a zip archive, whose beginning may be anywhere before it.
    ZipEnd(ZipEnd),
    /// Something that only begins like it.
    Nothing,
    /// No sign of anything in many bytes, so that it is time to ask whether to go on.
    Pause,
}

/// The last record of a zip archive that makes sense.
#[derive(Clone, Copy, Debug)]
pub struct ZipEnd {
    /// The position of its first byte.
    pub at: usize,
    /// The position after the comment.
    pub end: u64,
    /// At least so many bytes must be before it.
    pub before: u64,
}

impl ZipEnd {
    /// The record here. If it is in one part and has any entries, its numbers agree with each other.
    pub fn read(bytes: &[u8], at: usize) -> Option<Self> {
        let record = bytes.get(at..at + ZIP_END_LENGTH)?;
        let two = |place: usize| u64::from(u16::from_le_bytes([record[place], record[place + 1]]));
        let four = |place: usize| two(place) | two(place + 2) << 16;
        let (count, length, start) = (two(10), four(12), four(16));
        let is_large = count == 0xffff || length == 0xffff_ffff || start == 0xffff_ffff;
        let is_whole = two(4) == two(6) && two(8) == count;
        // A line of the directory takes at least 46 bytes, and at most 64 KiB for each of three texts.
        let agrees = count > 0 && (46 * count..=(46 + 3 * 0xffff) * count).contains(&length);
        let end = (at + ZIP_END_LENGTH) as u64 + two(20);
        let before = if is_large { 0 } else { start + length };
        (is_whole && (is_large || agrees)).then_some(Self { at, end, before })
    }
}
