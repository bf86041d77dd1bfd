//! The servers' own activity logs, where they may be seen (contract §9). They are asked for when
//! somebody looks, and nothing of them is kept.

use entri_api::LogEntry;

use crate::connection::ConnectionId;
use crate::desk::Desk;
use crate::error::{Error, Problem};

/// How many pages of each log are read: the newest entries, not all of its history.
const PAGES: usize = 2;

/// What the logs say, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerActivity {
    /// The entries, each with the connection it comes from.
    pub entries: Vec<(ConnectionId, LogEntry)>,
    /// Which logs could not be read, and why.
    pub problems: Vec<Problem>,
}

impl Desk {
    /// The activity logs of what is shown; `text` must be in what was done, by whom or to what.
    pub async fn server_activity(&self, text: &str) -> ServerActivity {
        let text = text.trim().to_lowercase();
        let connections: Vec<_> = {
            let state = self.state();
            state.shown_lines().map(|line| line.connection.clone()).collect()
        };
        let mut activity = ServerActivity { entries: Vec::new(), problems: Vec::new() };
        for connection in connections {
            match self.log_of(connection.id).await {
                Ok(entries) => {
                    let of = entries.into_iter().map(|entry| (connection.id, entry));
                    activity.entries.extend(of.filter(|(_, entry)| holds(entry, &text)));
                }
                Err(error) => {
                    activity.problems.push(Problem::from(&error).of(&connection.look.label));
                }
            }
        }
        activity.entries.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.at));
        activity
    }

    async fn log_of(&self, id: ConnectionId) -> Result<Vec<LogEntry>, Error> {
        let in_use = self.in_use(id).await?;
        let mut pages = in_use.client.activity(&in_use.connection.organization_id);
        let mut entries = Vec::new();
        for _ in 0..PAGES {
            let Some(page) = pages.next().await? else { break };
            entries.extend(page.items);
        }
        Ok(entries)
    }
}

fn holds(entry: &LogEntry, text: &str) -> bool {
    let optional = [&entry.who, &entry.target_type, &entry.target_id];
    let texts = optional.into_iter().flatten().chain([&entry.action]);
    text.is_empty() || texts.into_iter().any(|it| it.to_lowercase().contains(text))
}
