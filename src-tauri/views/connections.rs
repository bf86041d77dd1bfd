//! Connections, how they are told apart, and the state of their lists.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;
use token_desk::{
    ConnectionId, ConnectionStatus, CredentialStorage, Environment, Look, Method, Phase, Project,
    Shown, Status, gaps_said, text, when,
};

use super::{
    CreatedView, LayoutView, LooseEndView, NewsView, OpenCleanupView, OpenedView, QueryView,
    RunningCleanupView, StepView,
};
use crate::error::ErrorView;

/// What the page starts with: all that its first paint shows.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    /// What the address field starts with.
    pub address: String,
    /// The first rows of the last-known list.
    pub list: Option<QueryView>,
    /// The connections, and how their lists came about.
    pub status: StatusView,
    /// What a sign-in waits for that a page before this one began. Then the address is its server's.
    pub step: Option<StepView>,
    /// What the list begins with, after a click on a notification.
    pub opened: Option<OpenedView>,
    /// How the page was laid out last.
    pub layout: LayoutView,
    /// The app's version.
    pub version: String,
}

/// Everything the page knows beside the rows. Sent as the event `changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "changed")]
pub struct StatusView {
    /// Of two that crossed on their way, the one with the higher number is the later one.
    pub number: u32,
    /// Grows with every change of what is listed.
    pub generation: u32,
    /// Minutes since 1970 by this computer's clock: with each the words for times may be others.
    pub minute: u32,
    /// The connection that is shown; `None` for all of them.
    pub shown: Option<u32>,
    /// Every connection, in the admin's order.
    pub connections: Vec<ConnectionView>,
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
    /// How many tokens have a date that cannot be read; with any, no count that rests on dates is final.
    pub unreadable: u32,
    /// What may be missing of the lists, and what failed in their last loads.
    pub problems: Vec<ErrorView>,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// A connection that has to be signed in to again.
    pub signed_out: Option<u32>,
    /// Creates that didn't finish, in what is shown.
    pub loose_ends: Vec<LooseEndView>,
    /// Bulk revokes that didn't finish.
    pub cleanups: Vec<OpenCleanupView>,
    /// The bulk revoke that runs, whoever began it, or the last one, until its result was seen.
    pub cleanup: Option<RunningCleanupView>,
    /// The new token whose value waits: one that a page before this one may have shown.
    pub waiting: Option<CreatedView>,
    /// What others did since the last visit, in what is shown; `None` if nothing is different.
    pub news: Option<NewsView>,
}

/// A connection.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Identifies it.
    pub id: u32,
    /// What the admin calls it.
    pub label: String,
    /// What it is for.
    pub environment: EnvironmentName,
    /// One of the colors, counted from 0.
    pub colour: u8,
    /// The server's host, as ASCII.
    pub host: String,
    /// The server's address.
    pub base_url: String,
    /// The organization's name.
    pub organization: String,
    /// The organization's id.
    pub organization_id: String,
    /// What signs in.
    pub method: MethodName,
    /// Who is signed in, where the server says.
    pub user: Option<String>,
    /// The role of that user, where the server says.
    pub role: Option<String>,
    /// Where the credential lives.
    pub storage: StorageName,
    /// Whether it is the embedded sandbox.
    pub sandbox: bool,
    /// How many tokens its list has.
    pub tokens: u32,
    /// Its projects.
    pub projects: Vec<ProjectView>,
    /// Whether its last load failed, whole or in part.
    pub troubled: bool,
    /// Why its list may be incomplete, in sentences; empty if it is whole.
    pub gaps: Vec<String>,
    /// Whether the server said that who is signed in may not manage tokens.
    pub forbidden: bool,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::Environment`")]
pub enum EnvironmentName {
    Production,
    Staging,
    Development,
}

/// What signs in.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::Method`")]
pub enum MethodName {
    ApiToken,
    Session,
}

