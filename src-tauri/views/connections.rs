//! Connections, how they are distinguished, and the state of their lists.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;
use token_desk::{
    Appearance, ConnectionId, ConnectionStatus, CredentialStorage, Environment, Method, Phase,
    Project, Reached, Settings, Shown, Status, gaps_said, text, when,
};

use super::{
    CreatedView, LayoutView, NewsView, OpenBulkRevokeView, OpenedView, QueryView,
    RunningBulkRevokeView, StepView, UnresolvedView,
};
use crate::error::ErrorView;

/// What the page starts with: everything that its first paint shows.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    /// The initial content of the address field.
    pub address: String,
    /// The first rows of the last-known list.
    pub list: Option<QueryView>,
    /// The connections, and how their lists came about.
    pub status: StatusView,
    /// What a sign-in waits for that an earlier page began. The address is then that of its server.
    pub step: Option<StepView>,
    /// What the list begins with after a click on a notification.
    pub opened: Option<OpenedView>,
    /// How the page was last laid out.
    pub layout: LayoutView,
    /// What a person set for the whole app.
    pub settings: Settings,
    /// The app's version, such as `0.1.0`.
    pub version: String,
}

/// Everything the page knows besides the rows. Sent as the event `changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "changed")]
pub struct StatusView {
    /// If two views overtake each other on the way, the one with the higher number is the newer
    /// one.
    pub number: u32,
    /// Grows with every change of the lists.
    pub generation: u32,
    /// Minutes since 1970 by this computer's clock: with each one, the words for times may change.
    pub minute: u32,
    /// The number of the connection that is shown; `None` for all of them.
    pub shown: Option<u32>,
    /// Every connection, in the admin's order.
    pub connections: Vec<ConnectionView>,
    /// Whether a list is being loaded.
    pub syncing: bool,
    /// Tokens received so far by the load that is running.
    pub loaded: u32,
    /// `14:02`: when the list was loaded; `None` before the first time.
    pub as_of: Option<String>,
    /// The same with the date, on this computer's clock and with its zone.
    pub as_of_local: Option<String>,
    /// The same in UTC, for the tooltip.
    pub as_of_title: Option<String>,
    /// Whether every part of the list could be loaded.
    pub complete: bool,
    /// How many tokens have an unreadable date; if any, no count that depends on dates is final.
    pub unreadable: u32,
    /// How many servers have stopped recording uses; if any, no count that depends on use is final.
    pub frozen: u32,
    /// What may be missing from the lists, and what failed in their last loads.
    pub problems: Vec<ErrorView>,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// Which of the servers could be reached at the last load.
    pub reached: Reached,
    /// The number of a connection that needs a new sign-in.
    pub signed_out: Option<u32>,
    /// Creates that didn't finish, in what is shown.
    pub unresolved: Vec<UnresolvedView>,
    /// Bulk revokes that didn't finish.
    pub bulk_revokes: Vec<OpenBulkRevokeView>,
    /// How many rotations go on, in what is shown.
    pub rotations: u32,
    /// How many values were found, anywhere, that are still being dealt with.
    pub incidents: u32,
    /// The bulk revoke that is running, whoever started it, or the last one, until its result has
    /// been seen.
    pub bulk_revoke: Option<RunningBulkRevokeView>,
    /// The new token whose value is waiting, which an earlier page may have shown.
    pub waiting: Option<CreatedView>,
    /// What others changed since the last visit, in what is shown; `None` if nothing changed.
    pub news: Option<NewsView>,
}

/// A connection, and the state of its list.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// The connection's number, which identifies it.
    pub id: u32,
    /// What the admin calls it.
    pub label: String,
    /// Whether it is for production, staging or development.
    pub environment: Environment,
    /// The number of its color, counted from 0.
    pub color: u8,
    /// The server's host, as ASCII.
    pub host: String,
    /// The server's address, with its scheme.
    pub base_url: String,
    /// The organization's name, with hidden characters shown.
    pub organization: String,
    /// The organization's id on its server.
    pub organization_id: String,
    /// Whether an API token or a session signs in.
    pub method: Method,
    /// Who is signed in, if the server says so.
    pub user: Option<String>,
    /// The role of that user, if the server says so.
    pub role: Option<String>,
    /// Where the credential is kept.
    pub storage: CredentialStorage,
    /// Whether it is the embedded sandbox.
    pub sandbox: bool,
    /// How many tokens its list has.
    pub tokens: u32,
    /// The organization's projects, archived ones too.
    pub projects: Vec<ProjectView>,
    /// Whether any part of its last load failed.
    pub troubled: bool,
    /// Why its list may be incomplete, in sentences; empty if it is complete.
    pub gaps: Vec<String>,
    /// Whether the server said that whoever is signed in may not manage tokens.
    pub forbidden: bool,
}

