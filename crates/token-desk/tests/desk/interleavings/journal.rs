//! Compares the journal with what the servers know was done.

use entri_sandbox::By;
use token_desk::{BulkRevokeOutcome, Entry, UnresolvedKind, Written};

use super::acts::Done;
use super::world::World;
use crate::support::{entries, now};

/// An act at a token of a server.
type Act = (usize, String, &'static str);

impl World {
    /// Each token that this app created or revoked at a server is so in the journal, and no other, at
    /// the time of this computer, whatever time it is at the server.
    pub async fn journal_agrees(&self, done: &[Done]) {
        let entries = entries(&self.desk).await;
        assert!(entries.iter().all(|entry| entry.at == now()));
        let mut told: Vec<Act> = entries.iter().flat_map(|entry| self.told(entry)).collect();
        let mut is_so: Vec<Act> = (0..3).flat_map(|at| self.done_at(at)).collect();
        is_so.extend(done.iter().flat_map(|it| self.done_by(it)));
        told.sort_unstable();
        is_so.sort_unstable();
        let lacks = |some: &[Act], others: &[Act]| -> Vec<Act> {
            let twice = |it: &&Act| some.iter().filter(|other| other == it).count() > 1;
            some.iter().filter(|it| twice(it) || !others.contains(it)).cloned().collect()
        };
        assert_eq!(told, is_so, "{:?} for {:?}", lacks(&told, &is_so), lacks(&is_so, &told));
        assert_eq!(self.desk.verify_journal().await.unwrap().broken, None);
        // Nobody received the new values; at least that is known about each.
        let connections = self.desk.status().connections;
        let mut open = connections.iter().flat_map(|it| &it.unresolved);
        assert!(open.all(|it| it.kind == UnresolvedKind::NeverDelivered));
    }

    fn told(&self, entry: &Entry) -> Vec<Act> {
        let act = match (entry.act.as_ref().map(Written::code), entry.what.code()) {
            (Some("create"), "made") => "made",
            (Some("revoke"), "revoked") => "revoked",
            (_, "token revoked") => "cleaned up",
            (_, "keep until") => "kept",
            (_, "withdraw decision") => "withdrawn",
            _ => return Vec::new(),
        };
        let at = self.server_of(entry.id.connection).unwrap();
        entry.token_ids.iter().map(|id| (at, id.0.clone(), act)).collect()
    }

    /// What the requests did at a server.
    fn done_at(&self, at: usize) -> Vec<Act> {
        let mut acts = Vec::new();
        for life in self.lives(at) {
            let id = life.token.id;
            if life.began > 0 && !self.foreign.contains(&id) {
                acts.push((at, id.clone(), "made"));
            }
            if life.ended.is_some_and(|ended| matches!(ended.by, By::Request(_))) {
                acts.push((at, id, "revoked"));
            }
        }
        acts
    }

    /// What the desk reported about its bulk revokes and decisions.
    fn done_by(&self, done: &Done) -> Vec<Act> {
        let act = |(key, act): (&token_desk::TokenKey, _)| {
            (self.all[&key.connection], key.id.0.clone(), act)
        };
        match done {
            Done::CleanedUp(result) => {
                let tokens = result.tokens.iter();
                let revoked = tokens.filter(|(_, it)| *it == BulkRevokeOutcome::Revoked);
                revoked.map(|(token, _)| act((&token.key, "cleaned up"))).collect()
            }
            Done::Decided(key, said) => {
                let what = if said.value().is_some() { "kept" } else { "withdrawn" };
                vec![act((key, what))]
            }
            _ => Vec::new(),
        }
    }
}
