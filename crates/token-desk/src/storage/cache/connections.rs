//! The connections on disk, in the admin's order.

use chrono::{DateTime, Utc};
use entri_api::BaseUrl;
use rusqlite::{OptionalExtension, Row, named_params, params};
use token_audit::Policy;

use super::{Store, gaps, wipe_deleted};
use crate::error::StoreError;
use crate::model::connection::{
    Connection, ConnectionId, CredentialStorage, Environment, Look, Method,
};
use crate::model::gaps::Gap;

/// A connection as it was left.
pub struct Remembered {
    /// The connection.
    pub connection: Connection,
    /// When its list was last loaded.
    pub synced_at: Option<DateTime<Utc>>,
    /// What may be missing of that list.
    pub gaps: Vec<Gap>,
}

const ENVIRONMENTS: [(&str, Environment); 3] = [
    ("production", Environment::Production),
    ("staging", Environment::Staging),
    ("development", Environment::Development),
];
const METHODS: [(&str, Method); 2] = [("token", Method::ApiToken), ("session", Method::Session)];

impl Store {
    /// The connections in the admin's order.
    pub fn connections(&self) -> Result<Vec<Remembered>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare("SELECT * FROM connection ORDER BY position, id")?;
        let rows = select.query_map([], |row| Ok(remembered(row)))?;
        let mut all = Vec::new();
        for row in rows {
            all.extend(row??);
        }
        for it in &mut all {
            it.gaps = gaps::load(&database, it.connection.id)?;
        }
        Ok(all)
    }

    /// Remembers a connection, in place of one with the same id; a new one comes last.
    pub fn remember(&self, connection: &Connection) -> Result<(), StoreError> {
        let look = &connection.look;
        self.to_write()?.execute(
            "INSERT INTO connection (id, position, label, environment, colour, base_url,
                 organization_id, organization_name, method, user, role, session_only, policy)
             VALUES (:id, (SELECT coalesce(max(position), 0) + 1 FROM connection), :label,
                 :environment, :colour, :base_url, :organization_id, :organization_name,
                 :method, :user, :role, :session_only, :policy)
             ON CONFLICT (id) DO UPDATE SET
                 label = :label, environment = :environment, colour = :colour,
                 organization_name = :organization_name, method = :method, user = :user,
                 role = :role, session_only = :session_only, policy = :policy",
            named_params! {
                ":id": connection.id.0,
                ":label": look.label,
                ":environment": name_of(&ENVIRONMENTS, look.environment),
                ":colour": look.colour,
                ":base_url": connection.base_url.as_str(),
                ":organization_id": connection.organization_id,
                ":organization_name": connection.organization_name,
                ":method": name_of(&METHODS, connection.method),
                ":user": connection.user,
                ":role": connection.role,
                ":session_only": connection.storage == CredentialStorage::Session,
                ":policy": connection.policy.to_toml(),
            },
        )?;
        Ok(())
    }

    /// Keeps the connections in this order.
    pub fn arrange(&self, order: &[ConnectionId]) -> Result<(), StoreError> {
        let mut database = self.to_write()?;
        let change = database.transaction()?;
        for (position, id) in order.iter().enumerate() {
            change.execute(
                "UPDATE connection SET position = ?2 WHERE id = ?1",
                params![id.0, i64::try_from(position).unwrap_or(i64::MAX)],
            )?;
        }
        Ok(change.commit()?)
    }

    /// Whether a connection is remembered.
    pub fn remembers(&self, id: ConnectionId) -> Result<bool, StoreError> {
        let database = self.lock();
        let mut select = database.prepare_cached("SELECT 1 FROM connection WHERE id = ?1")?;
        Ok(select.exists([id.0])?)
    }

    /// Forgets a connection and its list.
    pub fn forget(&self, id: ConnectionId) -> Result<(), StoreError> {
        let database = self.to_write()?;
        database.execute("DELETE FROM connection WHERE id = ?1", [id.0])?;
        wipe_deleted(&database)
    }

    /// What the window showed last; `None` for all connections.
    pub fn shown(&self) -> Result<Option<ConnectionId>, StoreError> {
        let shown = self.lock().query_row("SELECT connection FROM shown", [], |row| row.get(0));
        Ok(shown.optional()?.flatten().map(ConnectionId))
    }

    /// Remembers what the window shows.
    pub fn show(&self, shown: Option<ConnectionId>) -> Result<(), StoreError> {
        let mut database = self.lock();
        let change = database.transaction()?;
        change.execute("DELETE FROM shown", [])?;
        change.execute("INSERT INTO shown VALUES (?1)", [shown.map(|id| id.0)])?;
        Ok(change.commit()?)
    }
}

/// `None` if the stored address no longer passes the rules for addresses.
fn remembered(row: &Row<'_>) -> Result<Option<Remembered>, StoreError> {
    let Ok(base_url) = BaseUrl::parse(&row.get::<_, String>("base_url")?) else { return Ok(None) };
    let session_only: bool = row.get("session_only")?;
    let storage =
        if session_only { CredentialStorage::Session } else { CredentialStorage::Keychain };
    let (environment, method): (String, String) = (row.get("environment")?, row.get("method")?);
    let synced_at: Option<i64> = row.get("synced_at")?;
    let connection = Connection {
        id: ConnectionId(row.get("id")?),
        base_url,
        organization_id: row.get("organization_id")?,
        organization_name: row.get("organization_name")?,
        look: Look {
            label: row.get("label")?,
            environment: named(&ENVIRONMENTS, &environment),
            colour: row.get("colour")?,
        },
        method: named(&METHODS, &method),
        user: row.get("user")?,
        role: row.get("role")?,
        storage,
        sandbox: false,
        policy: policy(row.get("policy")?),
    };
    let synced_at = synced_at.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    Ok(Some(Remembered { connection, synced_at, gaps: Vec::new() }))
}

/// The default stands for one of a later version.
fn policy(file: Option<String>) -> Policy {
    file.and_then(|file| Policy::from_toml(&file).ok()).unwrap_or_default()
}

pub(super) fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| name)
}

/// The first one stands for a word of a later version.
pub(super) fn named<T: Copy>(names: &[(&str, T)], word: &str) -> T {
    names.iter().find(|(name, _)| *name == word).unwrap_or(&names[0]).1
}
