//! The same records in every form that docs/entri-api.md#tolerance tolerates.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::forms::{CreatorForm, DateForm, ListShape};
use crate::odd::{self, DateOf};
use crate::seed::{ORGANIZATION_ID, person};
use crate::store::StoredToken;
use crate::variant::Variant;

/// A page of a list.
#[derive(Clone, Copy)]
pub struct PageOf {
    pub page: u32,
    pub limit: u32,
    /// How many entries there are in all, where that is told.
    pub total: Option<u32>,
    /// How many pages there are, where that is told.
    pub pages: Option<u32>,
}

pub fn list(variant: &Variant, entries: Vec<Value>, page: PageOf) -> Value {
    let PageOf { page, limit, total, pages } = page;
    let meta = || {
        let mut meta = json!({"page": page, "limit": limit});
        let told = [("total", total), ("totalPages", pages)];
        told.into_iter().filter(|it| it.1.is_some()).for_each(|(name, it)| meta[name] = json!(it));
        meta
    };
    match variant.list {
        ListShape::Envelope => json!({"data": entries, "meta": meta()}),
        ListShape::WithoutMeta => json!({"data": entries}),
        ListShape::Named(name) => json!({name: entries, "pagination": meta()}),
        ListShape::Array | ListShape::PagedArray => Value::Array(entries),
    }
}

pub fn token(variant: &Variant, token: &StoredToken) -> Value {
    let mut record = Map::new();
    let id = variant.odd.ids.field(&token.id);
    match variant.id {
        "$oid" => record.insert("_id".to_owned(), json!({"$oid": id})),
        name => record.insert(name.to_owned(), json!(id)),
    };
    let mut put = |name: &str, value| record.insert(name.to_owned(), value);
    put("name", json!(odd::name(variant.odd.names, &token.name)));
    put("organizationId", json!(ORGANIZATION_ID));
    if let Some(project) = &token.project_id {
        put("projectId", json!(project));
    }
    let mut scopes = token.scopes.clone();
    if variant.odd.scopes_twice {
        scopes.extend(token.scopes.iter().cloned());
    }
    put("scopes", json!(scopes));
    let dates = [
        (Some(variant.created), DateOf::Created),
        (Some(variant.expires), DateOf::Expires),
        (variant.last_used, DateOf::LastUsed),
    ];
    for (name, date) in dates {
        if let (Some(name), Some(date)) = (name, date.field(variant, token)) {
            put(name, date);
        }
    }
    let creator = person(token.creator);
    let told = match variant.creators {
        CreatorForm::Named => json!({"_id": creator.id, "name": creator.name}),
        CreatorForm::Id => json!(creator.id),
        CreatorForm::Untold => Value::Null,
    };
    put("createdBy", told);
    put("last4", json!(token.last4));
    if token.revoked {
        put("revoked", json!(true));
    }
    if variant.odd.padding > 0 {
        put("padding", json!(" ".repeat(variant.odd.padding as usize)));
    }
    Value::Object(record)
}

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
        DateForm::Http => json!(odd::http(time)),
        DateForm::Broken | DateForm::Junk(_) => json!("some time ago"),
    }
}

pub fn iso(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
