//! The incidents of a server that aren't closed.

mod replaced;

use chrono::{DateTime, Utc};
use entri_api::{ProjectId, TokenId};
use rusqlite::{Row, params};

use super::{Draft, Journal, entry, list, time};
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::token::incident::{Began, Incident, IncidentId, IncidentStep};
use crate::model::token::own_uses::{OwnUses, from_basis};

/// Tag of the time at which the value was found, where that was in another connection's journal.
const FOUND: &str = "found ";
/// Tag of the fingerprint that a scan gave the value.
const PRINT: &str = "print ";

impl Journal {
    /// Records that a value was found, and returns the incident's number.
    pub fn begin_incident(
        &self,
        connection: &Connection,
        Began { first, places, print }: &Began,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let first = first.map(|at| format!("{FOUND}{}", at.to_rfc3339()));
        let print = print.as_ref().map(|print| format!("{PRINT}{print}"));
        let tags: Vec<_> = first.into_iter().chain(print).collect();
        let act = Draft::act(Deed::ValueFound, connection, now);
        self.append(&Draft { basis: &tags, detail: places.as_deref(), ..act })
    }

    /// Whether this app revoked the token of an incident since it began, or saw that it was gone.
    pub fn revoked_since(
        &self,
        incident: &Incident,
        connection: &Connection,
        token: &TokenId,
    ) -> Result<Option<Deed>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT stage, step.token_ids FROM attempt JOIN step ON step.attempt = attempt.id
             WHERE base_url = ?1 AND organization_id = ?2 AND act = ?3 AND attempt.id > ?4
             ORDER BY step.id",
        )?;
        let (url, organization) = (connection.base_url.as_str(), &connection.organization_id.0);
        let of = params![url, organization, Deed::Revoke.code(), incident.id.number];
        let mut rows = select.query(of)?;
        while let Some(row) = rows.next()? {
            let stage = Deed::with_code(&row.get::<_, String>(0)?);
            let tokens: Vec<TokenId> = list::from_json(&row.get::<_, String>(1)?);
            let ends = stage.filter(|it| matches!(it, Deed::Revoked | Deed::Gone));
            if let Some(stage) = ends.filter(|_| tokens.contains(token)) {
                return Ok(Some(stage));
            }
        }
        Ok(None)
    }

    /// The incidents that aren't closed, oldest first. Steps that only a newer version knows are left out.
    pub fn open_incidents(&self, connection: &Connection) -> Result<Vec<Incident>, StoreError> {
        let database = self.lock();
        let mut acts = database.prepare(
            "SELECT id, at, basis, detail, hash FROM entry WHERE base_url = ?1 AND organization_id = ?2 AND what = ?3
             AND NOT EXISTS (SELECT 1 FROM entry step WHERE step.attempt = entry.id AND step.what = ?4)
             ORDER BY id",
        )?;
        let mut steps = database.prepare("SELECT * FROM entry WHERE attempt = ?1 ORDER BY id")?;
        let (found, closed) = (Deed::ValueFound.code(), Deed::IncidentClosed.code());
        let of = params![connection.base_url.as_str(), connection.organization_id.0, found, closed];
        let begun = acts.query_map(of, |row| {
            let basis: Vec<String> = list::from_json(&row.get::<_, String>("basis")?);
            Ok(Incident {
                id: IncidentId { connection: connection.id, number: row.get("id")? },
                at: first(&basis).unwrap_or(time(row.get("at")?)),
                by: entry::by(&basis).unwrap_or_default(),
                seal: row.get("hash")?,
                places: row.get("detail")?,
                print: basis.iter().find_map(|it| it.strip_prefix(PRINT)).map(str::to_owned),
                steps: Vec::new(),
            })
        })?;
        let mut incidents = begun.collect::<Result<Vec<_>, _>>()?;
        for incident in &mut incidents {
            let all = steps.query_map([incident.id.number], read)?;
            let all = all.collect::<Result<Vec<_>, _>>()?;
            incident.steps = all.into_iter().flatten().collect();
        }
        Ok(incidents)
    }

    /// The tests of found values that named a token, by its id and oldest first: uses by the app itself.
    pub fn own_uses(&self, connection: &Connection) -> Result<OwnUses, StoreError> {
        let database = self.lock();
        let mut select = database.prepare(
            "SELECT step.token_ids, step.basis FROM entry act JOIN entry step ON step.attempt = act.id
             WHERE act.base_url = ?1 AND act.organization_id = ?2 AND act.what = ?3 AND step.what = ?4
             ORDER BY step.id",
        )?;
        let (found, identified) = (Deed::ValueFound.code(), Deed::Identified.code());
        let of =
            params![connection.base_url.as_str(), connection.organization_id.0, found, identified];
        let mut rows = select.query(of)?;
        let mut uses = OwnUses::new();
        while let Some(row) = rows.next()? {
            let ids: Vec<TokenId> = list::from_json(&row.get::<_, String>("token_ids")?);
            let basis: Vec<String> = list::from_json(&row.get::<_, String>("basis")?);
            if let Some((id, own_use)) = ids.into_iter().next().zip(from_basis(&basis)) {
                uses.entry(id).or_default().push(own_use);
            }
        }
        Ok(uses)
    }
}

fn first(basis: &[String]) -> Option<DateTime<Utc>> {
    let tagged = basis.iter().find_map(|it| it.strip_prefix(FOUND))?;
    DateTime::parse_from_rfc3339(tagged).ok().map(|at| at.to_utc())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<IncidentStep>> {
    let Some(what) = Deed::with_code(&row.get::<_, String>("what")?) else { return Ok(None) };
    let tokens: Vec<TokenId> = list::from_json(&row.get::<_, String>("token_ids")?);
    Ok(Some(IncidentStep {
        number: row.get("id")?,
        at: time(row.get("at")?),
        what,
        name: row.get("name")?,
        token: tokens.into_iter().next(),
        project_id: row.get::<_, Option<String>>("project_id")?.map(ProjectId),
        detail: row.get("detail")?,
        basis: list::from_json(&row.get::<_, String>("basis")?),
        seal: row.get("hash")?,
    }))
}
