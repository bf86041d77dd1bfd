//! The inventory against a naive model of it, over hostile names and ids.

mod answers;
mod clocks;
mod creators;
mod language;
mod lookup;
mod merged;
mod model;
mod suggest;
mod together;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::ProjectId;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use token_audit::Date;

use super::{Builder, Inventory, Labels, Policies, Query, Search, Sort};
use crate::model::connection::ConnectionId;
use crate::model::time::clocks::Clocks;
use crate::model::token::{Project, TokenKey, TokenRecord};

const CONNECTION: ConnectionId = ConnectionId(7);

fn key(id: &str) -> TokenKey {
    TokenKey { connection: CONNECTION, id: id.into() }
}

fn now() -> DateTime<Utc> {
    "2026-11-24T14:02:00Z".parse().unwrap()
}

/// A list of one connection, ready to be asked.
fn search(samples: &[Sample]) -> Search {
    let labels = Labels(vec![(CONNECTION, "Production".to_owned())]);
    let list = inventory(samples).into();
    Search::new(list, Policies::default(), Vec::new(), labels, Clocks::alike(now()))
}

/// A query for this text, sorted by name.
fn query(text: &str) -> Query {
    Query { text: text.to_owned(), sort: Sort::Name, descending: false, ..Query::default() }
}

/// A token that owns its texts.
#[derive(Debug, Clone)]
struct Sample {
    id: String,
    name: String,
    project: Option<usize>,
    scopes: &'static str,
    creator: Option<&'static str>,
    created: Date,
    expires: Date,
    last_used: Date,
    last_used_reported: bool,
    revoked: bool,
    own: bool,
}

impl Sample {
    fn record(&self) -> TokenRecord<'_> {
        TokenRecord {
            name: &self.name,
            project_id: self.project.map(|at| ProjectId(PROJECTS[at].0)),
            scopes: self.scopes,
            created: self.created,
            expires: self.expires,
            last_used: self.last_used,
            last_used_reported: self.last_used_reported,
            revoked: self.revoked,
            own: self.own,
            created_by: self.creator,
            ..TokenRecord::sample(&self.id)
        }
    }
}

/// The third is in no list of projects, so that its id stands for its name.
const PROJECTS: [(&str, &str); 3] = [("p-1", "Web"), ("p-2", "Ærø ferries"), ("p-9", "p-9")];

/// Few letters, so that names and ids repeat, hold and continue one another; and what trips a
/// search: separators, case that changes length, invisible characters.
fn text(least: usize) -> impl Strategy<Value = String> {
    let letter = select(vec!["a", "A", "aa", "b", "-", " ", "1", "İ", "ß", "Σ", "\u{202E}", "日"]);
    vec(letter, least..6).prop_map(|letters| letters.concat())
}

/// Seconds around the thresholds and far away from them, often the same.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    let near = select(vec![0i64, 1, 2, 29, 30, 31, 89, 90, 91, 400])
        .prop_map(|days| now() - TimeDelta::days(days));
    let coming = (0..60i64).prop_map(|days| now() + TimeDelta::days(days));
    let ends = select(vec![DateTime::UNIX_EPOCH - TimeDelta::days(9), DateTime::UNIX_EPOCH]);
    prop_oneof![6 => near, 3 => coming, 1 => ends]
}

fn date() -> impl Strategy<Value = Date> {
    prop_oneof![3 => Just(Date::None), 1 => Just(Date::Unreadable), 4 => instant().prop_map(Date::At)]
}

prop_compose! {
    fn sample()(
        id in text(1),
        name in text(0),
        project in option::of(0..PROJECTS.len()),
        scopes in select(vec!["", "translations:read", "translations:read a:b"]),
        creator in option::of(select(vec!["Mira Holt", "aa"])),
        dates in [date(), date(), date()],
        last_used_reported: bool,
        revoked in prop::bool::weighted(0.1),
        own in prop::bool::weighted(0.1),
    ) -> Sample {
        let [created, expires, last_used] = dates;
        Sample {
            id, name, project, scopes, creator, created, expires, last_used, last_used_reported,
            revoked, own,
        }
    }
}

/// Tokens with unique ids, as in a list.
fn samples() -> impl Strategy<Value = Vec<Sample>> {
    vec(sample(), 0..40).prop_map(|mut samples| {
        let mut seen = std::collections::HashSet::new();
        samples.retain(|sample| seen.insert(sample.id.clone()));
        samples
    })
}

/// A token of the organization about which nothing else is known.
fn sample_of(id: &str) -> Sample {
    Sample {
        id: id.to_owned(),
        name: id.to_owned(),
        project: None,
        scopes: "",
        creator: None,
        created: Date::None,
        expires: Date::None,
        last_used: Date::None,
        last_used_reported: true,
        revoked: false,
        own: false,
    }
}

fn inventory(samples: &[Sample]) -> Inventory {
    inventory_of(CONNECTION, samples)
}

fn inventory_of(connection: ConnectionId, samples: &[Sample]) -> Inventory {
    let project = |&(id, name): &(&str, &str)| Project {
        id: id.into(),
        name: name.to_owned(),
        archived: false,
    };
    let mut builder =
        Builder::new(connection, &PROJECTS[..2].iter().map(project).collect::<Vec<_>>());
    for sample in samples {
        builder.push(&sample.record());
    }
    builder.finish()
}
