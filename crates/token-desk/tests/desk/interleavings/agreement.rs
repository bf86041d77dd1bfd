//! Compares what the desk shows with the truth.

use std::collections::{BTreeMap, BTreeSet};

use token_desk::{
    BulkRevokeOutcome, BulkRevokeResult, ConnectionId, Desk, Phase, Row, Shown, Status, TokenKey,
};

use super::acts::Done;
use super::said::{Said, holds};
use super::world::{Known, Token, World};
use crate::support::{now, rows};

/// The admin's decisions and notes before a round.
pub struct Before {
    ids: [ConnectionId; 3],
    labels: [String; 3],
    stale_days: [u16; 3],
    decisions: BTreeMap<(usize, String), Option<String>>,
}

impl Before {
    pub fn of(world: &World) -> Self {
        let decision = |row: Row| (world.named(&row.key).unwrap(), reason(row));
        Self {
            ids: world.ids,
            labels: [0, 1, 2].map(|at| world.label(at)),
            stale_days: [0, 1, 2].map(|at| world.stale_days(at)),
            decisions: rows(&world.desk).into_iter().map(decision).collect(),
        }
    }
}

impl World {
    fn label(&self, at: usize) -> String {
        self.desk.status().of(self.ids[at]).unwrap().connection.appearance.label.clone()
    }

    fn stale_days(&self, at: usize) -> u16 {
        self.desk.policy(self.ids[at]).unwrap().stale_days
    }

    /// Acts hold before anything is reloaded, and the lists are true afterwards.
    pub async fn agrees(&mut self, before: &Before, done: &[Done]) {
        self.desk.show(Shown::All, now()).await.unwrap();
        // Whoever stops a bulk revoke does not wait for the load that it ends with.
        for line in self.desk.status().connections {
            if line.list.phase == Phase::Syncing {
                self.desk.sync(line.connection.id, now()).await;
            }
        }
        let status = self.desk.status();
        assert!(status.connections.iter().all(|line| line.list.phase == Phase::Idle));
        let stays: Vec<ConnectionId> =
            self.ids.into_iter().filter(|id| !is_left(done, *id)).collect();
        self.nothing_came_back(done, &stays);
        let rows = rows(&self.desk);
        let listed: BTreeSet<_> =
            rows.iter().filter(|row| !row.selected).map(|row| name(&row.key)).collect();
        rest_is_open(&status, &listed, done, &stays);
        self.settle().await;
        // Also of one that was left, and is connected to again.
        for open in self.desk.status().connections.iter().flat_map(|line| &line.bulk_revokes) {
            self.desk.leave_bulk_revoke(open.connection, open.number, now()).await.unwrap();
        }
        let (shown, truth) = (self.shown(), self.truth());
        let differs = |(name, token): &(&(usize, String), &Token), other: &Known| {
            other.get(*name) != Some(*token)
        };
        let wrong: Vec<_> = shown.iter().filter(|it| differs(it, &truth)).collect();
        let right: Vec<_> = truth.iter().filter(|it| differs(it, &shown)).collect();
        assert!(wrong.is_empty() && right.is_empty(), "{wrong:#?} is {right:#?}");
        self.last_words_hold(before, done, &stays);
        self.decisions_hold(before, done);
    }

    fn nothing_came_back(&self, done: &[Done], stays: &[ConnectionId]) {
        let rows = rows(&self.desk);
        let shown: BTreeSet<_> = rows.iter().map(|row| name(&row.key)).collect();
        for one in done {
            for key in one.gone().into_iter().filter(|key| stays.contains(&key.connection)) {
                assert!(!shown.contains(&name(key)), "{key:?} came back");
            }
            // Another admin may have revoked it.
            if let Done::Created(key) = one
                && stays.contains(&key.connection)
                && self.lives_still(self.all[&key.connection], &key.id.0)
            {
                assert!(shown.contains(&name(key)), "{key:?} vanished");
            }
        }
    }

