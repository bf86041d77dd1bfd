//! The members of an organization, as far as its server tells.

use entri_api::{Incomplete, Member};

/// The list of members, and what it is worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// How it was read.
    pub reading: Reading,
    /// Those that were read.
    pub all: Vec<Member>,
}

/// How a list of members was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reading {
    /// It never was.
    #[default]
    Unread,
    /// The signed-in user can't read it (docs/entri-api.md#members).
    Closed,
    /// Incomplete, for this reason: somebody missing from it may still be a member.
    Part(Incomplete),
    /// It is empty, although the signed-in user is a member.
    Empty,
    /// Complete, but from an earlier load: the last one failed. Somebody who isn't in it may have joined
    /// since.
    Earlier,
    /// Whole.
    Whole,
}

impl Members {
    /// After a failed load: the earlier list still tells who had left by then.
    pub fn make_earlier(&mut self) {
        match self.reading {
            Reading::Whole => self.reading = Reading::Earlier,
            Reading::Closed => self.reading = Reading::Unread,
            Reading::Unread | Reading::Part(_) | Reading::Empty | Reading::Earlier => {}
        }
    }
}
