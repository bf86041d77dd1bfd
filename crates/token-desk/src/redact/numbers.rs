//! Bytes written as numbers: `[101, 110]`, `0x65 0x6e`, `65:6e`, `\145\156`, `\x65`, `&#101;`, `=65=6E`.

use std::ops::Range;

/// The bases that bytes are written in.
pub(super) const BASES: [u32; 3] = [10, 16, 8];

/// The bytes that a text writes in a base, each with its place; `None` for a word that isn't a
/// byte.
pub(super) fn bytes(text: &[u8], base: u32) -> Vec<(Option<u8>, Range<usize>)> {
    let mut at = 0;
    let parts = text.chunk_by(|a, b| a.is_ascii_alphanumeric() == b.is_ascii_alphanumeric());
    let placed = parts.map(|part| {
        at += part.len();
        (part, at - part.len()..at)
    });
    let words = placed.filter(|(part, _)| part[0].is_ascii_alphanumeric());
    words.map(|(word, place)| (byte(word, base), place)).collect()
}

fn byte(word: &[u8], base: u32) -> Option<u8> {
    let word = std::str::from_utf8(word).ok()?;
    let marks = ["0x", "0X", "0o", "x", "X", "u", "U"];
    let digits = marks.iter().find_map(|mark| word.strip_prefix(mark)).unwrap_or(word);
    u8::from_str_radix(digits, base).ok()
}
