//! A bulk revoke revokes one token after another, and the journal keeps each as an act of its own. Here they
//! become steps of the bulk revoke.
//!
//! An act names the bulk revoke that it is a part of. Older versions of the app didn’t record that. For their
//! entries, the order tells which acts belong together.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{Deed, DeedKind};
use crate::model::activity_entry::Entry;
use crate::model::connection::ConnectionId;

/// For older entries: how an attempt may have ended if the bulk revoke says this about its token. An attempt
/// that ended differently was a separate one, made in between.
const AGREE: [(&str, &[&str]); 3] = [
    ("token revoked", &["revoked", "refused", "not revoked", "unclear"]),
    ("token gone", &["gone", "refused", "not revoked", "unclear"]),
    ("token not revoked", &["refused", "not revoked", "unclear"]),
];

/// The revokes of each token, as indexes into the acts.
type Revokes = HashMap<(ConnectionId, String), Vec<usize>>;

/// Moves the revokes that belong to bulk revokes into them.
pub(super) fn bulk_revokes(mut deeds: Vec<Deed>) -> Vec<Deed> {
    let mut parts = linked(&deeds);
    parts.extend(in_order(&deeds));
    for (at, part) in parts {
        let Some(steps) = deeds.get_mut(part).map(|it| std::mem::take(&mut it.steps)) else {
            continue;
        };
        let Some(bulk) = deeds.get_mut(at) else { continue };
        bulk.steps.extend(steps);
        bulk.steps.sort_by_key(|step| step.id.number);
    }
    deeds.retain(|deed| !deed.steps.is_empty());
    deeds
}

fn bulks(deeds: &[Deed]) -> impl Iterator<Item = (usize, &Deed)> {
    deeds.iter().enumerate().filter(|(_, it)| it.kind == DeedKind::BulkRevoke)
}

/// The indexes of a bulk revoke and of each revoke that names it.
fn linked(deeds: &[Deed]) -> Vec<(usize, usize)> {
    let places: HashMap<_, _> =
        bulks(deeds).map(|(at, bulk)| ((bulk.id.connection, bulk.id.number), at)).collect();
    let of_revoke = |(at, deed): (usize, &Deed)| {
        let bulk = *places.get(&(deed.id.connection, deed.first().part_of?))?;
        let later = deeds.get(bulk)?.first().id.number < deed.first().id.number;
        (later && deed.kind == DeedKind::Revoke).then_some((bulk, at))
    };
    deeds.iter().enumerate().filter_map(of_revoke).collect()
}

/// Like [`linked`], for entries of older versions.
fn in_order(deeds: &[Deed]) -> Vec<(usize, usize)> {
    let revokes = revokes(deeds);
    let parts = bulks(deeds).map(|(at, bulk)| (at, tried_by(bulk, deeds, &revokes)));
    parts.flat_map(|(at, parts)| parts.into_iter().map(move |part| (at, part))).collect()
}

/// The revokes recorded by older versions. Newer ones say who did an act.
fn revokes(deeds: &[Deed]) -> Revokes {
    let mut revokes = Revokes::new();
    let old = |(_, deed): &(usize, &Deed)| deed.first().by.is_none();
    for (at, deed) in deeds.iter().enumerate().filter(old) {
        if let (DeedKind::Revoke, [id]) = (deed.kind, deed.token_ids()) {
            revokes.entry((deed.id.connection, id.clone())).or_default().push(at);
        }
    }
    revokes
}

/// The revokes between two consecutive entries of the bulk revoke, of the token that the second entry is about.
fn tried_by(bulk: &Deed, deeds: &[Deed], revokes: &Revokes) -> Vec<usize> {
    // A scheduled bulk revoke revokes nothing before its time.
    let due = bulk.steps.first().and_then(|begin| begin.until);
    let mut tried = Vec::new();
    for pair in bulk.steps.windows(2) {
        let [before, told] = pair else { continue };
        let [id] = &*told.token_ids else { continue };
        let of_token = revokes.get(&(bulk.id.connection, id.clone()));
        tried.extend(of_token.into_iter().flatten().copied().filter(|&at| {
            deeds.get(at).is_some_and(|revoke| lies_between(revoke, before, told, due))
        }));
    }
    tried
}

fn lies_between(revoke: &Deed, before: &Entry, told: &Entry, due: Option<DateTime<Utc>>) -> bool {
    let (Some(first), Some(last)) = (revoke.steps.first(), revoke.steps.last()) else {
        return false;
    };
    let agrees = AGREE.iter().any(|(what, ends)| {
        *what == told.what && (ends.contains(&&*last.what) || first.id == last.id)
    });
    agrees
        && before.id.number < first.id.number
        && last.id.number < told.id.number
        && due.is_none_or(|due| due <= first.at)
}
