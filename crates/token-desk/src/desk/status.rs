//! What the page may know about connections and their lists, besides the rows.

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::Error as ApiError;

use crate::desk::vault::Waiting;
use crate::error::{Code, Error, KeychainError, Problem};
use crate::model::bulk_revoke::{OpenCleanup, RunningCleanup};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::gaps::{self, Gap};
use crate::model::news::News;
use crate::model::time::clocks::{Clock, Clocks};
use crate::model::time::dates;
use crate::model::token::Project;
use crate::model::unresolved::LooseEnd;

/// What the window shows: the tokens of one connection, or of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Of every connection.
    All,
    /// Of this one.
    One(ConnectionId),
}

/// Whether a list is being loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is going on.
    Idle,
    /// A list is being loaded.
    Syncing,
}

/// Where a connection's list comes from, and the state of its next load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListStatus {
    /// Whether a list is being loaded.
    pub phase: Phase,
    /// The number of tokens received so far by the running load.
    pub loaded: u32,
    /// When the load of this list began; `None` before the first one.
    pub synced_at: Option<DateTime<Utc>>,
    /// What may be missing from the list; empty if every part is complete.
    pub gaps: Vec<Gap>,
    /// What else failed in the last load.
    pub problems: Vec<Problem>,
    /// Why the server cannot be asked with the connection's credential, if so.
    pub no_access: Option<NoAccess>,
}

/// Why a server cannot be asked with a connection's credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAccess {
    /// The credential isn't available from the keychain right now; trying again may help.
    Keychain(KeychainError),
    /// There is no credential that can be used: it was kept for one session, or the keychain no longer
    /// holds it.
    NoCredential,
    /// The server refused it: it was revoked, has expired, or its session has ended.
    Refused,
}

impl NoAccess {
    /// Whether only a sign-in helps.
    #[must_use]
    pub fn needs_sign_in(self) -> bool {
        !matches!(self, Self::Keychain(_))
    }

    /// What a failure says about the credential; `None` if it says nothing.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        match (error, error.code()) {
            (Error::Keychain(error), Code::Keychain) => Some(Self::Keychain(*error)),
            (Error::Api(ApiError::ApiTokenWanted { .. }), _) | (_, Code::Unauthorized) => {
                Some(Self::Refused)
            }
            (_, Code::Credential) => Some(Self::NoCredential),
            _ => None,
        }
    }
}

/// A connection and its list, as the page may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionStatus {
    /// The connection.
    pub connection: Connection,
    /// How its list came about.
    pub list: ListStatus,
    /// How many tokens the list has.
    pub tokens: usize,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// How many tokens have a date that cannot be read.
    pub unreadable: u32,
    /// The organization's projects.
    pub projects: Vec<Project>,
    /// Creates that didn't finish.
    pub loose_ends: Vec<LooseEnd>,
    /// Bulk revokes that didn't finish.
    pub cleanups: Vec<OpenCleanup>,
    /// What others changed since the last visit; `None` on the first one.
    pub news: Option<News>,
    /// How far the server's clock was ahead of this computer's at the last request, according to the server;
    /// may be absurd.
    pub skew: TimeDelta,
}

/// Everything the page should know beside the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Grows with every look, so that of two that crossed on their way the later one is known.
    pub number: u32,
    /// Grows with every change of what the window lists.
    pub generation: u32,
    /// What the window shows.
    pub shown: Shown,
    /// Every connection, in the admin's order.
    pub connections: Vec<ConnectionStatus>,
    /// What is wrong with the app itself.
    pub problems: Vec<Problem>,
    /// The bulk revoke that runs, if one does, or the last one until [`Desk::cleanup_seen`].
    ///
    /// [`Desk::cleanup_seen`]: crate::Desk::cleanup_seen
    pub cleanup: Option<RunningCleanup>,
    /// The new token whose value waits, if one does.
    pub waiting: Option<Waiting>,
}

impl Status {
    /// The connections whose tokens are shown.
    pub fn shown(&self) -> impl Iterator<Item = &ConnectionStatus> {
        let wanted = self.shown;
        let of = move |id| wanted == Shown::All || wanted == Shown::One(id);
        self.connections.iter().filter(move |line| of(line.connection.id))
    }

