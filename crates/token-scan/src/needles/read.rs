//! What follows a needle: a value, or something else.

use memchr::{memchr, memrchr};

use super::base64::Base64;
use super::sign::{Sign, ZipEnd};
use super::{Encoding, Found, REACH, wide};
use crate::value::{LONGEST, Value, is_part};

/// Quoted-printable breaks a line after at least this many characters. What breaks earlier is something else.
const SHORTEST_QUOTED: usize = 50;

/// No mail has longer lines.
const LONGEST_QUOTED: usize = 998;

/// What one of the patterns stands for.
#[derive(Clone)]
pub enum Needle {
    Plain,
    Utf16,
    Utf32,
    Once { inner: Base64, is_wide: bool },
    Twice { outer: Base64, inner: Base64, is_wide: bool },
    ZipEnd,
}

impl Needle {
    /// What it leads to here, where the pattern is between these two positions.
    pub fn read(&self, bytes: &[u8], at: usize, after: usize) -> Sign {
        if let Self::ZipEnd = self {
            return ZipEnd::read(bytes, at).map_or(Sign::Nothing, Sign::ZipEnd);
        }
        self.value(bytes, at, after).map_or(Sign::Nothing, Sign::Value)
    }

    fn value(&self, bytes: &[u8], at: usize, after: usize) -> Option<Found> {
        let rest = &bytes[after..bytes.len().min(at + REACH)];
        let (encoding, value, length) = match self {
            Self::ZipEnd => return None,
            Self::Plain => {
                let (value, length) = plain(rest, line_before(bytes, after))?;
                (Encoding::Plain, value, length)
            }
            Self::Utf16 => {
                let value = Value::after_prefix(wide::characters(rest, 2))?;
                let length = 2 * value.length_after_prefix();
                (wide::order(bytes, at), value, length)
            }
            Self::Utf32 => {
                let value = Value::after_prefix(wide::characters(rest, 4))?;
                let length = 4 * value.length_after_prefix();
                (Encoding::Utf32, value, length)
            }
            Self::Once { inner, is_wide } => {
                let (text, length) = inner.decode_after(rest, ends_value(*is_wide));
                (Encoding::Base64, after_prefix(&text, *is_wide)?, length)
            }
            Self::Twice { outer, inner, is_wide } => {
                let (text, length) = outer.decode_after(rest, |_| false);
                let (text, _) = inner.decode_after(&text, ends_value(*is_wide));
                (Encoding::Base64Twice, after_prefix(&text, *is_wide)?, length)
            }
        };
        Some(Found { at, end: after + length, encoding, value })
    }
}

/// Tells of each byte of a text whether no more of it is needed.
fn ends_value(is_wide: bool) -> impl FnMut(u8) -> bool {
    let (mut length, most) = (0, if is_wide { 2 * LONGEST } else { LONGEST });
    move |byte| {
        length += 1;
        length > most || !(is_part(byte) || is_wide && byte == 0)
    }
}

fn after_prefix(text: &[u8], is_wide: bool) -> Option<Value> {
    if is_wide {
        Value::after_prefix(wide::characters(text, 2))
    } else {
        Value::after_prefix(text.iter().copied())
    }
}

/// How many characters of the line are before this position, as far as it matters.
fn line_before(bytes: &[u8], at: usize) -> usize {
    let from = at.saturating_sub(LONGEST_QUOTED);
    memrchr(b'\n', &bytes[from..at]).map_or(at - from, |found| at - from - found - 1)
}

/// A value as it is, and how many bytes it takes. In quoted-printable it may go on in the next line.
fn plain(rest: &[u8], mut line: usize) -> Option<(Value, usize)> {
    let (mut text, mut read) = (Vec::new(), 0);
    loop {
        let run = rest[read..].iter().take_while(|byte| is_part(**byte));
        let length = run.take(LONGEST - text.len()).count();
        text.extend_from_slice(&rest[read..read + length]);
        (read, line) = (read + length, line + length);
        let is_long = (SHORTEST_QUOTED..LONGEST_QUOTED).contains(&line) && text.len() < LONGEST;
        let Some(after) = is_long.then(|| soft_break(&rest[read..])).flatten() else { break };
        if !rest.get(read + after).is_some_and(|byte| is_part(*byte)) {
            break;
        }
        (read, line) = (read + after, 0);
    }
    Some((Value::after_prefix(text)?, read))
}

/// The length of the line end that these bytes begin with, which is none in the text that they stand for.
fn soft_break(bytes: &[u8]) -> Option<usize> {
    let blank = bytes.strip_prefix(b"=")?;
    let end = memchr(b'\n', &blank[..blank.len().min(2)])?;
    (end == 0 || blank[0] == b'\r').then_some(end + 2)
}
