//! A bulk revoke revokes one token after another, and the journal keeps each as an act of its own. Here they
//! become steps of the bulk revoke.
//!
//! An act names the bulk revoke that it is a part of. Older versions of the app didn’t record that. For their
//! entries, the order tells which acts belong together.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entri_api::TokenId;

use super::Act;
use crate::model::act::ActKind;
use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::entry::Entry;

/// For older entries: how an attempt may have ended if the bulk revoke says this about its token. An attempt
/// that ended differently was a separate one, made in between.
const AGREE: [(Deed, &[Deed]); 3] = [
    (Deed::TokenRevoked, &[Deed::Revoked, Deed::Refused, Deed::NotRevoked, Deed::Unclear]),
    (Deed::TokenGone, &[Deed::Gone, Deed::Refused, Deed::NotRevoked, Deed::Unclear]),
    (Deed::TokenNotRevoked, &[Deed::Refused, Deed::NotRevoked, Deed::Unclear]),
];

/// The revokes of each token, as indexes into the acts.
type Revokes = HashMap<(ConnectionId, TokenId), Vec<usize>>;

/// Moves the revokes that belong to bulk revokes into them.
pub(super) fn bulk_revokes(mut acts: Vec<Act>) -> Vec<Act> {
    let mut parts = linked(&acts);
    parts.extend(in_order(&acts));
    for (at, part) in parts {
        let Some(steps) = acts.get_mut(part).map(|it| std::mem::take(&mut it.steps)) else {
            continue;
        };
        let Some(bulk) = acts.get_mut(at) else { continue };
        bulk.steps.extend(steps);
        bulk.steps.sort_by_key(|step| step.id.number);
    }
    acts.retain(|act| !act.steps.is_empty());
    acts
}

fn bulks(acts: &[Act]) -> impl Iterator<Item = (usize, &Act)> {
    acts.iter().enumerate().filter(|(_, it)| it.kind() == ActKind::BulkRevoke)
}

/// The indexes of a bulk revoke and of each revoke that names it.
fn linked(acts: &[Act]) -> Vec<(usize, usize)> {
    let places: HashMap<_, _> =
        bulks(acts).map(|(at, bulk)| ((bulk.id.connection, bulk.id.number), at)).collect();
    let of_revoke = |(at, act): (usize, &Act)| {
        let bulk = *places.get(&(act.id.connection, act.first().part_of?))?;
        let later = acts.get(bulk)?.first().id.number < act.first().id.number;
        (later && act.kind() == ActKind::Revoke).then_some((bulk, at))
    };
    acts.iter().enumerate().filter_map(of_revoke).collect()
}

/// Like [`linked`], for entries of older versions.
fn in_order(acts: &[Act]) -> Vec<(usize, usize)> {
    let revokes = revokes(acts);
    let parts = bulks(acts).map(|(at, bulk)| (at, tried_by(bulk, acts, &revokes)));
    parts.flat_map(|(at, parts)| parts.into_iter().map(move |part| (at, part))).collect()
}

/// The revokes recorded by older versions. Newer ones say who did an act.
fn revokes(acts: &[Act]) -> Revokes {
    let mut revokes = Revokes::new();
    let old = |(_, act): &(usize, &Act)| act.first().by.is_none();
    for (at, act) in acts.iter().enumerate().filter(old) {
        if let (ActKind::Revoke, [id]) = (act.kind(), act.token_ids()) {
            revokes.entry((act.id.connection, id.clone())).or_default().push(at);
        }
    }
    revokes
}

/// The revokes between two consecutive entries of the bulk revoke, of the token that the second entry is about.
fn tried_by(bulk: &Act, acts: &[Act], revokes: &Revokes) -> Vec<usize> {
    // A scheduled bulk revoke revokes nothing before its time.
    let due = bulk.steps.first().and_then(|begin| begin.until);
    let mut tried = Vec::new();
    let told: Vec<_> = bulk.told().collect();
    for pair in told.windows(2) {
        let [before, told] = pair else { continue };
        let [id] = &*told.token_ids else { continue };
        let of_token = revokes.get(&(bulk.id.connection, id.clone()));
        tried.extend(of_token.into_iter().flatten().copied().filter(|&at| {
            acts.get(at).is_some_and(|revoke| lies_between(revoke, before, told, due))
        }));
    }
    tried
}

fn lies_between(revoke: &Act, before: &Entry, told: &Entry, due: Option<DateTime<Utc>>) -> bool {
    let (Some(first), Some(last)) = (revoke.steps.first(), revoke.told().next_back()) else {
        return false;
    };
    let agrees = AGREE.iter().any(|(what, ends)| {
        let ended = last.deed().is_some_and(|deed| ends.contains(&deed));
        told.deed() == Some(*what) && (ended || first.id == last.id)
    });
    agrees
        && before.id.number < first.id.number
        && last.id.number < told.id.number
        && due.is_none_or(|due| due <= first.at)
}
