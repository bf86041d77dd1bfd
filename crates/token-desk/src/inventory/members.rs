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
    /// Who is signed in may not read it (contract §10).
    Closed,
    /// Incomplete, for this reason: somebody who is missing from it may still be a member.
    Part(Incomplete),
    /// It has nobody, though who is signed in is a member.
    Empty,
    /// Whole, but some time before: the last time it could not be read. Who is not in it may have
    /// joined since.
    Earlier,
    /// Whole.
    Whole,
}

impl Members {
    /// After a load that failed: what was known before still says who had left by then.
    pub fn make_earlier(&mut self) {
        match self.reading {
            Reading::Whole => self.reading = Reading::Earlier,
            Reading::Closed => self.reading = Reading::Unread,
            Reading::Unread | Reading::Part(_) | Reading::Empty | Reading::Earlier => {}
        }
    }
}
