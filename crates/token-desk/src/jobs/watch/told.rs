//! What is worth reporting about a list, and what was reported.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use token_audit::{Policy, Threshold};

use crate::desk::connection_state::ConnectionState;
use crate::desk::status::NoAccess;
use crate::jobs::rotation::Turned;
use crate::list::{Cover, Decided, Inventory};
use crate::model::connection::ConnectionId;
use crate::model::gaps::Gap;
use crate::model::time::clocks::{Clock, Clocks};
use crate::model::watch::{Cause, Told};

/// A list as it is compared with what was reported.
pub(crate) struct Seen {
    pub(crate) connection: ConnectionId,
    pub(crate) label: String,
    pub(crate) list: Arc<Inventory>,
    clock: Clock,
    /// What may be missing from the list.
    pub(crate) gaps: Vec<Gap>,
    /// Why the server cannot be asked, if so.
    pub(crate) no_access: Option<NoAccess>,
    /// The bulk revokes that were planned for a time to come, and when that is.
    planned: Vec<(i64, DateTime<Utc>)>,
    /// The rotations that wait for somebody.
    pub(crate) turned: Vec<Turned>,
}

impl Seen {
    pub(crate) fn of(held: &ConnectionState) -> Self {
        Self {
            connection: held.connection.id,
            label: held.connection.appearance.label.clone(),
            list: Arc::clone(&held.list),
            clock: held.clock(),
            gaps: held.status.gaps.clone(),
            no_access: held.status.no_access,
            planned: held
                .journaled
                .bulk_revokes
                .iter()
                .filter_map(|it| Some((it.number, it.due?)))
                .collect(),
            turned: Vec::new(),
        }
    }

    pub(crate) fn signed_out(&self) -> bool {
        self.no_access.is_some_and(NoAccess::needs_sign_in)
    }

    /// Everything that counts as reported after this. What no longer applies can be reported again
    /// later. Parts that couldn't be loaded keep their tokens as they were. Tokens are judged by
    /// the server's clock; decisions and scheduled bulk revokes follow this computer's.
    pub(crate) fn told(
        &self,
        before: &Told,
        policy: &Policy,
        covers: &[Cover],
        now: DateTime<Utc>,
    ) -> Told {
        if self.signed_out() {
            return before.iter().cloned().chain([Cause::SignedOut]).collect();
        }
        let due = self.planned.iter().filter(|(_, due)| *due <= now);
        let mut told = self.passed(policy, covers, now);
        if self.clock.frozen {
            // What was stale before may be again once uses are recorded, and was reported.
            told.extend(before.iter().filter(|cause| cause.is_about_use()).cloned());
        }
        told.extend(
            self.turned.iter().map(|(number, turn, _)| Cause::RotationTurn(*number, *turn)),
        );
        told.extend(due.map(|(number, _)| Cause::BulkRevokeDue(*number)));
        told
    }

    fn passed(&self, policy: &Policy, covers: &[Cover], now: DateTime<Utc>) -> Told {
        let decided = Decided::new(&self.list, covers, now);
        let clocks = Clocks::new(now, [self.clock]);
        let (now, as_of) = (clocks.of(self.connection), clocks.as_of(self.connection));
        let of_token = |at| {
            let facts = self.list.facts(at, as_of);
            let passed = Threshold::passed(policy, &facts, decided.on(at), now);
            passed.map(move |threshold| Cause::Passed {
                id: self.list.id(at).into_owned(),
                threshold,
            })
        };
        self.list.indices().flat_map(of_token).collect()
    }
}
