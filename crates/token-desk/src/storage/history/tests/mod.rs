//! The usage history over months and years, without a server.

mod growth;
mod thin;

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::{Date, ServerTime};

use super::{Book, Snapshot};
use crate::list::{Builder, Inventory};
use crate::model::connection::Connection;
use crate::model::token::TokenRecord;

/// Midnight of a Monday, when every test begins.
fn begin() -> DateTime<Utc> {
    "2024-01-01T00:00:00Z".parse().unwrap()
}

fn hours(count: i64) -> DateTime<Utc> {
    begin() + TimeDelta::hours(count)
}

/// A list of tokens with these ids and last uses.
fn list<'a>(
    connection: &Connection,
    tokens: impl IntoIterator<Item = (&'a str, impl Into<Date>)>,
) -> Inventory {
    let mut builder = Builder::new(connection.id, &[]);
    for (id, last_used) in tokens {
        builder.push(&TokenRecord {
            scopes: "translations:read translations:write",
            created: Date::At(begin()),
            last_used: last_used.into(),
            ..TokenRecord::sample(id)
        });
    }
    builder.finish()
}

fn record(book: &Book, connection: &Connection, list: &Inventory, at: DateTime<Utc>) {
    let snapshot = Snapshot {
        connection,
        list,
        unread: None,
        at,
        there: Some(ServerTime(at)),
        took: TimeDelta::zero(),
    };
    book.record(&snapshot, || Ok(true)).unwrap();
}
