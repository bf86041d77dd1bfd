//! What one object is: its kind and id, what it says of others, and what may be wrong with it.

mod id;
mod inflate;
mod links;

use std::io;

use crate::ledger::Fault;

pub use id::{Format, Id, ObjectKind};
pub use inflate::{Inflate, make_room};
pub use links::{TreeEntry, links, needs, tree};

/// An object larger than this is not taken into memory.
pub const LARGEST: u64 = 1 << 31;

/// Why an object could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// There is less of it than there should be.
    Truncated,
    /// Its bytes are not those that were written.
    Packed,
    /// It is of a format that isn't known here.
    Unknown,
    /// It is too large to be taken into memory.
    TooLarge,
    /// It is the difference to an object that is not there.
    NoBase,
    /// The system did not give it.
    System(Fault),
}

impl From<io::Error> for Damage {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated,
            _ => Self::System(Fault::from(&error)),
        }
    }
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Truncated | Damage::Packed => Self::Damaged,
            Damage::Unknown => Self::UnknownFormat,
            Damage::TooLarge => Self::TooLarge,
            Damage::NoBase => Self::MissingObject,
            Damage::System(fault) => fault,
        }
    }
}
