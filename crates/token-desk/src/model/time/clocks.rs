//! The time when this computer's clock and a server's disagree.
//!
//! The server decides about expiry and last use, so the tokens of each connection are judged by the clock of
//! its server. A clock that can't be right is ignored, except where caution costs at most a question.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::{AsOf, RevokeGrade, ServerTime, TokenFacts, revoke_grade};

use crate::error::{Code, Problem};
use crate::model::connection::ConnectionId;
use crate::when;

/// How far off the clock of a server may be that doesn't report its time.
pub(crate) const UNKNOWN: TimeDelta = BELIEVED;

/// Responses take time and times are rounded, so clocks this close count as equal.
const ALIKE: TimeDelta = TimeDelta::minutes(5);
/// What two readings of the same clock may differ by.
const JITTER: TimeDelta = TimeDelta::seconds(2);
/// Clocks drift by minutes, and a wrong time zone adds at most a day. A clock that is further off
/// was never set.
const BELIEVED: TimeDelta = TimeDelta::days(2);
/// No real server's clock is before this app was written: 1 November 2026, UTC. It is a constant so that builds
/// are reproducible.
const WRITTEN: i64 = 1_793_491_200;

/// The clock of a connection's server, and when its list was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The connection to the server.
    pub connection: ConnectionId,
    /// How far it is ahead of this computer's, according to the server.
    pub skew: TimeDelta,
    /// When the list was loaded, by this computer's clock; `None` if it never was.
    pub read: Option<DateTime<Utc>>,
    /// Whether the server has stopped recording uses.
    pub frozen: bool,
}

/// What time it is: on this computer, and at the server of each connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    here: DateTime<Utc>,
    /// The servers whose clocks differ from this computer's.
    apart: Vec<(ConnectionId, Apart)>,
    /// When the list of each connection was read, by this computer's clock.
    read: Vec<(ConnectionId, DateTime<Utc>)>,
    /// The servers that have stopped recording uses.
    frozen: Vec<ConnectionId>,
}

/// The time of a server whose clock differs from this computer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Apart {
    /// The time according to the server.
    said: ServerTime,
    /// Whether its tokens are judged by that.
    believed: bool,
}

impl Clocks {
    /// At a moment when it is `here` on this computer, and every server's clock agrees.
    #[must_use]
    pub fn alike(here: DateTime<Utc>) -> Self {
        Self { here, apart: Vec::new(), read: Vec::new(), frozen: Vec::new() }
    }

    /// Like [`Self::alike`], with what is known of each server's clock.
    #[must_use]
    pub fn new(here: DateTime<Utc>, clocks: impl IntoIterator<Item = Clock>) -> Self {
        let mut all = Self::alike(here);
        for Clock { connection, skew, read, frozen } in clocks {
            all.apart.extend(Apart::of(here, skew).map(|apart| (connection, apart)));
            all.read.extend(read.map(|read| (connection, read)));
            all.frozen.extend(frozen.then_some(connection));
        }
        all
    }

    /// The time on this computer.
    #[must_use]
    pub fn here(&self) -> DateTime<Utc> {
        self.here
    }

    /// The time a connection's tokens are judged by: its server's, if that can be right.
    #[must_use]
    pub fn of(&self, connection: ConnectionId) -> ServerTime {
        let apart = self.apart(connection).filter(|it| it.believed);
        apart.map_or(ServerTime(self.here), |it| it.said)
    }

    /// How far a server's clock is ahead of this computer's, as far as the app relies on it.
    #[must_use]
    pub fn ahead(&self, connection: ConnectionId) -> TimeDelta {
        self.of(connection).0 - self.here
    }

    /// When a connection's list was read, by the clock that its tokens are judged by.
    #[must_use]
    pub fn read(&self, connection: ConnectionId) -> ServerTime {
        let now = self.of(connection);
        let read = self.read.iter().find(|(id, _)| *id == connection);
        read.and_then(|(_, read)| read.checked_add_signed(now.0 - self.here))
            .map_or(now, |read| now.min(ServerTime(read)))
    }

