//! Connections and the state of the list.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;
use token_desk::{Connection, CredentialStorage, Environment, Phase, Project, Status, text, when};

use super::QueryView;
use crate::error::ErrorView;

/// What the document starts with, so that its first paint needs no question.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    /// The connection in use.
    pub connection: Option<ConnectionView>,
    /// What the address field starts with.
    pub address: String,
    /// The first rows of the last-known list.
    pub list: Option<QueryView>,
    /// How the list came about.
    pub status: StatusView,
    /// The app's version.
    pub version: String,
}

/// A connection.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// The organization's name.
    pub label: String,
    /// The server's host, as ASCII.
    pub host: String,
    /// The server's address.
    pub base_url: String,
    /// What kind of server it is, in a word.
    pub environment: String,
    /// Whether it is the embedded sandbox.
    pub sandbox: bool,
    /// Where the credential lives.
    pub storage: StorageView,
    /// The organization's id.
    pub organization_id: String,
}

/// Where a credential lives.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StorageView {
    /// In the operating system's keychain.
    Keychain,
    /// In memory only.
    Session,
}

/// How the list came about, and how its next one is coming along. Sent as the event `changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "changed")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own for the page")]
pub struct StatusView {
    /// Grows with every change of the list.
    pub generation: u32,
    /// Whether a list is being loaded.
    pub syncing: bool,
    /// Tokens received so far by the load that is going on.
    pub loaded: u32,
    /// `14:02`: when the list was loaded; `None` before the first time.
    pub as_of: Option<String>,
    /// The same with date and zone, for the tooltip.
    pub as_of_title: Option<String>,
    /// Whether every part of the list could be loaded.
    pub complete: bool,
    /// What failed in the last load.
    pub problems: Vec<ErrorView>,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// Whether the credential has to be given again.
    pub credential_missing: bool,
    /// The organization's projects.
    pub projects: Vec<ProjectView>,
}

/// A project.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProjectView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is archived.
    pub archived: bool,
}

/// What the admin typed to connect.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectRequest {
    /// The server's address.
    pub address: String,
    /// The API token.
    pub api_token: String,
    /// The organization's id, where the server does not say it.
    pub organization_id: Option<String>,
}

impl From<Connection> for ConnectionView {
    fn from(connection: Connection) -> Self {
        let environment = match connection.environment() {
            Environment::Cloud => "Entri cloud",
            Environment::SelfHosted => "Self-hosted",
            Environment::Sandbox => "Sandbox",
        };
        Self {
            label: text::visible(&connection.organization_name),
            host: connection.base_url.host().to_owned(),
            base_url: connection.base_url.as_str().to_owned(),
            environment: environment.to_owned(),
            sandbox: connection.sandbox,
            storage: match connection.storage {
                CredentialStorage::Keychain => StorageView::Keychain,
                CredentialStorage::Session => StorageView::Session,
            },
            organization_id: connection.organization_id,
        }
    }
}

impl StatusView {
    /// The state as of `now`.
    pub fn new(status: Status, now: DateTime<Utc>) -> Self {
        Self {
            generation: status.generation,
            syncing: status.phase == Phase::Syncing,
            loaded: status.loaded,
            as_of: status.synced_at.map(|time| when::clock(time, now)),
            as_of_title: status.synced_at.map(when::absolute),
            complete: status.complete,
            problems: status.problems.into_iter().map(ErrorView::from).collect(),
            last_used_reported: status.last_used_reported,
            credential_missing: status.credential_missing,
            projects: status.projects.into_iter().map(ProjectView::from).collect(),
        }
    }
}

impl From<Project> for ProjectView {
    fn from(project: Project) -> Self {
        Self { id: project.id, name: text::visible(&project.name), archived: project.archived }
    }
}
