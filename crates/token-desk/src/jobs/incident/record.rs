//! The record of an incident as a file, and the message to whoever made the token.

use std::ffi::OsStr;
use std::fmt::Write;
use std::iter::once;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::json;
use token_audit::csv::Table;

use super::revoke::{CREATED_BY, NO_CREATOR};
use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::model::time::dates::time;
use crate::model::token::incident::{Incident, IncidentId, IncidentStep};
use crate::system::private_file::{FileRequest, PrivateFile};
use crate::system::threads::blocking;
use crate::text::{self, plain};
use crate::when;

const COLUMNS: [&str; 7] =
    ["Time (UTC)", "Journal entry", "Step", "Token", "Token ID", "Detail", "Seal"];

/// All that a record says. It never has the value, nor any part of it.
struct Record<'a> {
    incident: &'a Incident,
    connection: &'a Connection,
    made_at: DateTime<Utc>,
}

impl Desk {
    /// Saves the record of an incident: as JSON or as a CSV timeline if the file's name ends so, and else as Markdown.
    /// All times are in UTC. Returns the path of the new file.
    pub async fn save_record(
        &self,
        id: IncidentId,
        request: FileRequest,
        now: DateTime<Utc>,
    ) -> Result<PathBuf, Error> {
        let (desk, connection) = (self.clone(), self.connection(id.connection)?);
        blocking(move || {
            let incident = desk.incident(id)?;
            let place = PrivateFile::at(&request)?;
            let record = Record { incident: &incident, connection: &connection, made_at: now };
            let (form, content) = record.written(&place.file);
            place.write(&[content.as_bytes()])?;
            let exported = (&*place.file, form);
            desk.write_down_export(&[connection], Deed::RecordExported, exported, now);
            Ok(place.file)
        })
        .await?
    }

    /// Copies a message to whoever made the token: that its value was found, and what to do.
    pub async fn copy_incident_message(&self, id: IncidentId) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            let message = message(&desk.incident(id)?);
            desk.inner.clipboard.copy_text(message)
        })
        .await?
    }
}

/// A step, as a line of the timeline in JSON.
fn told(step: &IncidentStep) -> serde_json::Value {
    json!({
        "entry": step.number,
        "at": time(step.at),
        "what": step.what.code(),
        "says": step.what.words(Some(Deed::ValueFound)),
        "token": step.token.as_ref().map(|id| &id.0),
        "name": step.name,
        "detail": step.says(),
        "seal": step.seal,
    })
}

