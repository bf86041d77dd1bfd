//! Dates on their way from the wire through memory to disk. The three answers a server may give
//! (docs/entri-api.md#dates) are never confused with each other.

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, Null, ToSqlOutput, ValueRef};
use token_audit::Date;

/// A server's statement about a time, as everything above the wire represents it.
#[must_use]
pub fn told(date: entri_api::Date) -> Date {
    match date {
        entri_api::Date::At(time) => Date::At(time),
        entri_api::Date::None => Date::None,
        entri_api::Date::Unreadable => Date::Unreadable,
    }
}

/// A date for programs: RFC 3339 in UTC, to the second; `None` for none, and `unreadable`.
#[must_use]
pub fn written(date: Date) -> Option<String> {
    match date {
        Date::At(at) => Some(time(at)),
        Date::None => None,
        Date::Unreadable => Some("unreadable".to_owned()),
    }
}

/// A time for programs: RFC 3339 in UTC, to the second.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The notice about a list with this many tokens whose dates can't be read.
pub(crate) fn notice(unreadable: u32) -> Option<String> {
    let tokens = match unreadable {
        0 => return None,
        1 => "1 token".to_owned(),
        count => format!("{count} tokens"),
    };
    Some(format!(
        "Couldn’t read dates of {tokens}. They don’t count toward any finding. To list the tokens, \
         search for is:unreadable."
    ))
}

/// A date in eight bytes: whole seconds since 1970 in UTC, which is all that a list keeps. Sorts like
/// dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(i64);

impl Stamp {
    // Both lie outside what a date can hold.
    pub(crate) const NONE: Self = Self(i64::MIN);
    pub(crate) const UNREADABLE: Self = Self(i64::MAX);

    /// The number that is stored on disk; `None` for no date.
    pub(crate) fn kept(self) -> Option<i64> {
        (self != Self::NONE).then_some(self.0)
    }

    /// Reads the number that [`Self::kept`] returned.
    pub(crate) fn from_kept(kept: Option<i64>) -> Self {
        kept.map_or(Self::NONE, Self)
    }

    /// Seconds since 1970; `None` unless there is a readable time.
    pub(crate) fn seconds(self) -> Option<i64> {
        (self != Self::NONE && self != Self::UNREADABLE).then_some(self.0)
    }
}

impl From<Date> for Stamp {
    fn from(date: Date) -> Self {
        match date {
            Date::At(time) => Self(time.timestamp()),
            Date::None => Self::NONE,
            Date::Unreadable => Self::UNREADABLE,
        }
    }
}

impl From<Stamp> for Date {
    fn from(stamp: Stamp) -> Self {
        match stamp {
            Stamp::NONE => Self::None,
            // A number outside the range of dates is unreadable, too.
            Stamp(seconds) => {
                DateTime::<Utc>::from_timestamp(seconds, 0).map_or(Self::Unreadable, Self::At)
            }
        }
    }
}

impl ToSql for Stamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.kept().map_or(ToSqlOutput::from(Null), ToSqlOutput::from))
    }
}

impl FromSql for Stamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Option::column_result(value).map(Self::from_kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_date_becomes_another_one() {
        let at = |text: &str| Date::At(text.parse().unwrap());
        let ends = [Date::At(DateTime::<Utc>::MIN_UTC), at("9000-12-31T23:59:59Z")];
        let dates = [Date::None, Date::Unreadable, at("2026-11-24T14:02:00Z")];
        for date in dates.into_iter().chain(ends) {
            assert_eq!(Date::from(Stamp::from(date)), date);
            let database = rusqlite::Connection::open_in_memory().unwrap();
            let read = |row: &rusqlite::Row<'_>| row.get::<_, Stamp>(0);
            let kept = database.query_row("SELECT ?1", [Stamp::from(date)], read).unwrap();
            assert_eq!(Date::from(kept), date);
        }
    }

    #[test]
    fn only_what_can_be_read_has_seconds() {
        let seconds = |date: Date| Stamp::from(date).seconds();
        assert_eq!(seconds(Date::None), None);
        assert_eq!(seconds(Date::Unreadable), None);
        assert_eq!(seconds(Date::At(DateTime::UNIX_EPOCH)), Some(0));
    }
}
