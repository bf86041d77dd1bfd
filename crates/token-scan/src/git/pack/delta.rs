//! A delta: how an object is made of another one.

use std::ops::Range;

use crate::git::object::{Damage, LARGEST, make_room};
use crate::needles::LONGEST_NEEDLE;
use crate::packed;

/// So many bytes are made between two questions whether to stop.
const STEP: usize = 1 << 24;

/// A sketch is not made of a larger object: it would need as much memory.
const LARGEST_SKETCH: usize = 4 << 20;

/// So many bytes are made at each end of what a sketch leaves out. A fresh range reaches as far as a needle does, and
/// around a needle in it there may be as much again on each side.
const MARGIN: usize = 3 * LONGEST_NEEDLE;

/// Makes an object of the one that it is a difference to. A needle that touches none of the `fresh` ranges of it is in
/// the other object, too.
pub fn apply(
    base: &[u8],
    delta: &[u8],
    go_on: &dyn Fn() -> Result<(), Damage>,
    out: &mut Vec<u8>,
    fresh: &mut Vec<Range<usize>>,
) -> Result<(), Damage> {
    let mut parts = Parts::new(base, delta, fresh)?;
    // No delta says more in a byte than what a copy of 16 MiB does.
    make_room(out, parts.size.min(1 << 24));
    let mut asked = 0;
    while let Some(part) = parts.next()? {
        if out.len() - asked > STEP {
            asked = out.len();
            go_on()?;
        }
        out.extend_from_slice(part.bytes);
    }
    Ok(())
}

/// Makes of an object only what is near its `fresh` ranges, and what its format is known by. Any bytes are in between:
/// whoever looks at nothing else doesn't have to wait for those.
pub fn sketch<'a>(
    base: &[u8],
    delta: &[u8],
    out: &'a mut Vec<u8>,
    fresh: &mut Vec<Range<usize>>,
) -> Result<&'a [u8], Damage> {
    let mut parts = Parts::new(base, delta, fresh)?;
    let size = parts.size;
    if size > LARGEST_SKETCH {
        return Err(Damage::TooLarge);
    }
    if out.len() < size {
        out.resize(size, 0);
    }
    let telling = packed::telling(size);
    while let Some(Part { bytes, at }) = parts.next()? {
        let end = at + bytes.len();
        let mut make = |range: Range<usize>| {
            let (from, to) = (range.start.max(at), range.end.min(end));
            if from < to {
                out[from..to].copy_from_slice(&bytes[from - at..to - at]);
            }
        };
        if bytes.len() <= 2 * MARGIN {
            make(at..end);
        } else {
            make(at..at + MARGIN);
            make(end - MARGIN..end);
            telling.iter().cloned().for_each(make);
        }
    }
    Ok(&out[..size])
}

/// What an object is made of, one part after the other. Notes which ranges of it are fresh.
struct Parts<'a> {
    base: &'a [u8],
    delta: Reader<'a>,
    fresh: &'a mut Vec<Range<usize>>,
    /// The size of the whole object.
    size: usize,
    /// How much of it was made.
    made: usize,
}

struct Part<'a> {
    bytes: &'a [u8],
    /// Where in the object it is.
    at: usize,
}

impl<'a> Parts<'a> {
    fn new(
        base: &'a [u8],
        delta: &'a [u8],
        fresh: &'a mut Vec<Range<usize>>,
    ) -> Result<Self, Damage> {
        let mut delta = Reader(delta);
        if delta.size()? != base.len() as u64 {
            return Err(Damage::Packed);
        }
        let size = delta.size()?;
        if size > LARGEST {
            return Err(Damage::TooLarge);
        }
        let size = usize::try_from(size).map_err(|_| Damage::TooLarge)?;
        fresh.clear();
        Ok(Self { base, delta, fresh, size, made: 0 })
    }