    /// A connection that was left is a new one: it is called and judged as any new one is.
    fn last_words_hold(&self, before: &Before, done: &[Done], stays: &[ConnectionId]) {
        for at in (0..3).filter(|at| stays.contains(&before.ids[*at])) {
            let id = before.ids[at];
            let labels: Vec<&Said<_>> = done
                .iter()
                .filter_map(|it| match it {
                    Done::Named(of, said) if *of == id => Some(said),
                    _ => None,
                })
                .collect();
            assert!(holds(&self.label(at), &before.labels[at], &labels), "{}", self.label(at));
            let days: Vec<&Said<_>> = done
                .iter()
                .filter_map(|it| match it {
                    Done::Judged(of, said) if *of == id => Some(said),
                    _ => None,
                })
                .collect();
            let now = self.stale_days(at);
            assert!(holds(&now, &before.stale_days[at], &days), "{now} days at {id:?}");
        }
    }

    /// Decisions stay in the journal, even those of a removed connection.
    fn decisions_hold(&self, before: &Before, done: &[Done]) {
        for row in rows(&self.desk) {
            let (at, id) = self.named(&row.key).unwrap();
            let said: Vec<&Said<_>> = done
                .iter()
                .filter_map(|it| match it {
                    Done::Decided(key, said)
                        if key.id.0 == id && key.connection == before.ids[at] =>
                    {
                        Some(said)
                    }
                    _ => None,
                })
                .collect();
            let decided = reason(row);
            let earlier = before.decisions.get(&(at, id.clone())).cloned().flatten();
            assert!(holds(&decided, &earlier, &said), "{at} {id}: {decided:?} after {earlier:?}");
        }
    }

    /// The lists on disk are the lists shown.
    pub fn disk_agrees(&self) {
        let again = Desk::open(self.folder.path(), now()).unwrap();
        let named = |desk: &Desk| -> Vec<_> {
            rows(desk).into_iter().map(|row| (name(&row.key), row.name)).collect()
        };
        assert_eq!(named(&again), named(&self.desk));
        let said = |desk: &Desk| -> Vec<_> {
            let lines = desk.status().connections.into_iter().map(|line| line.connection);
            lines.map(|it| (it.appearance.label, it.policy.stale_days)).collect()
        };
        assert_eq!(said(&again), said(&self.desk));
    }
}

/// What a bulk revoke that was stopped did not reach is asked about, and nothing else is. One that was
/// stopped before it began leaves its tokens selected, until a later one takes them up: what came of those
/// is in that one's result. `unselected` are those that are listed and not selected.
fn rest_is_open(
    status: &Status,
    unselected: &BTreeSet<(ConnectionId, String)>,
    done: &[Done],
    stays: &[ConnectionId],
) {
    let open: BTreeSet<_> = status
        .connections
        .iter()
        .flat_map(|line| &line.bulk_revokes)
        .flat_map(|bulk_revoke| &bulk_revoke.left)
        .map(|token| name(&token.key))
        .filter(|(id, _)| stays.contains(id))
        .collect();
    let runs = || done.iter().filter_map(Done::cleaned_up);
    let rest = |run: &BulkRevokeResult| -> BTreeSet<_> {
        let left = run.tokens.iter().filter(|(_, it)| *it == BulkRevokeOutcome::NotReached);
        left.map(|(token, _)| name(&token.key)).filter(|(id, _)| stays.contains(id)).collect()
    };
    let all: BTreeSet<_> = runs().flat_map(rest).collect();
    assert!(open.is_subset(&all), "{open:?} is open of {all:?}");
    let had_a_turn: BTreeSet<_> = runs()
        .flat_map(|run| &run.tokens)
        .filter(|(_, outcome)| *outcome != BulkRevokeOutcome::NotReached)
        .map(|(token, _)| name(&token.key))
        .collect();
    // A bulk revoke that broke off may never have started.
    for run in runs().filter(|run| run.stopped.is_none()) {
        let forgotten: Vec<_> = rest(run)
            .into_iter()
            .filter(|it| !open.contains(it) && unselected.contains(it) && !had_a_turn.contains(it))
            .collect();
        let all: Vec<_> = runs().collect();
        assert!(forgotten.is_empty(), "{forgotten:?} is forgotten after {all:#?}");
    }
}

fn is_left(done: &[Done], id: ConnectionId) -> bool {
    done.iter().any(|it| matches!(it, Done::Left(left) if *left == id))
}

fn name(key: &TokenKey) -> (ConnectionId, String) {
    (key.connection, key.id.0.clone())
}

fn reason(row: Row) -> Option<String> {
    row.decision.map(|decision| decision.reason)
}
