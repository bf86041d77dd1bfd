//! The moves of a token's last use, in a few bytes each.
//!
//! A move consists of the number of the snapshot that showed it and the time of the use, each as
//! the difference from the previous one, with seven bits per byte. With one use a day, a move takes
//! four bytes.

/// A last use that differs from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The number of the snapshot that showed it.
    pub snapshot: u32,
    /// The last use as [`crate::model::time::dates::Stamp::kept`] stores it; `None` if no use is recorded anymore.
    pub last_used: Option<i64>,
}

/// The moves as bytes.
pub fn write(moves: &[Move]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut snapshot, mut used) = (0, 0);
    for one in moves {
        push(&mut bytes, u64::from(one.snapshot.wrapping_sub(snapshot)));
        snapshot = one.snapshot;
        match one.last_used {
            None => push(&mut bytes, 0),
            Some(last_used) => {
                push(&mut bytes, folded(last_used.wrapping_sub(used)).saturating_add(1));
                used = last_used;
            }
        }
    }
    bytes
}

/// Reads moves from bytes; if these are damaged, the moves before the damage.
pub fn read(mut bytes: &[u8]) -> Vec<Move> {
    let mut moves = Vec::new();
    let (mut snapshot, mut used) = (0u32, 0i64);
    while let (Some(ahead), Some(moved)) = (pull(&mut bytes), pull(&mut bytes)) {
        let Ok(ahead) = u32::try_from(ahead) else { break };
        snapshot = snapshot.wrapping_add(ahead);
        let last_used = moved.checked_sub(1).map(|moved| {
            used = used.wrapping_add(unfolded(moved));
            used
        });
        moves.push(Move { snapshot, last_used });
    }
    moves
}

fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
}

fn pull(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Maps numbers near zero, of either sign, to small numbers without a sign, which take fewer bytes.
fn folded(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

fn unfolded(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_use_a_day_takes_four_bytes() {
        let moves: Vec<_> = (1..=30)
            .map(|day| Move {
                snapshot: day,
                last_used: Some(1_700_000_000 + i64::from(day) * 86_400),
            })
            .collect();
        assert!(write(&moves).len() <= 30 * 4 + 2);
    }

    /// A time, or the mark for an unreadable one.
    fn used() -> impl Strategy<Value = i64> {
        prop_oneof![3 => -(1i64 << 61)..1 << 61, 1 => Just(i64::MAX)]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            given in proptest::collection::vec(
                (any::<u32>(), proptest::option::of(used())), 0..40),
        ) {
            let moves: Vec<_> =
                given.into_iter().map(|(snapshot, last_used)| Move { snapshot, last_used }).collect();
            prop_assert_eq!(read(&write(&moves)), moves);
        }

        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>) {
            let _ = read(&bytes);
        }
    }
}
