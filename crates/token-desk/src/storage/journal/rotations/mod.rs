//! Rotations in the journal: the terms before the new token is created, what became of its value, and the end.
//!
//! The create of the new token names the rotation that it is a part of, so that a crash never separates the two.

mod places;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::TokenId;
use rusqlite::{Connection as Database, Row, params};
use serde::{Deserialize, Serialize};

use places::{place, place_of};

use super::journals::{InHand, Journals};
use super::{AttemptId, Draft, Journal, entry, list, time};
use crate::error::{Error, RotationError, StoreError};
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{
    PlaceSays, Replacement, RotationId, RotationRecord, RotationRevoke, Terms,
};
use crate::model::time::dates::Stamp;
use crate::model::token::TokenKey;
use crate::model::token::TokenRecord;
use crate::system::threads::lock;

/// The terms of a rotation, as the journal stores them.
#[derive(Serialize, Deserialize)]
struct Kept {
    created: Option<i64>,
    quiet: i64,
    longest_job: i64,
    places: Vec<Destination>,
}

/// A step of a create or a revoke that belongs to a rotation.
struct Step {
    attempt: i64,
    stage: Option<Deed>,
    at: DateTime<Utc>,
    token_ids: Vec<TokenId>,
    basis: Vec<String>,
}

impl Journal {
    /// Records that a token is to be replaced, and returns the rotation's number. It is on disk when this returns.
    pub fn begin_rotation(
        &self,
        connection: &Connection,
        old: &TokenRecord<'_>,
        new_name: &str,
        terms: &Terms,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let kept = Kept {
            created: Stamp::from(old.created).kept(),
            quiet: terms.quiet.num_seconds(),
            longest_job: terms.longest_job.num_seconds(),
            places: terms.places.clone(),
        };
        self.append(&Draft {
            project_id: old.project_id,
            name: Some(old.name),
            token_ids: &[old.id.into_owned()],
            basis: &[serde_json::to_string(&kept).unwrap_or_default()],
            detail: Some(new_name),
            ..Draft::act(Deed::Rotate, connection, now)
        })
    }

    /// Returns the rotations of a server, oldest first. `in_hand` says whether the value of a create waits here.
    pub fn rotations(
        &self,
        connection: &Connection,
        in_hand: impl Fn(AttemptId) -> bool,
    ) -> Result<Vec<RotationRecord>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT id, at, name, token_ids, basis, detail FROM entry
             WHERE base_url = ?1 AND organization_id = ?2 AND what = ?3 ORDER BY id",
        )?;
        let (url, organization) = (connection.base_url.as_str(), &connection.organization_id.0);
        let of = params![url, organization, Deed::Rotate.code()];
        let read = select.query_map(of, |row| begun(connection, row))?;
        let mut rotations: Vec<_> = read.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        for rotation in &mut rotations {
            add_steps(&database, rotation)?;
            add_create(&database, connection, rotation, &in_hand)?;
            add_revokes(&database, connection, rotation)?;
        }
        Ok(rotations)
    }
}

impl Journals {
    /// Records that a token is to be replaced. The rotation is in hand until its new token is created.
    ///
    /// # Errors
    /// [`RotationError::Running`] if the token is being replaced already, if only by a create that is still under way.
    pub fn begin_rotation(
        self: &Arc<Self>,
        connection: &Connection,
        old: &TokenRecord<'_>,
        new_name: &str,
        terms: &Terms,
        now: DateTime<Utc>,
    ) -> Result<InHand, Error> {
        let _alone = lock(&self.beginning);
        let journal = self.of(connection)?;
        let in_hand = |number| self.has_in_hand(connection.id, AttemptId(number));
        let is_running = |it: &RotationRecord| {
            it.is_open()
                && it.old.id == old.id.into_owned()
                && (!it.made_nothing() || in_hand(it.id.number))
        };
        if journal.rotations(connection, |_| false)?.iter().any(is_running) {
            return Err(RotationError::Running { name: old.name.to_owned() }.into());
        }
        let begun = journal.begin_rotation(connection, old, new_name, terms, now);
        let number = begun.map_err(|error| Error::NoJournal(error.to_string()))?;
        Ok(self.hold(connection, AttemptId(number), old.name, vec![old.id.into_owned()]))
    }
}