    fn next(&mut self) -> Result<Option<Part<'a>>, Damage> {
        let Some(command) = self.delta.byte() else {
            return if self.made == self.size { Ok(None) } else { Err(Damage::Packed) };
        };
        let is_copy = command & 0x80 != 0;
        let bytes = if is_copy {
            let (offset, length) = self.delta.copy(command)?;
            self.base.get(offset..offset + length).ok_or(Damage::Packed)?
        } else {
            let part = self.delta.take(usize::from(command));
            part.filter(|part| !part.is_empty()).ok_or(Damage::Packed)?
        };
        let at = self.made;
        if bytes.len() > self.size - at {
            return Err(Damage::Packed);
        }
        self.made += bytes.len();
        // Where two copies meet, a needle can be that is in neither.
        let end = if is_copy { at } else { self.made };
        let range = at.saturating_sub(LONGEST_NEEDLE)..self.size.min(end + LONGEST_NEEDLE);
        add(self.fresh, range);
        Ok(Some(Part { bytes, at }))
    }
}

/// Adds a range that begins no earlier than the last one.
fn add(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    }
}

/// The rest of a delta.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(part)
    }

    fn size(&mut self) -> Result<u64, Damage> {
        let (mut sum, mut shift) = (0, 0);
        loop {
            let byte = self.byte().ok_or(Damage::Packed)?;
            sum |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Ok(sum);
            }
            if shift > 56 {
                return Err(Damage::Packed);
            }
        }
    }

    fn copy(&mut self, command: u8) -> Result<(usize, usize), Damage> {
        let mut number = |flags: u8| {
            (0..4)
                .filter(|at| flags >> at & 1 != 0)
                .try_fold(0_usize, |sum, at| Some(sum | usize::from(self.byte()?) << (8 * at)))
        };
        let offset = number(command & 15).ok_or(Damage::Packed)?;
        let length = number(command >> 4 & 7).ok_or(Damage::Packed)?;
        Ok((offset, if length == 0 { 1 << 16 } else { length }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look drawn.
    fn numbers() -> impl FnMut(usize) -> usize {
        let mut state = 1_u64;
        move |end| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(state >> 33).expect("31 bits") % end
        }
    }

    /// A delta for a base of this size, and how many bytes come out of it.
    fn draw(base: usize, below: &mut impl FnMut(usize) -> usize) -> (Vec<u8>, usize) {
        let (mut commands, mut size) = (Vec::new(), 0);
        for _ in 0..=below(12) {
            let longest = [127, 9_000][below(2)];
            let length = 1 + below(longest);
            if length <= 127 {
                commands.push(length.to_le_bytes()[0]);
                commands.extend((0..length).map(|_| below(256).to_le_bytes()[0]));
            } else {
                let offset = below(base - length);
                commands.push(0xb7);
                commands.extend(&offset.to_le_bytes()[..3]);
                commands.extend(&length.to_le_bytes()[..2]);
            }
            size += length;
        }
        let number = |it: usize| [0, 7, 14].map(|bits| (it >> bits).to_le_bytes()[0] | 0x80);
        let sizes = [number(base), number(size)].map(|it| [it[0], it[1], it[2] & 0x7f]);
        ([&sizes.concat()[..], &commands].concat(), size)
    }

    #[test]
    fn a_sketch_is_the_object_wherever_something_could_be_new() {
        let mut below = numbers();
        let base: Vec<u8> = (0..50_000).map(|_| below(256).to_le_bytes()[0]).collect();
        let (mut left_out, mut out, mut buffer, mut fresh) =
            (0, Vec::new(), Vec::new(), Vec::new());
        for _ in 0..500 {
            let (delta, size) = draw(base.len(), &mut below);
            apply(&base, &delta, &|| Ok(()), &mut out, &mut fresh).expect("a delta");
            let before = fresh.clone();
            buffer.fill(0);
            let made = sketch(&base, &delta, &mut buffer, &mut fresh).expect("a delta");
            assert_eq!((made.len(), &fresh), (size, &before));
            let reached = |it: &Range<usize>| {
                it.start.saturating_sub(LONGEST_NEEDLE)..size.min(it.end + LONGEST_NEEDLE)
            };
            let telling = packed::telling(size).map(|it| it.start.min(size)..it.end.min(size));
            for range in fresh.iter().map(reached).chain(telling) {
                assert_eq!(made[range.clone()], out[range.clone()], "{range:?} of {size}");
            }
            left_out += made.iter().zip(&out).filter(|(made, out)| made != out).count();
        }
        assert!(left_out > 1_000_000, "the control: {left_out}");
    }
}
