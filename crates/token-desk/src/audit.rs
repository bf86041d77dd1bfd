//! The audit of what is shown: which rules are broken how often, and the policy that says so.

use chrono::{DateTime, Utc};
use token_audit::{LastUsed, Policy, Rule};

use crate::clocks::Clocks;
use crate::connection::ConnectionId;
use crate::desk::{Desk, blocking};
use crate::error::Error;
use crate::inventory::Unchecked;
use crate::listing::Listed;
use crate::status::{Shown, Status};

/// What the audit page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// What the tokens are judged by; `None` if the shown connections have different policies.
    pub policy: Option<Policy>,
    /// When the tokens that work were last used.
    pub last_used: LastUsed,
    /// How many tokens would be stale at each limit from 1 day on.
    pub what_if: Vec<u32>,
    /// The rules that are broken, the worst first, and by how many tokens that nobody has decided on.
    pub findings: Vec<(Rule, u32)>,
    /// How many tokens break a rule that somebody has decided on.
    pub decided: u32,
    /// What could not be checked, in words, each with its connection if several are shown.
    pub unchecked: Vec<String>,
}

impl Audit {
    pub(crate) fn of(
        listed: &mut Listed,
        policy: Option<Policy>,
        status: &Status,
        clocks: Clocks,
    ) -> Self {
        listed.search.refresh(clocks);
        let summary = listed.search.summary();
        let mut findings: Vec<_> =
            Rule::ALL.into_iter().map(|rule| (rule, summary.broken(rule))).collect();
        findings.retain(|&(_, count)| count > 0);
        findings.sort_by_key(|(rule, _)| rule.severity());
        let (last_used, what_if) = (summary.last_used, summary.what_if());
        let unchecked = listed.search.creators().unchecked();
        let unchecked = unchecked.iter().map(|&(id, why)| told(status, id, why));
        let unreadable = status.unreadable().map(|problem| problem.message);
        let unchecked = unchecked.chain(unreadable).collect();
        let decided = listed.search.decided();
        Self { policy, last_used, what_if, findings, decided, unchecked }
    }
}

impl Desk {
    /// The audit of what is shown.
    #[must_use]
    pub fn audit(&self, now: DateTime<Utc>) -> Audit {
        let (policy, status, clocks) = (self.shown_policy(), self.status(), self.clocks(now));
        Audit::of(&mut self.listed(), policy, &status, clocks)
    }

    /// What all that is shown is judged by, where that is one policy.
    pub(crate) fn shown_policy(&self) -> Option<Policy> {
        self.state().shown_policy()
    }

    /// What a connection's tokens are judged by.
    pub fn policy(&self, id: ConnectionId) -> Result<Policy, Error> {
        Ok(self.connection(id)?.policy)
    }

    /// Judges a connection's tokens by this policy from now on. Where it cannot be kept on the disk, it
    /// holds until the app ends.
    pub async fn change_policy(
        &self,
        id: ConnectionId,
        policy: Policy,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        // One that is left meanwhile must not come back to the disk.
        let _alone = self.inner.changing.lock().await;
        let connection = {
            let mut state = self.state();
            let line = state.line_mut(id).ok_or(Error::NotConnected)?;
            line.connection.policy = policy;
            let connection = line.connection.clone();
            state.list_anew();
            connection
        };
        let desk = self.clone();
        let kept = blocking(move || {
            desk.list_anew(now);
            if connection.sandbox { Ok(()) } else { desk.inner.store.remember(&connection) }
        });
        Ok(kept.await??)
    }
}

fn told(status: &Status, id: ConnectionId, why: Unchecked) -> String {
    match status.of(id) {
        Some(line) if status.shown == Shown::All && status.connections.len() > 1 => {
            format!("{}: {}", line.connection.look.label, why.told())
        }
        _ => why.told(),
    }
}
