//! Values in any bytes: as they are, as UTF-16, and in Base64 once or twice.

mod base64;
mod wide;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::value::{PREFIX, Value};
use base64::Base64;

/// A value begins at most this many bytes before the end of what has to be read of it. Base64 twice with a line
/// break every 64 characters takes the most.
pub const REACH: usize = 4096;

/// No needle is longer than this.
pub const LONGEST_NEEDLE: usize = 16;

/// How a value is written where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// One byte for each character, as in ASCII, UTF-8 and Windows-1252.
    Plain,
    /// Two bytes for each character, the low one first.
    Utf16Le,
    /// Two bytes for each character, the high one first.
    Utf16Be,
    /// Base64 of the value, or of a text that holds it.
    Base64,
    /// Base64 of Base64, as in a secret of Kubernetes that was encoded by hand first.
    Base64Twice,
}

impl Encoding {
    /// The name for the command's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Base64 => "base64",
            Self::Base64Twice => "base64 twice",
        }
    }
}

/// A value, where it begins and ends in the bytes that were searched, and how it is written there.
#[derive(Debug)]
pub struct Found {
    /// The position of its first byte. In Base64, that of the first character that depends on the value alone.
    pub at: usize,
    /// The position after its last byte.
    pub end: usize,
    /// How it is written.
    pub encoding: Encoding,
    /// The value, which nothing prints.
    pub value: Value,
}

/// What one of the patterns stands for.
enum Needle {
    Plain,
    Wide,
    Once(Base64),
    Twice { outer: Base64, inner: Base64 },
}

struct Needles {
    patterns: AhoCorasick,
    needles: Vec<Needle>,
}

static NEEDLES: LazyLock<Needles> = LazyLock::new(|| {
    let mut all = vec![
        (PREFIX.as_bytes().to_vec(), Needle::Plain),
        (wide::pattern(PREFIX.as_bytes()), Needle::Wide),
    ];
    for inner in Base64::of(PREFIX.as_bytes()) {
        let twice = Base64::of(&inner.pattern)
            .map(|outer| (outer.pattern.clone(), Needle::Twice { outer, inner: inner.clone() }));
        all.extend(twice);
        all.push((inner.pattern.clone(), Needle::Once(inner)));
    }
    let (patterns, needles): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let patterns = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(patterns)
        .expect("a dozen short patterns");
    Needles { patterns, needles }
});

/// Every value in these bytes, in the order in which they begin.
pub fn find(bytes: &[u8]) -> impl Iterator<Item = Found> {
    find_in(bytes, 0..bytes.len()).flatten()
}

/// Each place in this range where a value could begin, with the value if there is one. It may end behind the range.
pub fn find_in(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = Option<Found>> {
    let Needles { patterns, needles } = &*NEEDLES;
    patterns.find_iter(Input::new(bytes).range(range)).map(|found| {
        let needle = &needles[found.pattern().as_usize()];
        needle.read(bytes, found.start(), found.end())
    })
}

impl Needle {
    fn read(&self, bytes: &[u8], at: usize, after: usize) -> Option<Found> {
        let rest = &bytes[after..bytes.len().min(at + REACH)];
        let (encoding, value, length) = match self {
            Self::Plain => {
                let value = Value::after_prefix(rest.iter().copied())?;
                let length = value.length_after_prefix();
                (Encoding::Plain, value, length)
            }
            Self::Wide => {
                let value = Value::after_prefix(wide::characters(rest))?;
                let length = 2 * value.length_after_prefix();
                (wide::order(bytes, at), value, length)
            }
            Self::Once(inner) => {
                let (text, length) = inner.decode_after(rest);
                (Encoding::Base64, Value::after_prefix(text)?, length)
            }
            Self::Twice { outer, inner } => {
                let (text, length) = outer.decode_after(rest);
                let (text, _) = inner.decode_after(&text);
                (Encoding::Base64Twice, Value::after_prefix(text)?, length)
            }
        };
        Some(Found { at, end: after + length, encoding, value })
    }
}

#[cfg(test)]
mod tests;
