//! The token that was created in place of the one of an incident.

use rusqlite::params;

use super::super::{Journal, entry, list};
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::token::incident::Incident;

/// A token that was created in an incident, and where its value went.
pub(crate) struct CreatedInstead {
    pub name: String,
    /// In the words of the journal, in order.
    pub places: Vec<String>,
}

impl Journal {
    /// The first token that was created in this incident and whose value somebody has.
    pub fn created_instead(
        &self,
        incident: &Incident,
        connection: &Connection,
    ) -> Result<Option<CreatedInstead>, StoreError> {
        let database = self.lock();
        let mut creates = database.prepare(
            "SELECT id, name, known FROM attempt
             WHERE base_url = ?1 AND organization_id = ?2 AND act = ?3 AND id > ?4 ORDER BY id",
        )?;
        let mut steps =
            database.prepare("SELECT stage, detail FROM step WHERE attempt = ?1 ORDER BY id")?;
        let (url, organization) = (connection.base_url.as_str(), &connection.organization_id.0);
        let of = params![url, organization, Deed::Create.code(), incident.id.number];
        let mut rows = creates.query(of)?;
        while let Some(row) = rows.next()? {
            let basis: Vec<String> = list::from_json(&row.get::<_, String>("known")?);
            if entry::part_of(&basis) != Some(incident.id.number) {
                continue;
            }
            let name = row.get::<_, Option<String>>("name")?.unwrap_or_default();
            let mut places = Vec::new();
            let mut steps = steps.query([row.get::<_, i64>("id")?])?;
            while let Some(step) = steps.next()? {
                let stage = Deed::with_code(&step.get::<_, String>(0)?);
                if let (Some(Deed::Delivered), Some(place)) = (stage, step.get(1)?) {
                    places.push(place);
                }
            }
            if !places.is_empty() {
                return Ok(Some(CreatedInstead { name, places }));
            }
        }
        Ok(None)
    }
}
