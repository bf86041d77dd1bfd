//! Activity as a file for spreadsheets, with the filters of the screen.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use entri_api::LogEntry;
use token_audit::csv::Table;

use super::{Activity, ActivityQuery};
use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::activity::acts::Act;
use crate::jobs::activity::log_words::log_says;
use crate::jobs::activity::server_activity::ServerActivity;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::model::entry::Entry;
use crate::model::time::dates::time;
use crate::system::private_file::{FileRequest, PrivateFile};
use crate::system::threads::blocking;

/// Which lanes of the screen are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum ActivitySource {
    /// What was done in this app, and what the servers logged.
    Both,
    /// What was done in this app.
    App,
    /// What the servers logged.
    Server,
}

const COLUMNS: [&str; 13] = [
    "Source",
    "Time (UTC)",
    "Act",
    "Outcome of the act",
    "Event",
    "Token",
    "Token ids",
    "By",
    "Detail",
    "Until (UTC)",
    "Organization",
    "Server",
    "Journal entry",
];

/// Who did what an older version of the app wrote down.
const NOT_RECORDED: &str = "not recorded";

impl Desk {
    /// Saves all matching activity, one row per entry; returns the path of the new file.
    pub async fn save_activity(
        &self,
        query: ActivityQuery,
        source: ActivitySource,
        request: FileRequest,
        now: DateTime<Utc>,
    ) -> Result<PathBuf, Error> {
        // Said before the servers are asked, since it is often a typo.
        PrivateFile::at(&request)?;
        let log = match source {
            ActivitySource::App => None,
            _ => Some(self.server_activity(&query.text, now).await),
        };
        let desk = self.clone();
        blocking(move || {
            let query = ActivityQuery { len: usize::MAX, ..query };
            let app = match source {
                ActivitySource::Server => None,
                _ => Some(desk.activity_now(&query)?),
            };
            let text = desk.activity_table(app.as_ref(), log.as_ref(), now);
            let place = PrivateFile::at(&request)?;
            place.write(&[text.as_bytes()])?;
            let (shown, exported) = (desk.shown_connections(), (&*place.file, "CSV"));
            desk.write_down_export(&shown, Deed::ActivityExported, exported, now);
            Ok(place.file)
        })
        .await?
    }

    fn activity_table(
        &self,
        app: Option<&Activity>,
        log: Option<&ServerActivity>,
        now: DateTime<Utc>,
    ) -> String {
        let connections = self.shown_connections();
        let of = |id: ConnectionId| connections.iter().find(|it| it.id == id);
        let mut table = Table::new(COLUMNS.len());
        table.row(&COLUMNS);
        for act in app.iter().flat_map(|activity| &activity.acts) {
            for entry in &act.steps {
                row(&mut table, of(entry.id.connection), app_fields(act, entry));
            }
        }
        let clocks = self.clocks(now);
        for (id, entry) in log.iter().flat_map(|log| &log.entries) {
            // By this computer's clock, as on the screen.
            let at = entry.at.at().and_then(|at| at.checked_sub_signed(clocks.ahead(*id)));
            let project = log.and_then(|log| log.project(*id, entry));
            row(&mut table, of(*id), log_fields(entry, at, project));
        }
        for note in log.iter().flat_map(|log| notes(log)) {
            table.row(&["Note", "", "", "", &note]);
        }
        table.into_text()
    }
}

/// The fields up to the organization, and the number in the journal.
type Fields = ([String; 10], String);

fn row(table: &mut Table, connection: Option<&Connection>, (fields, number): Fields) {
    let (organization, server) =
        connection.map_or(("", ""), |it| (&*it.organization_name, it.base_url.as_str()));
    let fields = fields.iter().map(String::as_str).chain([organization, server, &number]);
    table.row(&fields.collect::<Vec<_>>());
}

fn app_fields(act: &Act, entry: &Entry) -> Fields {
    let fields = [
        "This app".to_owned(),
        time(entry.at),
        format!("{} #{}", act.kind().name(), act.id.number),
        act.outcome().map_or_else(String::new, |outcome| outcome.says),
        entry.says().into_owned(),
        entry.name.clone().unwrap_or_default(),
        entry.token_ids.iter().map(|id| &*id.0).collect::<Vec<_>>().join(" "),
        entry.by.as_deref().or(act.by()).unwrap_or(NOT_RECORDED).to_owned(),
        entry.detail.clone().unwrap_or_default(),
        entry.until.map_or_else(String::new, time),
    ];
    (fields, entry.id.number.to_string())
}

fn log_fields(entry: &LogEntry, at: Option<DateTime<Utc>>, project: Option<&str>) -> Fields {
    let target = [&entry.target_type, &entry.target_id].map(|it| it.as_deref().unwrap_or_default());
    let at = match entry.at {
        entri_api::Date::Unreadable => "unreadable".to_owned(),
        _ => at.map_or_else(String::new, time),
    };
    let fields = [
        "Server".to_owned(),
        at,
        entry.action.clone(),
        String::new(),
        log_says(entry, project),
        String::new(),
        String::new(),
        entry.who.clone().unwrap_or_else(|| "not reported".to_owned()),
        target.join(" ").trim().to_owned(),
        String::new(),
    ];
    (fields, String::new())
}

/// What is missing of the servers' logs: a file is read when nobody can look at the screen.
fn notes(log: &ServerActivity) -> Vec<String> {
    let older = log.older.then(|| "Older server entries weren’t loaded.".to_owned());
    log.problems.iter().map(|it| it.message.clone()).chain(older).collect()
}
