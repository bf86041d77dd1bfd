//! Values in any bytes: as they are, in UTF-16 and UTF-32, and in Base64 once or twice.

mod base64;
mod pattern;
mod read;
mod sign;
mod wide;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::value::{PREFIX, Value};
use base64::Base64;
use pattern::Pattern;
use read::Needle;

pub use sign::Sign;

/// A value begins at most this many bytes before the end of what has to be read of it. Base64 twice with a line
/// break every 64 characters takes the most.
pub const REACH: usize = 4096;

/// No needle is longer than this, with the line end that may be in it.
pub const LONGEST_NEEDLE: usize = 32;

/// How a value is written where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// One byte for each character, as in ASCII, UTF-8 and Windows-1252.
    Plain,
    /// Two bytes for each character, the low one first.
    Utf16Le,
    /// Two bytes for each character, the high one first.
    Utf16Be,
    /// Four bytes for each character, in either order.
    Utf32,
    /// Base64 of the value, or of a text that holds it; the text may be UTF-16, as PowerShell's commands are.
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
            Self::Utf32 => "utf-32",
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

/// So many bytes are searched between two pauses.
const STEP: usize = if cfg!(test) { 64 } else { 8 << 20 };

struct Needles {
    anchors: AhoCorasick,
    patterns: Vec<Pattern>,
}

static NEEDLES: LazyLock<Needles> = LazyLock::new(|| {
    let prefix = PREFIX.as_bytes();
    let mut all = vec![
        Pattern::whole(prefix, Needle::Plain),
        Pattern::whole(&wide::pattern(prefix, 2), Needle::Utf16),
        Pattern::whole(&wide::pattern(prefix, 4), Needle::Utf32),
        Pattern::whole(sign::ZIP_END, Needle::ZipEnd),
    ];
    for (text, is_wide) in [(prefix.to_vec(), false), (wide::pattern(prefix, 2), true)] {
        for inner in Base64::of(&text) {
            all.extend(Base64::of(&inner.pattern).map(|outer| {
                let (pattern, inner) = (outer.pattern.clone(), inner.clone());
                Pattern::whole(&pattern, Needle::Twice { outer, inner, is_wide })
            }));
            let needle = Needle::Once { inner: inner.clone(), is_wide };
            if is_wide {
                all.push(Pattern::whole(&inner.pattern, needle));
            } else {
                all.extend(Pattern::in_lines(&inner.pattern, needle));
            }
        }
    }
    let all = pattern::in_groups(all);
    let anchors = all.iter().map(|pattern| &pattern.anchor);
    let anchors = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(anchors);
    Needles { anchors: anchors.expect("some dozens of short patterns"), patterns: all }
});

/// Every value in these bytes, in the order in which they begin.
pub fn find(bytes: &[u8]) -> impl Iterator<Item = Found> {
    find_in(bytes, 0..bytes.len()).filter_map(|sign| match sign {
        Sign::Value(found) => Some(found),
        Sign::ZipEnd(_) | Sign::Nothing | Sign::Pause => None,
    })
}

/// Each place in this range where something could begin, nearly in their order: two that overlap may come the other
/// way round. It may end behind the range. One may begin within another: what only looks like the beginning of a value
/// hides none.
pub fn find_in(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = Sign> {
    let Needles { anchors, patterns } = &*NEEDLES;
    let mut rest = range.clone();
    std::iter::from_fn(move || {
        loop {
            // What begins before the end of the step may end behind it.
            let step = rest.end.min(rest.start.saturating_add(STEP));
            let end = rest.end.min(step + LONGEST_NEEDLE);
            let found = anchors.find(Input::new(bytes).range(rest.start..end));
            let found = found.filter(|found| found.start() < step);
            let Some(found) = found else {
                rest.start = step;
                return (step < rest.end).then_some(Sign::Pause);
            };
            rest.start = found.start() + 1;
            let pattern = &patterns[found.pattern().as_usize()];
            let around = pattern.around(bytes, found.range());
            if let Some(whole) = around.filter(|whole| whole.start >= range.start) {
                return Some(pattern.needle.read(bytes, whole.start, whole.end));
            }
        }
    })
}

#[cfg(test)]
mod tests;
