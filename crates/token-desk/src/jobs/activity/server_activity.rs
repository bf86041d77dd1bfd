//! The servers' own activity logs, if the user can see them (docs/entri-api.md#activity). They are loaded
//! on demand and never stored.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entri_api::{Incomplete, LogEntry};

use crate::desk::Desk;
use crate::error::{Code, Error, Problem};
use crate::folded::folded;
use crate::jobs::activity::wanted::Wanted;
use crate::model::connection::ConnectionId;
use crate::model::gaps::Things;
use crate::once::once;
use crate::when::local_day;

/// How many pages of each log are read: the newest entries, not all of its history.
const PAGES: usize = 2;

/// What the logs say, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerActivity {
    /// The entries, each with the connection it comes from.
    pub entries: Vec<(ConnectionId, LogEntry)>,
    /// The names of the projects that they may be about, by their ids.
    pub projects: HashMap<(ConnectionId, String), String>,
    /// Whether a log has more entries: only the newest were loaded and searched.
    pub older: bool,
    /// Which logs couldn't be loaded, or only partly, and why.
    pub problems: Vec<Problem>,
}

impl Desk {
    /// The activity logs of what is shown; `text` must be in what was done, by whom or to what, or be when.
    pub async fn server_activity(&self, text: &str, now: DateTime<Utc>) -> ServerActivity {
        let wanted = Wanted::new(text);
        let clocks = self.clocks(now);
        // Each server dates by its own clock.
        let at = |(id, entry): &(ConnectionId, LogEntry)| {
            entry.at.at().and_then(|at| at.checked_sub_signed(clocks.ahead(*id)))
        };
        let (connections, projects): (Vec<_>, HashMap<_, _>) = {
            let state = self.state();
            let projects = state.shown_connections().flat_map(|held| {
                let id = held.connection.id;
                held.list.projects().iter().map(move |it| ((id, it.id.0.clone()), it.name.clone()))
            });
            (
                state.shown_connections().map(|held| held.connection.clone()).collect(),
                projects.collect(),
            )
        };
        let (entries, problems) = (Vec::new(), Vec::new());
        let mut activity = ServerActivity { entries, projects, older: false, problems };
        for connection in connections {
            match self.log_of(connection.id).await {
                Ok(log) => {
                    activity.older |= log.older;
                    activity.problems.extend(log.problem(&connection.appearance.label));
                    let of = log.entries.into_iter().map(|entry| (connection.id, entry));
                    let kept = of.filter(|of| {
                        let project = activity.project(connection.id, &of.1);
                        wanted.fits(at(of).map(local_day), |text| holds(&of.1, project, text))
                    });
                    let kept: Vec<_> = kept.collect();
                    activity.entries.extend(kept);
                }
                Err(error) => {
                    activity.problems.push(Problem::from(&error).of(&connection.appearance.label));
                }
            }
        }
        activity.entries.sort_by_key(|entry| Reverse(at(entry)));
        activity
    }

    async fn log_of(&self, id: ConnectionId) -> Result<Log, Error> {
        let live = self.live(id).await?;
        let mut pages = live.client.activity(&live.connection.organization_id);
        let mut log = Log { entries: Vec::new(), older: true, lacks: None };
        for _ in 0..PAGES {
            let Some(page) = pages.next().await? else {
                log.older = false;
                break;
            };
            if page.anew {
                log.entries.clear();
            }
            log.entries.extend(page.items);
        }
        // Entries written meanwhile move the last entry of a page to the next one.
        log.entries = once(log.entries, |entry| entry.id.clone());
        log.lacks = match pages.skipped() {
            // For a log with more entries than are loaded, completeness doesn't matter.
            0 if log.older => None,
            skipped if log.older => Some(Incomplete::Unreadable(skipped)),
            _ => pages.completeness().reason(),
        };
        Ok(log)
    }
}

/// What was read of one log.
struct Log {
    entries: Vec<LogEntry>,
    older: bool,
    /// Why requested entries may be missing.
    lacks: Option<Incomplete>,
}

impl Log {
    /// What is missing from it despite being requested.
    fn problem(&self, label: &str) -> Option<Problem> {
        let message = Things::new("log entry", "log entries").incomplete(self.lacks?);
        Some(Problem { code: Code::Server, message }.of(label))
    }
}

impl ServerActivity {
    /// The name of the project that an entry is about, if that is known.
    #[must_use]
    pub fn project(&self, connection: ConnectionId, entry: &LogEntry) -> Option<&str> {
        self.projects.get(&(connection, entry.target_id.clone()?)).map(String::as_str)
    }
}

fn holds(entry: &LogEntry, project: Option<&str>, text: &str) -> bool {
    let optional = [&entry.who, &entry.target_type, &entry.target_id];
    let texts = optional.into_iter().flatten().chain([&entry.action]).map(String::as_str);
    text.is_empty() || texts.chain(project).any(|it| folded(it).contains(text))
}
