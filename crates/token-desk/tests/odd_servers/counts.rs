//! The faults that were found: each count has to be 0.

use std::fmt;
use std::ops::AddAssign;

/// Something that the app must never report or do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A list is reported as complete, but lacks a token.
    NotWhole,
    /// A token or a person is reported as gone but exists; or a revoke is reported as ours,
    /// although no server said so.
    NotGone,
    /// A token is reported as expired, never used, stale or the like, although the server didn't
    /// say so.
    NotKnown,
    /// A token is revoked that should have been asked about.
    NotAsked,
    /// A list is reported as incomplete, although it could be proven complete.
    Provable,
}

const FAULTS: [(Fault, &str); 5] = [
    (Fault::NotWhole, "told as whole and was not"),
    (Fault::NotGone, "told as gone and lived"),
    (Fault::NotKnown, "told as expired, never used or stale and was not known"),
    (Fault::NotAsked, "revoked and should have been asked about"),
    (
        Fault::Provable,
        "provable, and told as incomplete or read with more than one request too many",
    ),
];

/// What the runs found, added up.
#[derive(Default)]
pub struct Counts {
    /// Each fault, with what shows it.
    pub faults: Vec<(Fault, String)>,
    /// How many lists of tokens were loaded by a connection, all their parts together.
    pub lists: u64,
    /// How many of them were reported as complete.
    pub whole: u64,
    /// The requests for lists that could be proven complete, beyond one for each page.
    pub beyond: u64,
    /// How many tokens were judged.
    pub judged: u64,
    /// How many were to be revoked.
    pub revokes: u64,
}

impl Counts {
    fn of(&self, fault: Fault) -> usize {
        self.faults.iter().filter(|found| found.0 == fault).count()
    }

    /// Fails where anything was found, and says what.
    pub fn are_none(&self) {
        let said: Vec<_> =
            self.faults.iter().take(20).map(|(fault, said)| format!("{fault:?}: {said}")).collect();
        assert!(said.is_empty(), "{self}\n{}", said.join("\n"));
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.lists += other.lists;
        self.whole += other.whole;
        self.beyond += other.beyond;
        self.judged += other.judged;
        self.revokes += other.revokes;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { lists, whole, beyond, judged, revokes, .. } = self;
        write!(
            formatter,
            "{lists} lists ({whole} told as whole, {beyond} requests beyond those of provable ones), \
             {judged} tokens judged, {revokes} to be revoked."
        )?;
        FAULTS
            .iter()
            .try_for_each(|(fault, says)| write!(formatter, " {}: {says}.", self.of(*fault)))
    }
}
