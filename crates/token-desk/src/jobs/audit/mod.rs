//! The audit of the tokens shown: which rules are broken, how often, and by which policy.

pub(crate) mod ask;
pub(crate) mod policy_file;
pub(crate) mod report;

use chrono::{DateTime, Utc};
use token_audit::{LastUsed, Policy, Rule, SETTINGS};

use crate::desk::Desk;
use crate::desk::listed::Listed;
use crate::desk::status::{Shown, Status};
use crate::error::Error;
use crate::list::Unchecked;
use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::time::clocks::Clocks;
use crate::system::threads::blocking;

/// What the audit page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The policy that the tokens are judged by; `None` if the connections shown have different ones.
    pub policy: Option<Policy>,
    /// When the active tokens were last used.
    pub last_used: LastUsed,
    /// How many tokens would be stale at each limit from 1 day on.
    pub what_if: Vec<u32>,
    /// The broken rules, most severe first, each with the number of tokens without a decision.
    pub findings: Vec<(Rule, u32)>,
    /// The number of tokens that break a rule covered by a decision.
    pub decided: u32,
    /// What couldn't be checked, one sentence each, with its connection if several are shown.
    pub unchecked: Vec<String>,
    /// What last-used dates are worth on each server where that is known, one sentence each, with its connection if
    /// several are shown.
    pub precision: Vec<String>,
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
        let unreadable = status.unreadable().chain(status.frozen()).map(|problem| problem.message);
        let unchecked = unchecked.chain(unreadable).collect();
        let decided = listed.search.decided();
        let precision = status.precision().collect();
        Self { policy, last_used, what_if, findings, decided, unchecked, precision }
    }
}

impl Desk {
    /// Returns the audit of the tokens shown.
    #[must_use]
    pub fn audit(&self, now: DateTime<Utc>) -> Audit {
        let (policy, status, clocks) = (self.shown_policy(), self.status(), self.clocks(now));
        Audit::of(&mut self.listed(), policy, &status, clocks)
    }

    /// The policy of the connections shown, if it is the same for all.
    pub(crate) fn shown_policy(&self) -> Option<Policy> {
        self.state().shown_policy()
    }

    /// The policy of a connection.
    pub fn policy(&self, id: ConnectionId) -> Result<Policy, Error> {
        Ok(self.connection(id)?.policy)
    }

    /// Changes a connection's policy, effective immediately. If it can't be saved to disk, it is used until the
    /// app quits.
    pub async fn change_policy(
        &self,
        id: ConnectionId,
        policy: Policy,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        // A connection that is removed meanwhile must not be written to disk again.
        let _alone = self.inner.changing.lock().await;
        let (connection, before) = {
            let mut state = self.state();
            let held = state.connection_mut(id).ok_or(Error::NotConnected)?;
            let before = std::mem::replace(&mut held.connection.policy, policy);
            let connection = held.connection.clone();
            state.list_anew();
            (connection, before)
        };
        let desk = self.clone();
        let kept = blocking(move || {
            desk.list_anew(now);
            let changes = changes(&before, &policy);
            if !changes.is_empty() {
                desk.write_down(&connection, Deed::PolicyChanged, ("Audit policy", &changes), now);
            }
            if connection.sandbox { Ok(()) } else { desk.inner.store.remember(&connection) }
        });
        Ok(kept.await??)
    }
}

/// The settings that differ, each with what it was and what it is.
fn changes(before: &Policy, after: &Policy) -> String {
    let changed = SETTINGS.iter().map(|it| (it.label, it.get(before), it.get(after)));
    let changed = changed.filter(|(_, before, after)| before != after);
    let said = changed.map(|(label, before, after)| format!("{label} (days): {before} → {after}"));
    said.collect::<Vec<_>>().join("; ")
}

fn told(status: &Status, id: ConnectionId, why: Unchecked) -> String {
    match status.of(id) {
        Some(held) if status.shown == Shown::All && status.connections.len() > 1 => {
            format!("{}: {}", held.connection.appearance.label, why.told())
        }
        _ => why.told(),
    }
}