impl Record<'_> {
    fn written(&self, file: &Path) -> (&'static str, String) {
        let ending = file.extension().map(OsStr::to_ascii_lowercase);
        match ending.as_ref().and_then(|it| it.to_str()) {
            Some("json") => ("JSON", self.json()),
            Some("csv") => ("CSV", self.csv()),
            _ => ("Markdown", self.markdown()),
        }
    }

    fn json(&self) -> String {
        let Self { incident, connection, made_at } = self;
        let found = json!({
            "entry": incident.id.number,
            "at": time(incident.at),
            "what": Deed::ValueFound.code(),
            "says": Deed::ValueFound.words(None),
            "detail": self.found(),
            "seal": incident.seal,
        });
        let named = incident.named().map(|(key, name, sureness)| {
            let how = incident.last(Deed::Identified).and_then(|it| it.detail.clone());
            json!({"id": key.id.0, "name": name, "sureness": sureness.word(), "how": how})
        });
        let record = json!({
            "format": 1,
            "madeAt": time(*made_at),
            "server": connection.base_url.as_str(),
            "organization": connection.organization_name,
            "entry": incident.id.number,
            "foundAt": time(incident.at),
            "foundBy": incident.by,
            "foundIn": incident.places,
            "token": named,
            "before": pairs_of(incident, Deed::Snapshot).collect::<Vec<_>>(),
            "timeline": once(found).chain(incident.steps.iter().map(told)).collect::<Vec<_>>(),
            "exposure": pairs_of(incident, Deed::Exposure).collect::<Vec<_>>(),
            "openQuestions": self.questions(),
        });
        format!("{record:#}\n")
    }

    /// ` in ~/src/notes.md:3`, if a scan found it.
    fn places(&self, written: fn(&str) -> String) -> String {
        let places = self.incident.places.as_deref();
        places.map(|places| format!(" in {}", written(places))).unwrap_or_default()
    }

    fn csv(&self) -> String {
        let mut table = Table::new(COLUMNS.len());
        table.row(&COLUMNS);
        let (at, number) = (time(self.incident.at), self.incident.id.number.to_string());
        let found = Deed::ValueFound.words(None);
        table.row(&[&at, &number, found, "", "", &self.found(), &self.incident.seal]);
        for step in &self.incident.steps {
            let id = step.token.as_ref().map_or("", |id| &id.0);
            let [name, detail] = [step.name.as_deref(), step.says()].map(Option::unwrap_or_default);
            let says = step.what.words(Some(Deed::ValueFound));
            let (at, number) = (time(step.at), step.number.to_string());
            table.row(&[&at, &number, says, name, id, detail, &step.seal]);
        }
        table.into_text()
    }

    fn markdown(&self) -> String {
        let Self { incident, connection, made_at } = self;
        let name = incident
            .named()
            .map(|(key, name, _)| format!("{} ({})", plain(name), plain(&key.id.0)));
        let mut page = format!(
            "# Incident: the value of {}\n\n{} at {}. Found {} by {}{}. Record of {}. All times are in UTC.\n",
            name.as_deref().unwrap_or("an unknown token"),
            plain(&connection.organization_name),
            plain(connection.base_url.as_str()),
            when::absolute(incident.at),
            plain(&incident.by),
            self.places(plain),
            when::absolute(*made_at),
        );
        let sections = [("Exposure", Deed::Exposure), ("Before it was revoked", Deed::Snapshot)];
        for (title, deed) in sections {
            let pairs = pairs_of(incident, deed).map(|pair| pair.map(|text| plain(text)));
            let lines: Vec<_> = pairs.map(|pair| format!("- {}\n", pair.join(": "))).collect();
            if !lines.is_empty() {
                // Writing to a `String` can't fail.
                let _ = write!(page, "\n## {title}\n\n{}", lines.concat());
            }
        }
        page += "\n## Timeline\n\n";
        let found = (incident.at, Deed::ValueFound.words(None), incident.id.number);
        page += &line(found, Some(&self.found()), &incident.seal);
        for step in &incident.steps {
            let did = (step.at, step.what.words(Some(Deed::ValueFound)), step.number);
            page += &line(did, step.says(), &step.seal);
        }
        if let Some(questions) = self.questions() {
            let _ = write!(page, "\n## Open questions\n\n{}\n", plain(&questions));
        }
        page
    }

    fn found(&self) -> String {
        format!("by {}{}", self.incident.by, self.places(str::to_owned))
    }

    fn questions(&self) -> Option<String> {
        self.incident.last(Deed::OpenQuestions)?.detail.clone().filter(|it| !it.is_empty())
    }
}

/// A line of the timeline: when, what was done, and the number of its entry.
fn line(
    (at, says, number): (DateTime<Utc>, &str, i64),
    detail: Option<&str>,
    seal: &str,
) -> String {
    let detail = detail.map(|it| format!(": {}", plain(it))).unwrap_or_default();
    format!("- {} {says}{detail} (entry {number}, seal {seal})\n", time(at))
}

/// What the last step of this kind is based on: names and values, without those that are empty.
fn pairs_of(incident: &Incident, of: Deed) -> impl Iterator<Item = [&String; 2]> {
    let basis = incident.last(of).map(|it| it.basis.as_slice()).unwrap_or_default();
    basis.chunks(2).filter_map(|pair| match pair {
        [name, value] if !value.is_empty() => Some([name, value]),
        _ => None,
    })
}

fn message(incident: &Incident) -> String {
    let person = incident.fact(CREATED_BY).filter(|it| *it != NO_CREATOR);
    let greeting = person.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},"));
    let token = incident.named().map(|(key, name, _)| format!("- {name} ({})", key.id));
    let proven = incident.proofs().last().is_some_and(|it| it.what == Deed::ValueRefused);
    let revoked = incident.steps.iter().find(|it| it.what == Deed::IncidentRevoked);
    let revoked = match revoked {
        Some(step) if proven => format!(
            "It was revoked on {}, and the server refuses its value since.",
            when::absolute(step.at)
        ),
        Some(step) => format!("It was revoked on {}.", when::absolute(step.at)),
        None => "It no longer works.".to_owned(),
    };
    let text = format!(
        "{greeting}\n\nThe value of this API token was found where it shouldn’t be:\n\n{}\n\n{revoked} Everything \
         that used it fails until it has a new token.\n\nWhere was it used, and who else may have seen it?\n",
        token.unwrap_or_default()
    );
    text.lines().map(text::visible).collect::<Vec<_>>().join("\n") + "\n"
}
