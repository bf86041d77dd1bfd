//! What the page may know about connections and their lists, besides the rows.

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::Error as ApiError;
use token_audit::calibration::Calibration;

use crate::desk::vault::Waiting;
use crate::error::{Code, Error, KeychainError, Problem};
use crate::model::bulk_revoke::{OpenBulkRevoke, RunningBulkRevoke};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::gaps::{self, Gap};
use crate::model::news::News;
use crate::model::time::clocks::{Clock, Clocks};
use crate::model::time::dates;
use crate::model::token::Project;
use crate::model::unresolved::Unresolved;

/// What the window shows: the tokens of one connection, or of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The tokens of every connection.
    All,
    /// The tokens of this connection only.
    One(ConnectionId),
}

/// Whether a list is being loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// No load is running.
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
    /// Why the server can't be asked with the connection's credential; `None` if it can.
    pub no_access: Option<NoAccess>,
}

/// Why a server can't be asked with a connection's credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAccess {
    /// The credential isn't available from the keychain right now; trying again may help.
    Keychain(KeychainError),
    /// There is no usable credential: it was kept for one session only, or the keychain no longer
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

/// A connection and its list, as far as the page may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionStatus {
    /// The connection itself, without its credential.
    pub connection: Connection,
    /// Where its list comes from, and the state of its next load.
    pub list: ListStatus,
    /// How many tokens the list has.
    pub tokens: usize,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// How many tokens have an unreadable date.
    pub unreadable: u32,
    /// The organization's projects, archived ones too.
    pub projects: Vec<Project>,
    /// Creates that didn't finish.
    pub unresolved: Vec<Unresolved>,
    /// Bulk revokes that didn't finish.
    pub bulk_revokes: Vec<OpenBulkRevoke>,
    /// How many rotations go on.
    pub rotations: usize,
    /// How many values were found that are still being dealt with.
    pub incidents: usize,
    /// What others changed since the last visit; `None` on the first one.
    pub news: Option<News>,
    /// How far the server's clock was ahead of this computer's at the last request, according to the server;
    /// may be absurd.
    pub skew: TimeDelta,
    /// What the server's last-used dates are worth.
    pub calibration: Calibration,
}

/// Everything the page should know besides the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Grows with every status, so that the later of two that overtake each other is known.
    pub number: u32,
    /// Grows with every change of the lists shown.
    pub generation: u32,
    /// The tokens that the window shows.
    pub shown: Shown,
    /// Every connection, in the admin's order.
    pub connections: Vec<ConnectionStatus>,
    /// The problems of the app itself, such as damaged files.
    pub problems: Vec<Problem>,
    /// The bulk revoke that is running, or the last one until [`Desk::bulk_revoke_seen`].
    ///
    /// [`Desk::bulk_revoke_seen`]: crate::Desk::bulk_revoke_seen
    pub bulk_revoke: Option<RunningBulkRevoke>,
    /// The new token whose value is waiting to be delivered.
    pub waiting: Option<Waiting>,
}

impl Status {
    /// The connections whose tokens are shown.
    pub fn shown(&self) -> impl Iterator<Item = &ConnectionStatus> {
        let wanted = self.shown;
        let of = move |id| wanted == Shown::All || wanted == Shown::One(id);
        self.connections.iter().filter(move |it| of(it.connection.id))
    }

    /// The time at each server, when it is `now` on this computer.
    #[must_use]
    pub fn clocks(&self, now: DateTime<Utc>) -> Clocks {
        let of = |it: &ConnectionStatus| Clock {
            connection: it.connection.id,
            skew: it.skew,
            read: it.list.synced_at,
            frozen: it.calibration.frozen.is_some(),
        };
        Clocks::new(now, self.connections.iter().map(of))
    }

