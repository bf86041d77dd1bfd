//! A needle as it is searched for: a part of it, and what has to be around that.

use std::cmp::Reverse;
use std::ops::Range;

use super::read::Needle;

/// So many blanks are in a needle at most where a line ends in it: the next one may be indented.
const MOST_BLANK: usize = 24;

/// As many characters of a needle are searched for at least: fewer are in too many texts.
const SHORTEST: usize = 4;

/// The search looks for the first bytes of so many groups of patterns at once, and a group is met more often if its
/// patterns have less in common. It takes each in turn for the next group.
const GROUPS: usize = 8;

/// How seldom a byte is in texts and programs.
fn rarity(byte: u8) -> i8 {
    match byte {
        0 => -1,
        b'a'..=b'z' => 0,
        b'0'..=b'9' => 4,
        _ => 6,
    }
}

/// Patterns in an order in which those of a group begin with bytes of the same kinds.
pub fn in_groups(mut all: Vec<Pattern>) -> Vec<Pattern> {
    all.sort_by_cached_key(|it| {
        let kinds: Vec<_> = it.anchor.iter().take(SHORTEST).map(|byte| rarity(*byte)).collect();
        (kinds, it.anchor.clone())
    });
    let size = all.len().div_ceil(GROUPS);
    let mut numbered: Vec<_> = all.into_iter().enumerate().collect();
    numbered.sort_by_key(|(at, _)| at % size);
    numbered.into_iter().map(|(_, pattern)| pattern).collect()
}

/// One needle, or one of the two ways in which a line may end in it.
pub struct Pattern {
    /// What is searched for. None begins with another, so that where one is there is no other.
    pub anchor: Vec<u8>,
    pub before: Vec<u8>,
    after: Vec<u8>,
    breaks: Breaks,
    pub needle: Needle,
}

/// Where a line may end in a needle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// No line ends in it.
    Never,
    /// A line ends within what is before the anchor, or at the end of that.
    Before,
    /// A line may end within what is after the anchor, or at the beginning of that.
    After,
}

impl Pattern {
    /// A needle in one line. What is before its rarest bytes is compared only where these are: source code is full of
    /// words that begin as values do, such as `entry`.
    pub fn whole(needle: &[u8], meaning: Needle) -> Self {
        let rarity = |at: &usize| needle[*at..].iter().take(SHORTEST).map(|it| rarity(*it)).sum();
        let head = (0..=needle.len() - SHORTEST).min_by_key(|at| Reverse::<i8>(rarity(at)));
        let (before, anchor) = needle.split_at(head.unwrap_or_default());
        Self::new(before, anchor, &[], Breaks::Never, meaning)
    }

    /// A needle in one line or in two, as Base64 is written in lines.
    pub fn in_lines(needle: &[u8], meaning: Needle) -> [Self; 2] {
        let (first, last) = needle.split_at(SHORTEST);
        let (start, end) = needle.split_at(SHORTEST - 1);
        [
            Self::new(&[], first, last, Breaks::After, meaning.clone()),
            Self::new(start, end, &[], Breaks::Before, meaning),
        ]
    }

    fn new(before: &[u8], anchor: &[u8], after: &[u8], breaks: Breaks, needle: Needle) -> Self {
        let [before, anchor, after] = [before, anchor, after].map(<[u8]>::to_vec);
        Self { anchor, before, after, breaks, needle }
    }

    /// Where the whole needle is, if it is around this anchor.
    pub fn around(&self, bytes: &[u8], anchor: Range<usize>) -> Option<Range<usize>> {
        match self.breaks {
            Breaks::Never => {
                let at = anchor.start.checked_sub(self.before.len())?;
                (bytes[at..anchor.start] == self.before).then_some(at..anchor.end)
            }
            Breaks::Before => {
                let before = bytes[..anchor.start].iter().rev();
                let (length, is_broken) = in_lines(before, self.before.iter().rev())?;
                is_broken.then_some(anchor.start - length..anchor.end)
            }
            Breaks::After => {
                let (length, _) = in_lines(bytes[anchor.end..].iter(), self.after.iter())?;
                Some(anchor.start..anchor.end + length)
            }
        }
    }
}

/// How many of the bytes these characters take, between which or before which a line may end once, and whether one
/// does. Nothing if others are there.
fn in_lines<'a>(
    bytes: impl Iterator<Item = &'a u8> + Clone,
    characters: impl Iterator<Item = &'a u8>,
) -> Option<(usize, bool)> {
    let (mut rest, mut length, mut is_broken) = (bytes, 0, false);
    for character in characters {
        if !is_broken {
            let blanks = rest.clone().take_while(|byte| byte.is_ascii_whitespace());
            let blanks = blanks.take(MOST_BLANK);
            is_broken = blanks.clone().any(|byte| matches!(byte, b'\n' | b'\r'));
            if is_broken {
                let count = blanks.count();
                length += count;
                rest.nth(count - 1);
            }
        }
        length += 1;
        rest.next().filter(|byte| *byte == character)?;
    }
    Some((length, is_broken))
}
