//! Last uses that are rounded, late or lost, and values that outlive their token.

use chrono::{DateTime, TimeDelta, Utc};

use crate::lock::lock;
use crate::state::Shared;

/// Keeps the use of a token now, as far as the variant does.
pub fn keep_use(shared: &Shared, id: &str) -> Result<(), rusqlite::Error> {
    let (now, kept) = (shared.now(), shared.variant().odd.uses);
    if kept.frozen {
        return Ok(());
    }
    let seconds = now.timestamp();
    let rounded = seconds - seconds.rem_euclid(kept.step.max(1).into());
    let at = DateTime::from_timestamp(rounded, 0).unwrap_or(now);
    if kept.lag == 0 {
        return shared.store.used(id, at);
    }
    let shown = now + TimeDelta::seconds(kept.lag.into());
    lock(&shared.memory).late.push((shown, id.to_owned(), at));
    Ok(())
}

/// Before a list is read, which shows late uses whose time has come by `now`.
pub fn show_uses(shared: &Shared, now: DateTime<Utc>) -> Result<(), rusqlite::Error> {
    let due: Vec<_> =
        lock(&shared.memory).late.extract_if(.., |(shown, ..)| *shown <= now).collect();
    due.iter().try_for_each(|(_, id, at)| shared.store.used(id, *at))
}

/// Whether a revoked value still works.
pub fn lingers(shared: &Shared, id: &str) -> bool {
    let lasts = TimeDelta::seconds(shared.variant().odd.values.linger.into());
    lock(&shared.ledger).ended.get(id).is_some_and(|ended| shared.now() < ended.at + lasts)
}
