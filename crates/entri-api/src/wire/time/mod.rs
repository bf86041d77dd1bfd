//! Reads the dates that servers send (docs/entri-api.md#dates). Each is a time, none, or unreadable.

mod text;

use chrono::{DateTime, Datelike, Utc};
use serde_json::{Number, Value};

use crate::model::date::Date;

/// Before the first of these years there was no token, and after the last there will be none: what
/// lies outside stands for "none" (Go's year 1, the epoch, the last day that SQL can hold).
const YEARS: std::ops::RangeInclusive<i32> = 2015..=9000;
/// Numbers below this aren't times but, for example, a year, a day written as 20271126, or a
/// lifetime in seconds.
const LEAST: u128 = 100_000_000;
/// The greatest number of many languages, and whatever lies beyond, means "none"; and so does the last
/// millisecond of JavaScript, which would be a time of this millennium in microseconds.
const GREATEST: i128 = i64::MAX as i128;
const LAST_OF_JAVASCRIPT: i128 = 8_640_000_000_000_000;
/// How many of each unit make a second: of no time within [`YEARS`] two of them can be meant.
const UNITS: [i128; 4] = [1, 1_000, 1_000_000, 1_000_000_000];
const NANOSECONDS: i128 = 1_000_000_000;

/// A value's statement about a time. An existing value is never treated as missing.
pub(super) fn date(value: &Value) -> Date {
    match value {
        Value::Null => Date::None,
        Value::String(text) => text::date(text.trim()),
        Value::Number(number) => from_number(number),
        Value::Object(fields) => match (fields.get("$date"), fields.get("seconds")) {
            (Some(inner), _) => match inner.get("$numberLong") {
                Some(number) => scalar(number),
                None => scalar(inner),
            },
            (_, Some(seconds)) => of_seconds(seconds, fields.get("nanos")),
            _ => Date::Unreadable,
        },
        Value::Bool(_) | Value::Array(_) => Date::Unreadable,
    }
}

/// A text or a number, but nothing nested.
fn scalar(value: &Value) -> Date {
    if value.is_object() { Date::Unreadable } else { date(value) }
}

fn of_seconds(seconds: &Value, nanos: Option<&Value>) -> Date {
    let whole = |value: &Value| match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    };
    match (whole(seconds), nanos.map_or(Some(0), whole)) {
        (Some(seconds), Some(nanos)) => {
            nanoseconds(i128::from(seconds) * NANOSECONDS + i128::from(nanos))
        }
        _ => Date::Unreadable,
    }
}

fn from_number(number: &Number) -> Date {
    let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (whole, number.as_f64()) {
        (Some(whole), _) => from_integer(whole),
        (None, Some(float)) => from_float(float),
        (None, None) => Date::Unreadable,
    }
}

fn from_integer(number: i128) -> Date {
    match number {
        0 | -1 => Date::None,
        _ if number.unsigned_abs() < LEAST => Date::Unreadable,
        GREATEST.. | LAST_OF_JAVASCRIPT => Date::None,
        _ => plausible(|unit| number.saturating_mul(NANOSECONDS / unit)),
    }
}

fn from_float(number: f64) -> Date {
    if number.fract() == 0.0 || number.abs() > 1e18 {
        // A float beyond 64 bits isn't a time in any unit, and neither is the limit itself.
        #[expect(clippy::cast_possible_truncation, reason = "saturates, see above")]
        return from_integer(number as i128);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "within 1e27")]
    match number.abs() {
        small if small < LEAST as f64 => Date::Unreadable,
        _ => plausible(|unit| (number * (NANOSECONDS / unit) as f64) as i128),
    }
}

/// The time in the unit that makes it plausible, or none if no unit does.
fn plausible(in_unit: impl Fn(i128) -> i128) -> Date {
    let times = UNITS.into_iter().map(|unit| nanoseconds(in_unit(unit)));
    times.into_iter().find(|date| date.at().is_some()).unwrap_or(Date::None)
}

fn nanoseconds(since_epoch: i128) -> Date {
    let seconds = i64::try_from(since_epoch.div_euclid(NANOSECONDS)).unwrap_or(i64::MAX);
    let part = u32::try_from(since_epoch.rem_euclid(NANOSECONDS)).unwrap_or(0);
    DateTime::from_timestamp(seconds, part).map_or(Date::None, known)
}

/// A time that can be meant, or none.
fn known(time: DateTime<Utc>) -> Date {
    if YEARS.contains(&time.year()) { Date::At(time) } else { Date::None }
}

#[cfg(test)]
mod tests;
