//! Background checks from the tray.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use tauri_specta::Event;
use token_audit::View;
use token_desk::{Sort, Watch, WatchNews, text, when};

/// Whether and how often background checks run, and their state.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WatchView {
    /// Hours between two checks; `null` while they are off.
    pub hours: Option<u32>,
    /// When the next check is due, in words; `None` if none is.
    pub next: Option<String>,
    /// The labels of connections that need a sign-in first.
    pub stopped: Vec<String>,
    /// The labels of connections whose credential isn't available from the keychain right now.
    /// Checks try again.
    pub waiting: Vec<String>,
    /// Whether the app is in the tray and keeps running when its window is closed.
    pub in_tray: bool,
    /// Whether the app starts when somebody signs in to this computer; `None` where it can’t.
    pub at_login: Option<bool>,
}

/// A notification was clicked: the next start shows its tokens. Sent as the event `watchOpened`.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[tauri_specta(event_name = "watchOpened")]
pub struct WatchOpenedView;

/// The list's initial query after such a click.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenedView {
    /// The text of the search.
    pub text: String,
    /// The card that filters the list.
    pub view: View,
    /// The column it is sorted by.
    pub sort: Sort,
    /// Whether the largest value comes first.
    pub descending: bool,
}

impl WatchView {
    /// Shows the next check relative to `now`.
    #[must_use]
    pub fn new(watch: &Watch, in_tray: bool, at_login: Option<bool>, now: DateTime<Utc>) -> Self {
        Self {
            hours: watch.every.map(token_desk::Every::in_hours),
            next: watch.next.map(|at| when::relative(at.max(now), now)),
            stopped: watch.stopped.iter().map(|label| text::visible(label)).collect(),
            waiting: watch.waiting.iter().map(|label| text::visible(label)).collect(),
            in_tray,
            at_login,
        }
    }
}

impl From<&WatchNews> for OpenedView {
    fn from(WatchNews { query, .. }: &WatchNews) -> Self {
        Self {
            text: query.text.clone(),
            view: query.view,
            sort: query.sort,
            descending: query.descending,
        }
    }
}