/// Where a credential lives.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::CredentialStorage`")]
pub enum StorageName {
    Keychain,
    Session,
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

/// How a connection is to be told apart from now on.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LookRequest {
    /// The connection.
    pub id: u32,
    /// What to call it.
    pub label: String,
    /// What it is for.
    pub environment: EnvironmentName,
    /// One of the colors, counted from 0.
    pub colour: u8,
    /// Its place in the order, counted from 0.
    pub position: u32,
}

impl StatusView {
    /// The state as of `now`.
    pub fn new(status: Status, now: DateTime<Utc>) -> Self {
        let summary = status.summary();
        let cleanups = status
            .shown()
            .flat_map(|line| &line.cleanups)
            .map(|open| OpenCleanupView::new(open, now))
            .collect();
        let loose_ends = status
            .shown()
            .flat_map(|line| &line.loose_ends)
            .map(|end| LooseEndView::new(end.clone(), now))
            .collect();
        let news = NewsView::new(status.shown(), &status.clocks(now));
        Self {
            number: status.number,
            generation: status.generation,
            minute: u32::try_from(now.timestamp() / 60).unwrap_or_default(),
            shown: match status.shown {
                Shown::All => None,
                Shown::One(ConnectionId(id)) => Some(id),
            },
            connections: status.connections.into_iter().map(ConnectionView::from).collect(),
            syncing: summary.phase == Phase::Syncing,
            loaded: summary.loaded,
            as_of: summary.synced_at.map(|time| when::clock(time, now)),
            as_of_title: summary.synced_at.map(when::absolute),
            complete: summary.complete,
            unreadable: summary.unreadable,
            problems: summary.problems.into_iter().map(ErrorView::from).collect(),
            last_used_reported: summary.last_used_reported,
            signed_out: summary.signed_out.map(|ConnectionId(id)| id),
            loose_ends,
            cleanups,
            cleanup: status.cleanup.map(RunningCleanupView::from),
            waiting: status.waiting.map(CreatedView::from),
            news,
        }
    }
}

impl From<ConnectionStatus> for ConnectionView {
    fn from(line: ConnectionStatus) -> Self {
        let forbidden = line.forbidden();
        let ConnectionStatus { connection, list, tokens, projects, .. } = line;
        let look = connection.look;
        Self {
            id: connection.id.0,
            label: text::visible(&look.label),
            environment: look.environment.into(),
            colour: look.colour,
            host: connection.base_url.host().to_owned(),
            base_url: connection.base_url.as_str().to_owned(),
            organization: text::visible(&connection.organization_name),
            organization_id: connection.organization_id,
            method: match connection.method {
                Method::ApiToken => MethodName::ApiToken,
                Method::Session => MethodName::Session,
            },
            user: connection.user.as_deref().map(text::visible),
            role: connection.role.as_deref().map(text::visible),
            storage: match connection.storage {
                CredentialStorage::Keychain => StorageName::Keychain,
                CredentialStorage::Session => StorageName::Session,
            },
            sandbox: connection.sandbox,
            tokens: super::count(tokens),
            projects: projects.into_iter().map(ProjectView::from).collect(),
            troubled: !(list.gaps.is_empty() && list.problems.is_empty()),
            gaps: gaps_said(&list.gaps),
            forbidden,
        }
    }
}

impl From<Environment> for EnvironmentName {
    fn from(environment: Environment) -> Self {
        match environment {
            Environment::Production => Self::Production,
            Environment::Staging => Self::Staging,
            Environment::Development => Self::Development,
        }
    }
}

impl From<EnvironmentName> for Environment {
    fn from(name: EnvironmentName) -> Self {
        match name {
            EnvironmentName::Production => Self::Production,
            EnvironmentName::Staging => Self::Staging,
            EnvironmentName::Development => Self::Development,
        }
    }
}

impl From<Project> for ProjectView {
    fn from(project: Project) -> Self {
        Self { id: project.id, name: text::visible(&project.name), archived: project.archived }
    }
}

impl From<LookRequest> for Look {
    fn from(request: LookRequest) -> Self {
        Self {
            label: request.label,
            environment: request.environment.into(),
            colour: request.colour,
        }
    }
}
