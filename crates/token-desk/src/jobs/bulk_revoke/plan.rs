//! Making a plan, and holding it until it is confirmed.

use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use entri_api::ProjectId;
use token_audit::{Policy, RevokeGrade, Subject};

use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::desk::running::bulk_revoke::Frozen;
use crate::error::Error;
use crate::jobs::browse::lookup::Found;
use crate::jobs::browse::selection::MOST_AT_ONCE;
use crate::list::Query;
use crate::model::bulk_revoke::{BulkRevokePlan, OpenBulkRevoke, PlanId, PlannedToken};
use crate::model::connection::ConnectionId;
use crate::model::decision::{Decision, DecisionKind};
use crate::model::rotation::RotationRole;
use crate::model::time::clocks::Clocks;
use crate::model::token::TokenKey;
use crate::system::threads::{blocking, lock};
use crate::when;

const ENDS_ROTATION: &str = "Being replaced: revoking it ends its rotation";
const CANCELS_ROTATION: &str = "Replaces another token: revoking it cancels that rotation";

impl Desk {
    /// Freezes a plan for the tokens that are selected, those that were quiet the longest first; of
    /// more than can be read at once, for the first of them.
    pub async fn plan_bulk_revoke(&self, now: DateTime<Utc>) -> Result<BulkRevokePlan, Error> {
        let desk = self.clone();
        blocking(move || desk.plan_of(desk.selected()?, now)).await?
    }

    /// Like [`Self::plan_bulk_revoke`], for every token that a query shows, whatever is selected.
    pub async fn plan_bulk_revoke_of(
        &self,
        query: Query,
        now: DateTime<Utc>,
    ) -> Result<BulkRevokePlan, Error> {
        let desk = self.clone();
        blocking(move || desk.plan_of(desk.matching(&query, now)?, now)).await?
    }

    fn plan_of(
        &self,
        mut keys: Vec<TokenKey>,
        now: DateTime<Utc>,
    ) -> Result<BulkRevokePlan, Error> {
        self.uses_are_recorded(&keys)?;
        let more = keys.split_off(keys.len().min(MOST_AT_ONCE)).len();
        let (mut tokens, mut kept, mut own) = (Vec::new(), Vec::new(), Vec::new());
        // A token that is not found left the list after somebody selected it.
        for (mut token, is_own) in self.planned(&keys, now).into_iter().flatten() {
            match self.kept(&token.key, now) {
                _ if is_own => own.push(token.key),
                Some(decision) => {
                    token.keep(&decision);
                    kept.push(token);
                }
                None => tokens.push(token),
            }
        }
        let own_left_out = !own.is_empty();
        self.select(own, false);
        if tokens.is_empty() && kept.is_empty() {
            return Err(Error::Form("Select at least one token.".to_owned()));
        }
        let plan = self.new_plan(tokens, kept);
        Ok(self.freeze(BulkRevokePlan { own_left_out, more, ..plan }, None))
    }

    /// Freezes what is left of a bulk revoke: with the evidence it began with, and what is known and was
    /// decided since.
    pub async fn go_on_with_bulk_revoke(
        &self,
        connection: ConnectionId,
        number: i64,
        now: DateTime<Utc>,
    ) -> Result<BulkRevokePlan, Error> {
        let desk = self.clone();
        blocking(move || {
            let open = desk.open_bulk_revoke(connection, number)?;
            let keys: Vec<_> = open.left.iter().map(|token| token.key.clone()).collect();
            desk.uses_are_recorded(&keys)?;
            let (mut tokens, mut kept, mut own_left_out) = (Vec::new(), Vec::new(), false);
            for (mut token, known) in open.left.iter().cloned().zip(desk.planned(&keys, now)) {
                if let Some((known, _)) = &known {
                    token.needs_care |= known.needs_care;
                    token.may_be_own = known.may_be_own;
                    token.has_rotation_of(known);
                }
                match desk.kept(&token.key, now).filter(|it| !token.was_planned_with(it)) {
                    _ if known.is_some_and(|(_, own)| own) => own_left_out = true,
                    Some(decision) => {
                        token.keep(&decision);
                        kept.push(token);
                    }
                    None => tokens.push(token),
                }
            }
            let plan = desk.new_plan(tokens, kept);
            Ok(desk.freeze(BulkRevokePlan { own_left_out, ..plan }, Some(open)))
        })
        .await?
    }

    /// Takes a token out of a plan that waits for its confirmation, or puts it in: one that was taken out,
    /// or that somebody decided to keep. The plan has another name then: who confirms a plan by its name
    /// knows what is in it.
    pub fn tick(&self, id: PlanId, key: &TokenKey, goes: bool) -> Result<BulkRevokePlan, Error> {
        let mut asked = lock(&self.inner.bulk_revokes.asked);
        let frozen = asked.as_mut().filter(|it| it.plan.id == id).ok_or(Error::BulkRevokeGone)?;
        let BulkRevokePlan { tokens, kept, .. } = &mut frozen.plan;
        let (from, to) = if goes { (kept, tokens) } else { (tokens, kept) };
        let at = from.iter().position(|token| token.key == *key);
        if let Some(at) = at {
            to.push(from.remove(at));
        }
        frozen.plan.id = self.next_plan();
        frozen.plan.weigh();
        Ok(frozen.plan.clone())
    }

