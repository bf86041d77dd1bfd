//! A row of the journal.

use chrono::{DateTime, Utc};
use entri_api::{ProjectId, TokenId};
use rusqlite::{Connection as Database, Row, params};
use serde_json::json;

use super::list;
use crate::digest::sha256;
use crate::error::StoreError;
use crate::model::connection::Connection;
use crate::model::deed::Deed;

/// A row to be written to the journal.
pub(crate) struct Draft<'a> {
    pub at: DateTime<Utc>,
    pub what: Deed,
    /// The act that this is a step of.
    pub attempt: Option<i64>,
    /// The connection of an act; a step belongs to that of its act.
    pub connection: Option<&'a Connection>,
    pub project_id: Option<ProjectId<&'a str>>,
    /// The token's name at that time, if it is about one.
    pub name: Option<&'a str>,
    pub token_ids: &'a [TokenId],
    /// What the deed is based on, such as findings or existing ids.
    pub basis: &'a [String],
    pub detail: Option<&'a str>,
    /// When the decision ends; `None` if it isn't one.
    pub until: Option<DateTime<Utc>>,
    /// The bulk revoke that this act is a part of.
    pub part_of: Option<i64>,
}

/// A row, as it is written in the file.
#[derive(Clone)]
pub(super) struct StoredEntry {
    pub id: i64,
    pub at: i64,
    /// The code of what was done, which may be one that only a newer version knows.
    pub what: String,
    pub attempt: Option<i64>,
    pub base_url: Option<String>,
    pub organization_id: Option<String>,
    pub project_id: Option<String>,
    pub name: Option<String>,
    pub token_ids: String,
    pub basis: String,
    pub detail: Option<String>,
    pub until: Option<i64>,
}

/// The columns of a row, in the order of its fields.
pub(super) const COLUMNS: &str = "id, at, what, attempt, base_url, organization_id, project_id, name, \
     token_ids, basis, detail, until";

/// Tags at the front of an act's `basis`. They aren’t columns of their own so that the seals of older
/// rows stay valid, and so that older versions of the app, which skip what they don’t know there, can
/// still read the file.
const BY: &str = "by ";
const PART_OF: &str = "part of ";

/// Who did an act; `None` if an older version wrote it down.
pub(super) fn by(basis: &[String]) -> Option<String> {
    basis.first()?.strip_prefix(BY).map(str::to_owned)
}

/// The number of the bulk revoke that an act is a part of.
pub(super) fn part_of(basis: &[String]) -> Option<i64> {
    basis.get(1)?.strip_prefix(PART_OF)?.parse().ok()
}

impl<'a> Draft<'a> {
    /// An act, or a decision.
    pub fn act(what: Deed, connection: &'a Connection, at: DateTime<Utc>) -> Self {
        Self { connection: Some(connection), ..Self::empty(what, at) }
    }

    /// How far an act came.
    pub fn step(attempt: i64, what: Deed, at: DateTime<Utc>) -> Self {
        Self { attempt: Some(attempt), ..Self::empty(what, at) }
    }

    /// A row with nothing but its code and time.
    pub fn empty(what: Deed, at: DateTime<Utc>) -> Self {
        Self {
            at,
            what,
            attempt: None,
            connection: None,
            project_id: None,
            name: None,
            token_ids: &[],
            basis: &[],
            detail: None,
            until: None,
            part_of: None,
        }
    }

    /// Its basis, after the tags that say who did it and as part of what.
    fn basis(&self) -> Vec<String> {
        let by = self.connection.map(|connection| format!("{BY}{}", connection.actor()));
        let part_of = self.part_of.map(|number| format!("{PART_OF}{number}"));
        by.into_iter().chain(part_of).chain(self.basis.iter().cloned()).collect()
    }
}

impl StoredEntry {
    pub fn new(id: i64, draft: &Draft<'_>) -> Self {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Self {
            id,
            at: draft.at.timestamp(),
            what: draft.what.code().to_owned(),
            attempt: draft.attempt,
            base_url: text(draft.connection.map(|connection| connection.base_url.as_str())),
            organization_id: text(
                draft.connection.map(|connection| &*connection.organization_id.0),
            ),
            project_id: text(draft.project_id.map(|id| id.0)),
            name: text(draft.name),
            token_ids: list::to_json(draft.token_ids),
            basis: list::to_json(&draft.basis()),
            detail: text(draft.detail),
            until: draft.until.map(|until| until.timestamp()),
        }
    }

    pub fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            at: row.get("at")?,
            what: row.get("what")?,
            attempt: row.get("attempt")?,
            base_url: row.get("base_url")?,
            organization_id: row.get("organization_id")?,
            project_id: row.get("project_id")?,
            name: row.get("name")?,
            token_ids: row.get("token_ids")?,
            basis: row.get("basis")?,
            detail: row.get("detail")?,
            until: row.get("until")?,
        })
    }

    /// Returns its seal, where `before` is the seal of the previous row; empty for the first row.
    pub fn seal(&self, before: &str) -> String {
        // JSON, so that different rows never give the same text: no field can run into the next one.
        let fields = json!([
            before,
            self.id,
            self.at,
            self.what,
            self.attempt,
            self.base_url,
            self.organization_id,
            self.project_id,
            self.name,
            self.token_ids,
            self.basis,
            self.detail,
            self.until,
        ]);
        sha256(fields.to_string())
    }

    pub fn insert(&self, seal: &str, database: &Database) -> Result<(), StoreError> {
        database.execute(
            &format!(
                "INSERT INTO entry ({COLUMNS}, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
            ),
            params![
                self.id,
                self.at,
                self.what,
                self.attempt,
                self.base_url,
                self.organization_id,
                self.project_id,
                self.name,
                self.token_ids,
                self.basis,
                self.detail,
                self.until,
                seal,
            ],
        )?;
        Ok(())
    }
}