/// The rotation that a row begins; `None` if a newer version wrote its terms, or somebody broke them by hand.
fn begun(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<Option<RotationRecord>> {
    let ids: Vec<TokenId> = list::from_json(&row.get::<_, String>("token_ids")?);
    let basis: Vec<String> = list::from_json(&row.get::<_, String>("basis")?);
    let kept = basis.iter().find_map(|it| serde_json::from_str::<Kept>(it).ok());
    let Some((kept, old)) = kept.zip(ids.into_iter().next()) else { return Ok(None) };
    let places = kept.places.into_iter();
    Ok(Some(RotationRecord {
        id: RotationId { connection: connection.id, number: row.get("id")? },
        at: time(row.get("at")?),
        old: TokenKey { connection: connection.id, id: old },
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        created: Stamp::from_kept(kept.created).into(),
        new_name: row.get::<_, Option<String>>("detail")?.unwrap_or_default(),
        quiet: TimeDelta::try_seconds(kept.quiet).unwrap_or_default(),
        longest_job: TimeDelta::try_seconds(kept.longest_job).unwrap_or_default(),
        places: places.map(place).collect(),
        create: None,
        replacement: None,
        value_waits: false,
        revoked: None,
        taken_back: None,
        ended: None,
    }))
}

fn add_steps(database: &Database, rotation: &mut RotationRecord) -> Result<(), StoreError> {
    let own = "SELECT attempt, stage, at, token_ids, basis FROM step
         WHERE attempt = ?1 ORDER BY id";
    for step in steps(database, own, params![rotation.id.number])? {
        match step.stage {
            Some(Deed::PlaceDone) => {
                if let Some(place) = place_of(rotation, &step) {
                    place.confirmed = Some(step.at);
                }
            }
            Some(Deed::PlaceSays) => {
                if let ([_, what, at], Some(place)) = (&*step.basis, place_of(rotation, &step)) {
                    place.says = PlaceSays::from_kept(what, at);
                }
            }
            Some(deed) if deed.ends() => {
                rotation.ended.get_or_insert((deed, step.at));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What became of the create that names the rotation.
fn add_create(
    database: &Database,
    connection: &Connection,
    rotation: &mut RotationRecord,
    in_hand: impl Fn(AttemptId) -> bool,
) -> Result<(), StoreError> {
    let mut select = database.prepare(
        "SELECT id, known FROM attempt
         WHERE base_url = ?1 AND organization_id = ?2 AND act = ?3 AND id > ?4",
    )?;
    let number = rotation.id.number;
    let (url, organization) = (connection.base_url.as_str(), &connection.organization_id.0);
    let mut rows = select.query(params![url, organization, Deed::Create.code(), number])?;
    let mut create = None;
    while let Some(row) = rows.next()? {
        let basis: Vec<String> = list::from_json(&row.get::<_, String>("known")?);
        if entry::part_of(&basis) == Some(number) {
            create = Some(row.get::<_, i64>("id")?);
            break;
        }
    }
    let Some(create) = create else { return Ok(()) };
    rotation.create = Some(Deed::Create);
    rotation.value_waits = in_hand(AttemptId(create));
    let own = "SELECT attempt, stage, at, token_ids, basis FROM step
         WHERE attempt = ?1 ORDER BY id";
    let mut has_ended = false;
    for step in steps(database, own, params![create])? {
        let Some(stage) = step.stage else { continue };
        if !has_ended {
            rotation.create = Some(stage);
            has_ended = stage.ends();
        }
        if let (true, [id]) = (stage != Deed::Unclear, &*step.token_ids) {
            let key = TokenKey { connection: connection.id, id: id.clone() };
            rotation.replacement.get_or_insert(Replacement { key, at: step.at });
        }
        if stage == Deed::Delivered
            && let Some(place) = place_of(rotation, &step)
        {
            place.delivered = Some(step.at);
        }
    }
    Ok(())
}

/// The revokes of its two tokens by this app.
fn add_revokes(
    database: &Database,
    connection: &Connection,
    rotation: &mut RotationRecord,
) -> Result<(), StoreError> {
    let after = "SELECT attempt, stage, step.at, step.token_ids, basis
         FROM attempt JOIN step ON step.attempt = attempt.id
         WHERE base_url = ?1 AND organization_id = ?2 AND act = ?3 AND attempt.id > ?4
         ORDER BY step.id";
    let (url, organization) = (connection.base_url.as_str(), &connection.organization_id.0);
    let of = params![url, organization, Deed::Revoke.code(), rotation.id.number];
    let (mut old, mut new) = (None, None);
    for step in steps(database, after, of)? {
        let is = |key: &TokenKey| step.token_ids.contains(&key.id);
        let which = if is(&rotation.old) {
            &mut old
        } else if rotation.replacement.as_ref().is_some_and(|it| is(&it.key)) {
            &mut new
        } else {
            continue;
        };
        note(which, &step);
    }
    rotation.revoked = old.map(|(_, revoke)| revoke);
    rotation.taken_back = new.map(|(_, revoke)| revoke);
    Ok(())
}

/// Notes what a step says of the revoke that it belongs to.
fn note(revoke: &mut Option<(i64, RotationRevoke)>, step: &Step) {
    match (step.stage, revoke) {
        (Some(Deed::Revoked | Deed::Gone), revoke @ None) => {
            *revoke = Some((step.attempt, RotationRevoke { at: step.at, proven: None }));
        }
        (Some(Deed::ValueRefused), Some((attempt, it))) if *attempt == step.attempt => {
            it.proven = Some(true);
        }
        (Some(Deed::ValueNotProven), Some((attempt, it))) if *attempt == step.attempt => {
            it.proven = Some(false);
        }
        _ => {}
    }
}

fn steps(
    database: &Database,
    select: &str,
    of: impl rusqlite::Params,
) -> Result<Vec<Step>, StoreError> {
    let mut select = database.prepare(select)?;
    let steps = select.query_map(of, |row| {
        Ok(Step {
            attempt: row.get(0)?,
            stage: Deed::with_code(&row.get::<_, String>(1)?),
            at: time(row.get(2)?),
            token_ids: list::from_json(&row.get::<_, String>(3)?),
            basis: list::from_json(&row.get::<_, String>(4)?),
        })
    })?;
    Ok(steps.collect::<Result<_, _>>()?)
}
