//! Points in time, in every form of contract §13. What cannot be read is unknown, never an error.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;

/// Numbers from here on are milliseconds, smaller ones seconds (contract §13).
const MILLISECONDS_FROM: f64 = 1e11;

pub(super) fn time(value: &Value) -> Option<DateTime<Utc>> {
    match value {
        Value::String(text) => from_text(text.trim()),
        Value::Number(number) => from_number(number.as_f64()?),
        Value::Object(object) => match object.get("$date")? {
            Value::Object(long) => from_number(long.get("$numberLong")?.as_str()?.parse().ok()?),
            inner => time(inner),
        },
        _ => None,
    }
}

fn from_text(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    if let Ok(time) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(time.to_utc());
    }
    if let Ok(time) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f") {
        return Some(time.and_utc());
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return day.and_hms_opt(0, 0, 0).map(|time| time.and_utc());
    }
    from_number(text.parse().ok()?)
}

fn from_number(number: f64) -> Option<DateTime<Utc>> {
    let milliseconds = if number.abs() >= MILLISECONDS_FROM { number } else { number * 1000.0 };
    // A float beyond the range saturates, and such a date is unknown.
    #[expect(clippy::cast_possible_truncation, reason = "see above")]
    DateTime::from_timestamp_millis(milliseconds as i64).filter(|_| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn every_form_of_date_is_read() {
        let expected = "2026-11-20T15:03:00Z".parse::<DateTime<Utc>>().unwrap();
        let forms = [
            json!("2026-11-20T15:03:00Z"),
            json!("2026-11-20T15:03:00.000Z"),
            json!("2026-11-20T16:03:00+01:00"),
            json!("2026-11-20T16:03:00.000+0100"),
            json!("2026-11-20T15:03:00"),
            json!(1_795_186_980),
            json!(1_795_186_980_000_i64),
            json!("1795186980000"),
            json!({"$date": "2026-11-20T15:03:00Z"}),
            json!({"$date": 1_795_186_980_000_i64}),
            json!({"$date": {"$numberLong": "1795186980000"}}),
        ];
        for form in forms {
            assert_eq!(time(&form), Some(expected), "{form}");
        }
    }

    #[test]
    fn a_bad_date_is_unknown() {
        for form in [
            json!(null),
            json!(""),
            json!("soon"),
            json!(1e300),
            json!([1]),
            json!({}),
            json!(true),
        ] {
            assert_eq!(time(&form), None, "{form}");
        }
    }

    proptest! {
        #[test]
        fn no_text_or_number_panics(text in ".*", number: f64) {
            time(&json!(text));
            time(&json!(number));
        }
    }
}