    /// What a connection's list says about the use of its tokens.
    #[must_use]
    pub fn as_of(&self, connection: ConnectionId) -> AsOf {
        let frozen = self.frozen.contains(&connection);
        AsOf { read: self.read(connection), frozen }
    }

    /// How much confirmation revoking a token requires: the strictest by either clock, even if the server's
    /// isn't trusted otherwise.
    #[must_use]
    pub fn revoke_grade(
        &self,
        connection: ConnectionId,
        facts: &TokenFacts,
        name: &str,
    ) -> RevokeGrade {
        let here = revoke_grade(facts, name, ServerTime(self.here));
        let there = self.apart(connection).map(|it| revoke_grade(facts, name, it.said));
        there.map_or(here, |there| here.max(there))
    }

    /// Whether both show the same minute everywhere, the lists were read at the same ones, and the same servers have
    /// stopped recording uses.
    pub(crate) fn same_minute(&self, other: &Self) -> bool {
        let minute = |time: DateTime<Utc>| time.timestamp().div_euclid(60);
        let there = |it: &Self| -> Vec<_> {
            let believed = it.apart.iter().filter(|(_, apart)| apart.believed);
            believed.map(|(id, apart)| (*id, minute(apart.said.0))).collect()
        };
        let read = |it: &Self| -> Vec<_> {
            it.read.iter().map(|(id, read)| (*id, minute(*read))).collect()
        };
        minute(self.here) == minute(other.here)
            && there(self) == there(other)
            && read(self) == read(other)
            && self.frozen == other.frozen
    }

    fn apart(&self, connection: ConnectionId) -> Option<&Apart> {
        self.apart.iter().find(|(id, _)| *id == connection).map(|(_, apart)| apart)
    }
}

impl Apart {
    /// `None` if the clocks agree, or if nobody could say what time it is there.
    fn of(here: DateTime<Utc>, skew: TimeDelta) -> Option<Self> {
        let said = here.checked_add_signed(skew).filter(|_| skew.abs() > ALIKE)?;
        let believed = skew.abs() <= BELIEVED && said.timestamp() >= WRITTEN;
        Some(Self { said: ServerTime(said), believed })
    }
}

/// How far a server's clock is ahead, given what it seemed to be before: times come in whole seconds and answers take
/// a moment, and what is shown of a time that doesn't change must not change with that.
pub(crate) fn steady(before: TimeDelta, now: TimeDelta) -> TimeDelta {
    if (now - before).abs() <= JITTER { before } else { now }
}

/// The time at a server that is `skew` ahead of this computer, when it is `now` here; `None` if the
/// server doesn't say or can't be right.
pub(crate) fn there(now: DateTime<Utc>, skew: Option<TimeDelta>) -> Option<ServerTime> {
    let skew = skew.filter(|&skew| Apart::of(now, skew).is_none_or(|apart| apart.believed))?;
    now.checked_add_signed(skew).map(ServerTime)
}

/// The warning about a server whose clock is `skew` ahead of this computer's, when it is `now`
/// here; `None` if the clocks agree.
pub(crate) fn told(now: DateTime<Utc>, skew: TimeDelta, host: &str) -> Option<Problem> {
    let apart = Apart::of(now, skew)?;
    let (far, ahead) = (when::length(skew), skew > TimeDelta::zero());
    let message = if apart.believed {
        let side = if ahead { "behind" } else { "ahead of" };
        format!(
            "Your computer’s clock is {far} {side} {host}. Times use the server’s clock. Correct the wrong one, then refresh."
        )
    } else {
        let side = if ahead { "ahead of" } else { "behind" };
        format!(
            "The clock of {host} is {far} {side} yours, too far to rely on. Times use your computer’s clock. Correct the wrong one, then refresh."
        )
    };
    Some(Problem { code: Code::Internal, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_seems_to_jump_by_a_second_did_not() {
        let seconds = TimeDelta::seconds;
        let mut skew = seconds(0);
        for said in [600, 601, 599, 602] {
            skew = steady(skew, seconds(said));
            assert_eq!(skew, seconds(600), "{said}");
        }
        assert_eq!(steady(skew, seconds(603)), seconds(603));
    }
}
