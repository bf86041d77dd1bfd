//! The members of an organization, as far as its server reports them.

use entri_api::{Incomplete, Member};

/// The list of members, and how much it proves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// How the list was read.
    pub reading: Reading,
    /// The members that were read.
    pub all: Vec<Member>,
}

/// How a list of members was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reading {
    /// The list has never been read.
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
    /// The list is complete.
    Whole,
}

impl Members {
    /// Marks the list as that of an earlier load, after one that failed: it still shows who had
    /// left by then.
    pub fn make_earlier(&mut self) {
        match self.reading {
            Reading::Whole => self.reading = Reading::Earlier,
            Reading::Closed => self.reading = Reading::Unread,
            Reading::Unread | Reading::Part(_) | Reading::Empty | Reading::Earlier => {}
        }
    }
}