/// A project of the connection's organization.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProjectView {
    /// The project's id on its server.
    pub id: String,
    /// The project's name, with hidden characters shown.
    pub name: String,
    /// Whether it is archived.
    pub archived: bool,
}

/// The new label, environment, color and position of a connection.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LookRequest {
    /// The number of the connection to change.
    pub id: u32,
    /// What to call it.
    pub label: String,
    /// Whether it is for production, staging or development.
    pub environment: Environment,
    /// The number of its color, counted from 0.
    pub color: u8,
    /// Its place in the order, counted from 0.
    pub position: u32,
}

impl StatusView {
    /// The state as of `now`.
    pub fn new(status: Status, now: DateTime<Utc>) -> Self {
        let summary = status.summary();
        let bulk_revokes = status
            .shown()
            .flat_map(|line| &line.bulk_revokes)
            .map(|open| OpenBulkRevokeView::new(open, now))
            .collect();
        let unresolved = status
            .shown()
            .flat_map(|line| &line.unresolved)
            .map(|end| UnresolvedView::new(end.clone(), now))
            .collect();
        let news = NewsView::new(status.shown(), &status.clocks(now));
        Self {
            number: status.number,
            generation: status.generation,
            minute: u32::try_from(now.timestamp() / 60).unwrap_or_default(),
            shown: shown(status.shown),
            incidents: incidents(&status),
            connections: status.connections.into_iter().map(ConnectionView::from).collect(),
            syncing: summary.phase == Phase::Syncing,
            loaded: summary.loaded,
            as_of: summary.synced_at.map(|time| when::clock(time, now)),
            as_of_local: summary.synced_at.map(when::local),
            as_of_title: summary.synced_at.map(when::absolute),
            complete: summary.complete,
            unreadable: summary.unreadable,
            frozen: summary.frozen,
            problems: summary.problems.into_iter().map(ErrorView::from).collect(),
            last_used_reported: summary.last_used_reported,
            reached: summary.reached,
            signed_out: summary.signed_out.map(|ConnectionId(id)| id),
            unresolved,
            bulk_revokes,
            rotations: super::count(summary.rotations),
            bulk_revoke: status.bulk_revoke.map(RunningBulkRevokeView::from),
            waiting: status.waiting.map(CreatedView::from),
            news,
        }
    }
}

fn shown(of: Shown) -> Option<u32> {
    match of {
        Shown::All => None,
        Shown::One(ConnectionId(id)) => Some(id),
    }
}

/// How many values were found that are still being dealt with.
fn incidents(status: &Status) -> u32 {
    super::count(status.connections.iter().map(|line| line.incidents).sum())
}

impl From<ConnectionStatus> for ConnectionView {
    fn from(line: ConnectionStatus) -> Self {
        let forbidden = line.forbidden();
        let ConnectionStatus { connection, list, tokens, projects, .. } = line;
        let appearance = connection.appearance;
        Self {
            id: connection.id.0,
            label: text::visible(&appearance.label),
            environment: appearance.environment,
            color: appearance.color,
            host: connection.base_url.host().to_owned(),
            base_url: connection.base_url.as_str().to_owned(),
            organization: text::visible(&connection.organization_name),
            organization_id: connection.organization_id.0,
            method: connection.method,
            user: connection.user.as_deref().map(text::visible),
            role: connection.role.as_deref().map(text::visible),
            storage: connection.storage,
            sandbox: connection.sandbox,
            tokens: super::count(tokens),
            projects: projects.into_iter().map(ProjectView::from).collect(),
            troubled: !(list.gaps.is_empty() && list.problems.is_empty()),
            gaps: gaps_said(&list.gaps),
            forbidden,
        }
    }
}

impl From<Project> for ProjectView {
    fn from(project: Project) -> Self {
        Self { id: project.id.0, name: text::visible(&project.name), archived: project.archived }
    }
}

impl From<LookRequest> for Appearance {
    fn from(request: LookRequest) -> Self {
        Self { label: request.label, environment: request.environment, color: request.color }
    }
}