    /// Where uses aren't recorded, nobody knows which of these tokens are in use.
    fn uses_are_recorded(&self, keys: &[TokenKey]) -> Result<(), Error> {
        let state = self.state();
        let frozen = |held: &&ConnectionState| {
            held.calibration.frozen.is_some()
                && keys.iter().any(|key| key.connection == held.connection.id)
        };
        match state.connections.iter().find(frozen) {
            Some(held) => Err(Error::UsesFrozen(held.connection.base_url.host().to_owned())),
            None => Ok(()),
        }
    }

    /// The decision to keep the token, if it still holds.
    pub(super) fn kept(&self, key: &TokenKey, now: DateTime<Utc>) -> Option<Decision> {
        self.decision(key, now).filter(|decision| decision.kind == DecisionKind::Keep)
    }

    pub(super) fn open_bulk_revoke(
        &self,
        connection: ConnectionId,
        number: i64,
    ) -> Result<OpenBulkRevoke, Error> {
        if self.inner.bulk_revokes.run_holds(connection, number) {
            return Err(Error::BulkRevokeRuns);
        }
        let connection = self.connection(connection)?;
        let open = self.inner.journals.of(&connection)?.open_bulk_revokes(&connection)?;
        open.into_iter().find(|it| it.number == number).ok_or(Error::BulkRevokeGone)
    }

    fn new_plan(&self, tokens: Vec<PlannedToken>, kept: Vec<PlannedToken>) -> BulkRevokePlan {
        let id = self.next_plan();
        let (own_left_out, more) = (false, 0);
        let mut plan = BulkRevokePlan {
            id,
            tokens,
            kept,
            needs_count: false,
            may_have_own: false,
            own_left_out,
            more,
        };
        plan.weigh();
        plan
    }

    fn next_plan(&self) -> PlanId {
        PlanId(self.inner.bulk_revokes.plans.fetch_add(1, Ordering::Relaxed))
    }

    /// From here on the plan waits for its confirmation.
    fn freeze(&self, plan: BulkRevokePlan, goes_on: Option<OpenBulkRevoke>) -> BulkRevokePlan {
        *lock(&self.inner.bulk_revokes.asked) = Some(Frozen { plan: plan.clone(), goes_on });
        plan
    }

    /// What is known about each token now, and whether it is the app's own.
    fn planned(&self, keys: &[TokenKey], now: DateTime<Utc>) -> Vec<Option<(PlannedToken, bool)>> {
        let (clocks, places) = (self.clocks(now), self.find_all(keys));
        let there: Vec<_> = places.iter().map(Option::is_some).collect();
        let found: Vec<_> = places.into_iter().flatten().collect();
        let lists = self.state().lists();
        let subjects = self.subjects(&found, &lists, &clocks);
        let mut known = found.iter().zip(subjects).map(|(found, (policy, subject))| {
            let planned = PlannedToken::new(self, found, (&policy, &subject), &clocks);
            (planned, subject.facts.own)
        });
        there.into_iter().map(|there| there.then(|| known.next()).flatten()).collect()
    }
}

impl BulkRevokePlan {
    /// How much care its tokens ask for together.
    fn weigh(&mut self) {
        self.may_have_own = self.tokens.iter().any(|token| token.may_be_own);
        self.needs_count = self.may_have_own || self.tokens.iter().any(|token| token.needs_care);
    }
}

impl PlannedToken {
    fn new(
        desk: &Desk,
        found: &Found,
        (policy, subject): (&Policy, &Subject),
        clocks: &Clocks,
    ) -> Self {
        let (key, token) = (found.list.key(found.index), found.token());
        let reasons = token_audit::findings(policy, subject, clocks.of(key.connection));
        let grade = clocks.revoke_grade(key.connection, &subject.facts, token.name);
        let rotation = desk.role_of(&key).map(|(role, _)| match role {
            RotationRole::Old => ENDS_ROTATION,
            RotationRole::New => CANCELS_ROTATION,
        });
        Self {
            key,
            name: token.name.to_owned(),
            project_id: token.project_id.map(ProjectId::into_owned),
            created: token.created,
            last_used: token.last_used,
            needs_care: grade == RevokeGrade::TypeName || rotation.is_some(),
            reasons: rotation
                .map(str::to_owned)
                .into_iter()
                .chain(reasons.into_iter().map(|finding| finding.reason))
                .collect(),
            may_be_own: desk.may_be_own(found.list.connection(found.index), token.preview, grade),
            kept: None,
        }
    }

    /// What its rotation means is as it is now: one may have ended or begun since the bulk revoke did.
    fn has_rotation_of(&mut self, known: &Self) {
        let of_rotation = |it: &&String| [ENDS_ROTATION, CANCELS_ROTATION].contains(&it.as_str());
        self.reasons.retain(|it| !of_rotation(&it));
        let now = known.reasons.iter().filter(of_rotation).cloned();
        self.reasons.splice(0..0, now);
    }

    /// Somebody decided to keep it: that comes before what was found of it.
    fn keep(&mut self, decision: &Decision) {
        let until = when::date(decision.until);
        self.reasons.insert(0, format!("Kept until {until}: “{}”.", decision.reason));
        self.kept = Some(decision.at);
    }

    /// Whether it was planned although this had been decided.
    pub(super) fn was_planned_with(&self, decision: &Decision) -> bool {
        self.kept.is_some_and(|at| at.timestamp() == decision.at.timestamp())
    }
}
