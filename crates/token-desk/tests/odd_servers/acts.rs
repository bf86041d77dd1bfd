//! The admin's acts at a drawn server: revokes a token, runs a bulk revoke, reads the journal.

use std::collections::HashSet;

use chrono::Utc;
use entri_api::{ApiToken, BaseUrl, Client, Secret, TokenOwner};
use entri_sandbox::odd::Twins;
use token_audit::RevokeGrade;
use token_desk::{
    ActivityQuery, BulkRevokeOutcome, Desk, OrganizationId, RevokeOutcome, RevokeRequest,
};

use crate::counts::Fault;
use crate::known::Known;
use crate::rig::{Rig, key};

impl Rig {
    pub fn revoke_elsewhere(&mut self) {
        if let Some(id) = self.sandbox.truth().unwrap().into_iter().nth(3).map(|token| token.id) {
            self.sandbox.revoke_elsewhere(&id).unwrap();
        }
    }

    /// The ids of the tokens that are listed, live and are not the app's own, from another one on for each
    /// server.
    fn targets(&self, desk: &Desk) -> Vec<String> {
        let own = self.sandbox.truth().unwrap().first().map(|token| self.sandbox.told(token).id);
        let fits = |id: &String| Some(id) != own.as_ref() && self.lives(id);
        let mut ids: Vec<_> =
            self.rows(desk).into_iter().map(|row| row.key.id.0).filter(fits).collect();
        ids.sort_unstable();
        let turn = usize::try_from(self.seed).unwrap() % ids.len().max(1);
        ids.rotate_left(turn);
        ids
    }

    /// The ids that the organization's list has twice on one page, as a client of our own reads it.
    async fn doubled(&self) -> HashSet<String> {
        if !matches!(self.variant.odd.twins, Some(Twins::Same | Twins::Renamed)) {
            return HashSet::new();
        }
        let ready = self.sandbox.ready();
        let key = ApiToken::parse(Secret::new(ready.admin_token.clone())).unwrap();
        let client = Client::new(BaseUrl::parse(&ready.base_url).unwrap(), key).unwrap();
        let list = client.tokens(&TokenOwner::Organization(OrganizationId(ready.org_id.clone())));
        let items = list.collect_all().await.unwrap().items;
        let mut once = HashSet::new();
        items.into_iter().map(|token| token.id.0).filter(|id| !once.insert(id.clone())).collect()
    }

    /// Somebody uses a token after its revoke was planned.
    fn use_it(&mut self, id: &str) {
        let stored = self.truth()[id].id.clone();
        self.sandbox.touch(&stored, self.now).unwrap();
        self.touched.insert(id.to_owned());
    }

    pub async fn revoke(&mut self, desk: &Desk) {
        let (targets, doubled) = (self.targets(desk), self.doubled().await);
        let twin = targets.iter().find(|id| doubled.contains(*id));
        let Some(id) = twin.or(targets.first()).cloned() else { return };
        let Ok(plan) = desk.preview_revoke(&key(&id), self.now) else { return };
        let before = self.truth()[&id].clone();
        let asks = plan.grade;
        if self.seed.is_multiple_of(3) {
            self.use_it(&id);
        }
        self.found.revokes += 1;
        let typed = (asks == RevokeGrade::TypeName).then(|| plan.to_type.text().to_owned());
        let request = RevokeRequest { key: key(&id), seen: plan.seen, typed };
        let outcome = desk.revoke(request, self.now).await;
        match outcome.map(|revoked| revoked.outcome) {
            Ok(RevokeOutcome::Revoked | RevokeOutcome::AlreadyGone) if self.lives(&id) => {
                self.fault(Fault::NotGone, &format!("a revoke is told as done: {id}"));
            }
            Ok(RevokeOutcome::Revoked) if !self.was_revoked_by_us(&id) => {
                self.fault(Fault::NotGone, &format!("told as revoked by us: {id}"));
            }
            _ => {}
        }
        if doubled.contains(&id) && self.deletes(&id) > 0 {
            self.fault(Fault::NotAsked, &format!("{id}: two tokens have this id"));
        }
        let known = self.known(&before);
        self.check_asked(&id, &known, asks >= RevokeGrade::Confirm, asks == RevokeGrade::TypeName);
    }

    /// Checks that a token that received a DELETE was confirmed as its known state requires.
    fn check_asked(&mut self, id: &str, known: &Known<'_>, asked: bool, typed: bool) {
        if self.deletes(id) == 0 {
            return;
        }
        let seen = self
            .truth()
            .get(id)
            .is_some_and(|now| self.sandbox.told(now).last_used != known.told.last_used);
        let why = match () {
            () if self.touched.contains(id) && seen => "used since you selected it",
            () if known.needs_care() && !typed => {
                "in use or not known, and its name or number was not typed"
            }
            () if !asked && !known.is_over() => "works, and nothing was asked",
            () => return,
        };
        self.fault(Fault::NotAsked, &format!("{id}: {why}; {:?}", known.told));
    }

    pub async fn bulk_revoke(&mut self, desk: &Desk) {
        let mut ids = self.targets(desk);
        ids.truncate(3);
        desk.select(ids.iter().map(|id| key(id)), true);
        let Ok(plan) = desk.plan_bulk_revoke(self.now).await else { return };
        let before = self.truth();
        if let Some(id) = ids.last().filter(|_| self.seed % 3 == 1) {
            self.use_it(&id.clone());
        }
        self.found.revokes += plan.tokens.len() as u64;
        let count = plan.tokens.len().to_string();
        let typed = if plan.needs_count { &*count } else { "" };
        let Ok(result) = desk.run_bulk_revoke(plan.id, typed, Utc::now).await else { return };
        for (token, outcome) in &result.tokens {
            let id = &token.key.id.0;
            let told =
                matches!(outcome, BulkRevokeOutcome::Revoked | BulkRevokeOutcome::AlreadyGone);
            if told && self.lives(id) {
                self.fault(Fault::NotGone, &format!("{outcome:?} in a bulk revoke: {id}"));
            }
            if *outcome == BulkRevokeOutcome::Revoked && !self.was_revoked_by_us(id) {
                self.fault(
                    Fault::NotGone,
                    &format!("told as revoked by us in a bulk revoke: {id}"),
                );
            }
            let known = self.known(&before[id]);
            self.check_asked(id, &known, true, plan.needs_count);
        }
    }

    pub async fn check_journal(&mut self, desk: &Desk) {
        let query = ActivityQuery { len: usize::MAX, ..ActivityQuery::default() };
        let acts = desk.activity(query).await.unwrap().acts;
        for entry in acts.into_iter().flat_map(|act| act.steps) {
            let ours = ["revoked", "token revoked"].contains(&entry.what.code());
            let over = ours || ["gone", "token gone"].contains(&entry.what.code());
            for id in entry.token_ids.iter().map(|id| &*id.0) {
                if over && self.lives(id) || ours && !self.was_revoked_by_us(id) {
                    self.fault(
                        Fault::NotGone,
                        &format!("the journal says “{}”: {id}", entry.says()),
                    );
                }
            }
        }
    }
}