    /// The lists shown, taken together.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let shown: Vec<_> = self.shown().collect();
        let syncing = |it: &&ConnectionStatus| it.list.phase == Phase::Syncing;
        let oldest = shown.iter().map(|it| it.list.synced_at).min().flatten();
        let mut problems = self.problems.clone();
        problems.extend(self.list_problems().chain(self.unreadable()).chain(self.frozen()));
        Summary {
            phase: if shown.iter().any(syncing) { Phase::Syncing } else { Phase::Idle },
            loaded: shown.iter().map(|it| it.list.loaded).sum(),
            synced_at: oldest,
            complete: shown.iter().all(|it| it.list.complete()),
            unreadable: shown.iter().map(|it| it.unreadable).sum(),
            frozen: shown.iter().map(|it| u32::from(it.calibration.frozen.is_some())).sum(),
            problems,
            last_used_reported: shown.iter().any(|it| it.last_used_reported),
            reached: Reached::of(shown.iter().map(|it| !it.unreachable())),
            rotations: shown.iter().map(|it| it.rotations).sum(),
            signed_out: shown.iter().find(|it| it.list.signed_out()).map(|it| it.connection.id),
        }
    }

    /// What may be missing from the lists shown, and what failed in their loads, each with its connection if
    /// there are several.
    fn list_problems(&self) -> impl Iterator<Item = Problem> {
        let of = move |of| ConnectionStatus::problems(of).map(move |it| self.named(of, it));
        self.shown().flat_map(of)
    }

    /// The notices about unreadable dates in the lists shown.
    pub(crate) fn unreadable(&self) -> impl Iterator<Item = Problem> {
        let of = |it: &ConnectionStatus| {
            let message = dates::notice(it.unreadable)?;
            Some(self.named(it, Problem { code: Code::Server, message }))
        };
        self.shown().filter_map(of)
    }

    pub(super) fn named(&self, of: &ConnectionStatus, problem: Problem) -> Problem {
        match self.shown {
            Shown::All => problem.of(&of.connection.appearance.label),
            Shown::One(_) => problem,
        }
    }

    /// What may be missing from the lists shown, and what failed in their loads, as sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.list_problems().map(|problem| problem.message).collect()
    }

    /// The status of one connection; `None` if there is no such connection.
    #[must_use]
    pub fn of(&self, id: ConnectionId) -> Option<&ConnectionStatus> {
        self.connections.iter().find(|it| it.connection.id == id)
    }
}

impl ConnectionStatus {
    /// What may be missing from the list, and what failed in its last load.
    pub fn problems(&self) -> impl Iterator<Item = Problem> {
        gaps::problems(&self.list.gaps).chain(self.list.problems.iter().cloned())
    }

    /// Whether the server couldn't be reached at the last load.
    fn unreachable(&self) -> bool {
        self.list.problems.iter().any(|problem| problem.code == Code::Unreachable)
    }

    /// Whether the server said that the signed-in user can't manage tokens.
    #[must_use]
    pub fn forbidden(&self) -> bool {
        self.list.problems.iter().any(|problem| problem.code == Code::Forbidden)
    }
}

/// Which of the servers of the lists shown could be reached at their last load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum Reached {
    /// Every server, or none was asked.
    All,
    /// At least one, but not every server.
    Some,
    /// No server that was asked.
    None,
}

impl Reached {
    fn of(mut servers: impl Iterator<Item = bool>) -> Self {
        let Some(first) = servers.next() else { return Self::All };
        match (first, servers.all(|reached| reached == first)) {
            (_, false) => Self::Some,
            (true, true) => Self::All,
            (false, true) => Self::None,
        }
    }
}

/// The lists shown, taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Whether one of them is being loaded.
    pub phase: Phase,
    /// The number of tokens received so far by the running loads.
    pub loaded: u32,
    /// When the oldest of the lists was loaded; `None` if any of them never was.
    pub synced_at: Option<DateTime<Utc>>,
    /// Whether every list is complete.
    pub complete: bool,
    /// The number of tokens with an unreadable date. If there are any, no count that depends on dates is final.
    pub unreadable: u32,
    /// How many of their servers have stopped recording uses. If any, no count that depends on use is final.
    pub frozen: u32,
    /// What may be missing and what failed, each with its connection if several are shown.
    pub problems: Vec<Problem>,
    /// Whether any of their servers reports last use.
    pub last_used_reported: bool,
    /// Which of their servers could be reached at the last load.
    pub reached: Reached,
    /// How many rotations go on.
    pub rotations: usize,
    /// The first connection that needs a new sign-in.
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
