//! The connections on disk, in the admin's order.

use chrono::{DateTime, Utc};
use entri_api::{BaseUrl, OrganizationId};
use rusqlite::{OptionalExtension, Row, named_params, params};
use token_audit::Policy;

use super::{Store, gaps, wipe_deleted};
use crate::error::StoreError;
use crate::model::connection::{
    Appearance, Connection, ConnectionId, CredentialStorage, Environment, Method,
};
use crate::model::gaps::Gap;

/// A connection as it was when the app last quit.
pub struct Remembered {
    /// The connection itself, without its credential.
    pub connection: Connection,
    /// When its list was last loaded; `None` if it never was.
    pub synced_at: Option<DateTime<Utc>>,
    /// What may be missing from that list.
    pub gaps: Vec<Gap>,
}

const ENVIRONMENTS: [(&str, Environment); 3] = [
    ("production", Environment::Production),
    ("staging", Environment::Staging),
    ("development", Environment::Development),
];
const METHODS: [(&str, Method); 2] = [("token", Method::ApiToken), ("session", Method::Session)];

impl Store {
    /// All connections, in the admin's order.
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

    /// Remembers a connection. It replaces one with the same id; a new one comes last.
    pub fn remember(&self, connection: &Connection) -> Result<(), StoreError> {
        let appearance = &connection.appearance;
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
                ":label": appearance.label,
                ":environment": name_of(&ENVIRONMENTS, appearance.environment),
                ":colour": appearance.color,
                ":base_url": connection.base_url.as_str(),
                ":organization_id": connection.organization_id.0,
                ":organization_name": connection.organization_name,
                ":method": name_of(&METHODS, connection.method),
                ":user": connection.user,
                ":role": connection.role,
                ":session_only": connection.storage == CredentialStorage::Memory,
                ":policy": connection.policy.to_toml(),
            },
        )?;
        Ok(())
    }

    /// Stores the order of the connections.
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

    /// Whether a connection is stored.
    pub fn remembers(&self, id: ConnectionId) -> Result<bool, StoreError> {
        let database = self.lock();
        let mut select = database.prepare_cached("SELECT 1 FROM connection WHERE id = ?1")?;
        Ok(select.exists([id.0])?)
    }

    /// Deletes a connection and its list, also from the free pages of the file.
    pub fn forget(&self, id: ConnectionId) -> Result<(), StoreError> {
        let database = self.to_write()?;
        database.execute("DELETE FROM connection WHERE id = ?1", [id.0])?;
        wipe_deleted(&database)
    }

    /// The connection whose tokens the window showed last; `None` for all connections.
    pub fn shown(&self) -> Result<Option<ConnectionId>, StoreError> {
        let shown = self.lock().query_row("SELECT connection FROM shown", [], |row| row.get(0));
        Ok(shown.optional()?.flatten().map(ConnectionId))
    }

    /// Remembers whose tokens the window shows; `None` for all connections.
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
        if session_only { CredentialStorage::Memory } else { CredentialStorage::Keychain };
    let (environment, method): (String, String) = (row.get("environment")?, row.get("method")?);
    let synced_at: Option<i64> = row.get("synced_at")?;
    let connection = Connection {
        id: ConnectionId(row.get("id")?),
        base_url,
        organization_id: OrganizationId(row.get("organization_id")?),
        organization_name: row.get("organization_name")?,
        appearance: Appearance {
            label: row.get("label")?,
            environment: named(&ENVIRONMENTS, &environment),
            color: row.get("colour")?,
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

/// The default replaces a policy that only a later version understands.
fn policy(file: Option<String>) -> Policy {
    file.and_then(|file| Policy::from_toml(&file).ok()).unwrap_or_default()
}

pub(super) fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| name)
}

/// The first value replaces a word that only a later version understands.
pub(super) fn named<T: Copy>(names: &[(&str, T)], word: &str) -> T {
    names.iter().find(|(name, _)| *name == word).unwrap_or(&names[0]).1
}
