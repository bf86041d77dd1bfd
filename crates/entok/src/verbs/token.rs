//! Tokens as JSON and as cells, and the one that is meant.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use token_audit::{Date, Severity};
use token_desk::{Desk, Query, Row, Status, TokenKey, text::visible, written};

use crate::exit::Failed;

/// Every row of a query.
const ALL: usize = usize::MAX;

/// The tokens shown that match a search, with their findings.
pub fn rows(desk: &Desk, search: &str, now: DateTime<Utc>) -> Result<Vec<Row>, Failed> {
    let query = Query { text: search.to_owned(), ..Query::default() };
    let listing = desk.query_with_findings(&query, 0, ALL, None, now);
    match listing.problems.first() {
        Some(problem) => Err(Failed::usage(problem.message.clone())),
        None => Ok(listing.rows),
    }
}

/// The token with this id or, if there is only one of it, this name.
pub fn meant(desk: &Desk, name: &str, now: DateTime<Utc>) -> Result<TokenKey, Failed> {
    let rows = desk.query(&Query::default(), 0, ALL, None, now).rows;
    let with = |is: &dyn Fn(&Row) -> bool| {
        let keys = rows.iter().filter(|row| is(row)).map(|row| row.key.clone());
        keys.collect::<Vec<_>>()
    };
    let mut found = with(&|row| row.key.id.0 == name);
    if found.is_empty() {
        found = with(&|row| row.name == name);
    }
    let name = visible(name);
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => Err(Failed::because(format!("There is no token “{name}” in the list."))),
        _ => Err(Failed::usage(format!(
            "There are {} tokens “{name}”. Use an id, and --connection if several are shown.",
            found.len()
        ))),
    }
}

/// A token as JSON; the schema is in the README.
pub fn json(row: &Row, status: &Status) -> Value {
    json!({
        "id": row.key.id.0,
        "name": row.name,
        "connection": label(row, status),
        "project": row.project,
        "scopes": row.scopes,
        "state": state(row),
        "created_at": written(row.created),
        "created_by": row.created_by,
        "expires_at": written(row.expires),
        "last_used_at": written(row.last_used),
        "findings": row.findings.as_ref().map(|all| findings(all).collect::<Vec<_>>()),
    })
}

fn findings(all: &[(Severity, String)]) -> impl Iterator<Item = Value> {
    all.iter().map(|(severity, title)| json!({"severity": severity.name(), "title": title}))
}

/// What the admin calls the token's connection.
pub fn label<'a>(row: &Row, status: &'a Status) -> &'a str {
    let of = status.connections.iter().find(|it| it.connection.id == row.key.connection);
    of.map_or("", |it| &it.connection.appearance.label)
}

/// The state in lower case, as in the report's words: `never used`.
pub fn state(row: &Row) -> String {
    row.chip.words().to_lowercase()
}

/// A date for people: the day in UTC.
pub fn day(date: Date, none: &str) -> String {
    match date {
        Date::None => none.to_owned(),
        Date::At(time) => time.format("%Y-%m-%d").to_string(),
        Date::Unreadable => "unreadable".to_owned(),
    }
}
