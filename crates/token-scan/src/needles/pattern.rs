//! A needle as it is searched for: a part of it, and what has to be around that.

use std::ops::Range;

use super::HEAD;
use super::read::Needle;

/// So many blanks are in a needle at most where a line ends in it: the next one may be indented.
const MOST_BLANK: usize = 24;

/// As many characters of a needle are searched for at least: fewer are in too many texts.
const SHORTEST: usize = 4;

/// One needle, or one way in which a line may end in it.
#[derive(Clone)]
pub struct Pattern {
    /// What is searched for. None begins with another, so that where one is there is no other.
    pub anchor: Vec<u8>,
    before: Vec<u8>,
    after: Vec<u8>,
    breaks: Breaks,
    pub needle: Needle,
}

/// Where a line may end in a needle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// No line ends in it.
    Never,
    /// Before the anchor, or nowhere.
    MayBefore,
    /// A line ends before the anchor.
    Before,
    /// At the end of the anchor, which has the first character of the line end.
    Within,
}

impl Pattern {
    /// A needle in one line. So many bytes of it are compared only where the others are.
    pub fn whole(needle: &[u8], head: usize, meaning: Needle) -> Self {
        let (before, anchor) = needle.split_at(head);
        Self::new(before, anchor, &[], Breaks::Never, meaning)
    }

    /// A needle in one line or in two, as Base64 is written in lines.
    pub fn in_lines(needle: &[u8], meaning: &Needle) -> Vec<Self> {
        let mut all = Vec::new();
        for first in 1..needle.len() {
            let (before, after) = needle.split_at(first);
            if first < SHORTEST {
                let breaks = if first == HEAD { Breaks::MayBefore } else { Breaks::Before };
                all.push(Self::new(before, after, &[], breaks, meaning.clone()));
            } else {
                all.extend([b"\n", b"\r"].map(|end| {
                    let anchor = [before, end].concat();
                    Self::new(&[], &anchor, after, Breaks::Within, meaning.clone())
                }));
            }
        }
        all
    }

    fn new(before: &[u8], anchor: &[u8], after: &[u8], breaks: Breaks, needle: Needle) -> Self {
        let [before, anchor, after] = [before, anchor, after].map(<[u8]>::to_vec);
        Self { anchor, before, after, breaks, needle }
    }

    /// Where the whole needle is, if it is around this anchor.
    pub fn around(&self, bytes: &[u8], anchor: Range<usize>) -> Option<Range<usize>> {
        let begins_at = |end: usize| {
            let at = end.checked_sub(self.before.len())?;
            (bytes[at..end] == self.before).then_some(at)
        };
        let broken = || begins_at(anchor.start - blank_before(&bytes[..anchor.start])?);
        match self.breaks {
            Breaks::Never => Some(begins_at(anchor.start)?..anchor.end),
            Breaks::MayBefore => Some(begins_at(anchor.start).or_else(broken)?..anchor.end),
            Breaks::Before => Some(broken()?..anchor.end),
            Breaks::Within => {
                let blanks = bytes[anchor.end..].iter().take_while(|it| it.is_ascii_whitespace());
                let from = anchor.end + blanks.take(MOST_BLANK).count();
                let is_there = bytes[from..].starts_with(&self.after);
                is_there.then_some(anchor.start..from + self.after.len())
            }
        }
    }
}

/// How many blanks these bytes end with, if a line ends among them.
fn blank_before(bytes: &[u8]) -> Option<usize> {
    let blanks = bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace());
    let count = blanks.take(MOST_BLANK).count();
    let ends_line = bytes[bytes.len() - count..].iter().any(|it| matches!(it, b'\n' | b'\r'));
    ends_line.then_some(count)
}
