//! The incidents of a server that aren't closed.

use entri_api::{ProjectId, TokenId};
use rusqlite::{Row, params};

use super::entry;
use super::{Journal, list, time};
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::token::incident::{Incident, IncidentId, IncidentStep};

impl Journal {
    /// The incidents that aren't closed, oldest first. Steps that only a newer version knows are left out.
    pub fn open_incidents(&self, connection: &Connection) -> Result<Vec<Incident>, StoreError> {
        let database = self.lock();
        let mut acts = database.prepare(
            "SELECT id, at, basis FROM entry WHERE base_url = ?1 AND organization_id = ?2 AND what = ?3
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
                at: time(row.get("at")?),
                by: entry::by(&basis).unwrap_or_default(),
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
}

impl Journal {}

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
