//! A date in every form that docs/entri-api.md#dates tolerates.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::forms::DateForm;

/// A date in a form; `None` leaves it out.
pub fn date(form: DateForm, time: Option<DateTime<Utc>>) -> Option<Value> {
    match (form, time) {
        (DateForm::Junk(text), _) | (DateForm::Sentinel(text), None) => {
            serde_json::from_str(text).ok()
        }
        (_, None) => Some(Value::Null),
        (form, Some(time)) => Some(written(form, time)),
    }
}

fn written(form: DateForm, time: DateTime<Utc>) -> Value {
    let like = |format: &str| json!(time.format(format).to_string());
    match form {
        DateForm::Iso | DateForm::Sentinel(_) => json!(iso(time)),
        DateForm::IsoOffset => {
            let hour_east = FixedOffset::east_opt(3600);
            json!(hour_east.map(|zone| time.with_timezone(&zone).to_rfc3339()))
        }
        DateForm::Seconds => json!(time.timestamp()),
        DateForm::Milliseconds => json!(time.timestamp_millis()),
        DateForm::Microseconds => json!(time.timestamp_micros()),
        DateForm::Nanoseconds => json!(time.timestamp_nanos_opt()),
        DateForm::SecondsText => json!(time.timestamp().to_string()),
        DateForm::MillisecondsText => json!(time.timestamp_millis().to_string()),
        DateForm::MicrosecondsText => json!(time.timestamp_micros().to_string()),
        DateForm::NanosecondsText => {
            json!(time.timestamp_nanos_opt().map(|nanoseconds| nanoseconds.to_string()))
        }
        DateForm::Mongo => json!({"$date": iso(time)}),
        DateForm::MongoNumber => json!({"$date": time.timestamp_millis()}),
        DateForm::SecondsNanos => json!({"seconds": time.timestamp(), "nanos": 0}),
        DateForm::Blank => like("%Y-%m-%d %H:%M:%S"),
        DateForm::Bare => like("%Y-%m-%dT%H:%M:%S"),
        DateForm::Minutes => like("%Y-%m-%dT%H:%MZ"),
        DateForm::OffsetHours => like("%Y-%m-%dT%H:%M:%S+00"),
        DateForm::OffsetCompact => like("%Y-%m-%dT%H:%M:%S+0000"),
        DateForm::Http => json!(http(time)),
        DateForm::Broken | DateForm::Junk(_) => json!("some time ago"),
    }
}

pub fn iso(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// As HTTP writes dates.
pub fn http(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
