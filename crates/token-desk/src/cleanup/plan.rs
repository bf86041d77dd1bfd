//! Making a plan, and holding it until it is confirmed.

use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use token_audit::RevokeGrade;

use super::{CleanupPlan, Frozen, OpenCleanup, PlanId, PlannedToken};
use crate::clocks::Clocks;
use crate::connection::ConnectionId;
use crate::desk::{Desk, blocking, lock};
use crate::error::Error;
use crate::inventory::TokenKey;
use crate::selection::MOST_AT_ONCE;

impl Desk {
    /// Freezes a plan for the tokens that are selected, those that were quiet the longest first; of
    /// more than can be read at once, for the first of them.
    pub fn plan_cleanup(&self, now: DateTime<Utc>) -> Result<CleanupPlan, Error> {
        let (mut keys, clocks) = (self.selected()?, self.clocks(now));
        let more = keys.split_off(keys.len().min(MOST_AT_ONCE)).len();
        let mut own_left_out = false;
        let mut tokens = Vec::with_capacity(keys.len());
        for key in keys {
            match self.planned(&key, &clocks) {
                Some((own, true)) => {
                    own_left_out = true;
                    self.select([own.key], false);
                }
                Some((token, false)) => tokens.push(token),
                // It has left the list since it was selected.
                None => {}
            }
        }
        if tokens.is_empty() {
            return Err(Error::Form("Select at least one token to revoke.".to_owned()));
        }
        Ok(CleanupPlan { own_left_out, more, ..self.freeze(tokens, None) })
    }

    /// Freezes what is left of a clean-up, with the evidence it began with.
    pub async fn go_on_with_cleanup(
        &self,
        connection: ConnectionId,
        number: i64,
    ) -> Result<CleanupPlan, Error> {
        let desk = self.clone();
        blocking(move || {
            let open = desk.open_cleanup(connection, number)?;
            Ok(desk.freeze(open.left, Some(number)))
        })
        .await?
    }

    pub(super) fn open_cleanup(
        &self,
        connection: ConnectionId,
        number: i64,
    ) -> Result<OpenCleanup, Error> {
        if self.inner.cleanups.run_holds(connection, number) {
            return Err(Error::CleanupRuns);
        }
        let connection = self.connection(connection)?;
        let open = self.inner.journals.of(&connection)?.open_cleanups(&connection)?;
        open.into_iter().find(|it| it.number == number).ok_or(Error::CleanupGone)
    }

    fn freeze(&self, tokens: Vec<PlannedToken>, goes_on: Option<i64>) -> CleanupPlan {
        let id = PlanId(self.inner.cleanups.plans.fetch_add(1, Ordering::Relaxed));
        let typed = tokens.iter().any(|token| token.in_use);
        let plan = CleanupPlan { id, tokens, typed, own_left_out: false, more: 0 };
        *lock(&self.inner.cleanups.asked) = Some(Frozen { plan: plan.clone(), goes_on });
        plan
    }

    /// What is known of a token now, and whether it is the app's own.
    fn planned(&self, key: &TokenKey, clocks: &Clocks) -> Option<(PlannedToken, bool)> {
        let list = self.list_of(key.connection).ok()?;
        let index = list.find(key)?;
        let token = list.record(index);
        let (policy, subject) = self.subject(&list, index, clocks);
        let reasons = token_audit::findings(&policy, &subject, clocks.of(key.connection));
        let grade = clocks.revoke_grade(key.connection, &subject.facts, token.name);
        let planned = PlannedToken {
            key: key.clone(),
            name: token.name.to_owned(),
            project_id: token.project_id.map(str::to_owned),
            created: token.created,
            last_used: token.last_used,
            reasons: reasons.into_iter().map(|finding| finding.reason).collect(),
            in_use: grade == RevokeGrade::TypeName,
        };
        Some((planned, subject.facts.own))
    }
}
