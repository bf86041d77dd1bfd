//! The lists that were read, in figures.

use std::fmt;
use std::ops::AddAssign;

/// How many lists of tokens were read, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Read {
    /// How many lists were read.
    pub lists: u64,
    /// How many of them were reported as complete.
    pub whole: u64,
    /// How many of them could be proven complete.
    pub provable: u64,
    /// The requests for those, beyond one for each page.
    pub beyond: u64,
}

impl AddAssign for Read {
    fn add_assign(&mut self, other: Self) {
        self.lists += other.lists;
        self.whole += other.whole;
        self.provable += other.provable;
        self.beyond += other.beyond;
    }
}

impl fmt::Display for Read {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { lists, whole, provable, beyond } = self;
        write!(
            formatter,
            "Of {lists} lists {whole} are told as whole; {provable} can be proven whole, with {beyond} \
             requests more than they have pages"
        )
    }
}