    /// What time it was at each server, at a moment when it was `now` on this computer.
    #[must_use]
    pub fn clocks(&self, now: DateTime<Utc>) -> Clocks {
        let of = |line: &ConnectionStatus| Clock {
            connection: line.connection.id,
            skew: line.skew,
            read: line.list.synced_at,
        };
        Clocks::new(now, self.connections.iter().map(of))
    }

    /// The lists that are shown, taken together.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let lines: Vec<_> = self.shown().collect();
        let syncing = |line: &&ConnectionStatus| line.list.phase == Phase::Syncing;
        let oldest = lines.iter().map(|line| line.list.synced_at).min().flatten();
        let mut problems = self.problems.clone();
        problems.extend(self.list_problems().chain(self.unreadable()));
        Summary {
            phase: if lines.iter().any(syncing) { Phase::Syncing } else { Phase::Idle },
            loaded: lines.iter().map(|line| line.list.loaded).sum(),
            synced_at: oldest,
            complete: lines.iter().all(|line| line.list.complete()),
            unreadable: lines.iter().map(|line| line.unreadable).sum(),
            problems,
            last_used_reported: lines.iter().any(|line| line.last_used_reported),
            signed_out: lines
                .iter()
                .find(|line| line.list.signed_out())
                .map(|line| line.connection.id),
        }
    }

    /// What may be missing from the lists shown, and what failed in their loads, each with its connection if
    /// there are several.
    fn list_problems(&self) -> impl Iterator<Item = Problem> {
        let of = move |line| ConnectionStatus::problems(line).map(move |it| self.named(line, it));
        self.shown().flat_map(of)
    }

    /// What is unreadable in the lists shown.
    pub(crate) fn unreadable(&self) -> impl Iterator<Item = Problem> {
        let of = |line: &ConnectionStatus| {
            let message = dates::notice(line.unreadable)?;
            Some(self.named(line, Problem { code: Code::Server, message }))
        };
        self.shown().filter_map(of)
    }

    fn named(&self, line: &ConnectionStatus, problem: Problem) -> Problem {
        match self.shown {
            Shown::All => problem.of(&line.connection.look.label),
            Shown::One(_) => problem,
        }
    }

    /// What failed in the loads, in words.
    pub(crate) fn notes(&self) -> Vec<String> {
        self.list_problems().map(|problem| problem.message).collect()
    }

    /// One connection.
    #[must_use]
    pub fn of(&self, id: ConnectionId) -> Option<&ConnectionStatus> {
        self.connections.iter().find(|line| line.connection.id == id)
    }
}

impl ConnectionStatus {
    /// What may be missing from the list, and what failed in its last load.
    pub fn problems(&self) -> impl Iterator<Item = Problem> {
        gaps::problems(&self.list.gaps).chain(self.list.problems.iter().cloned())
    }

    /// Whether the server said that the signed-in user can't manage tokens.
    #[must_use]
    pub fn forbidden(&self) -> bool {
        self.list.problems.iter().any(|problem| problem.code == Code::Forbidden)
    }
}

/// The lists that are shown, taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Whether one of them is being loaded.
    pub phase: Phase,
    /// The number of tokens received so far by the running loads.
    pub loaded: u32,
    /// When the oldest of them was loaded; `None` while one of them never was.
    pub synced_at: Option<DateTime<Utc>>,
    /// Whether every list was read whole.
    pub complete: bool,
    /// The number of tokens with an unreadable date. If there are any, no count that depends on dates is final.
    pub unreadable: u32,
    /// What may be missing and what failed, each with its connection if several are shown.
    pub problems: Vec<Problem>,
    /// Whether any of their servers reports last use.
    pub last_used_reported: bool,
    /// A connection that needs a new sign-in.
    pub signed_out: Option<ConnectionId>,
}

impl ListStatus {
    /// Whether there is a list and every part of it is complete.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.synced_at.is_some() && self.gaps.is_empty()
    }

    /// Whether the admin has to sign in again.
    #[must_use]
    pub fn signed_out(&self) -> bool {
        self.no_access.is_some_and(NoAccess::needs_sign_in)
    }

    pub(crate) const NEW: Self = Self {
        phase: Phase::Idle,
        loaded: 0,
        synced_at: None,
        gaps: Vec::new(),
        problems: Vec::new(),
        no_access: None,
    };
}
