//! The same records in every form that contract §13 tolerates.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::forms::{CreatorForm, DateForm, ListShape};
use crate::seed::{ORGANIZATION_ID, person};
use crate::store::StoredToken;
use crate::variant::Variant;

/// A page of a list.
#[derive(Clone, Copy)]
pub struct PageOf {
    pub page: u32,
    pub limit: u32,
    pub total: u32,
}

pub fn list(variant: Variant, entries: Vec<Value>, page: PageOf) -> Value {
    let PageOf { page, limit, total } = page;
    let meta = || json!({"page": page, "limit": limit, "total": total, "totalPages": total.div_ceil(limit)});
    match variant.list {
        ListShape::Envelope => json!({"data": entries, "meta": meta()}),
        ListShape::WithoutMeta => json!({"data": entries}),
        ListShape::Named(name) => json!({name: entries, "pagination": meta()}),
        ListShape::Array => Value::Array(entries),
    }
}

pub fn token(variant: Variant, token: &StoredToken) -> Value {
    let mut record = Map::new();
    match variant.id {
        "$oid" => record.insert("_id".to_owned(), json!({"$oid": token.id})),
        name => record.insert(name.to_owned(), json!(token.id)),
    };
    let mut put = |name: &str, value| record.insert(name.to_owned(), value);
    put("name", json!(token.name));
    put("organizationId", json!(ORGANIZATION_ID));
    if let Some(project) = &token.project_id {
        put("projectId", json!(project));
    }
    put("scopes", json!(token.scopes));
    put(variant.created, date(variant, Some(token.created)));
    put(variant.expires, date(variant, token.expires));
    if let Some(name) = variant.last_used {
        put(name, date(variant, token.last_used));
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
    Value::Object(record)
}

pub fn date(variant: Variant, time: Option<DateTime<Utc>>) -> Value {
    let Some(time) = time else { return Value::Null };
    match variant.dates {
        DateForm::Iso => json!(iso(time)),
        DateForm::IsoOffset => {
            let hour_east = FixedOffset::east_opt(3600);
            json!(hour_east.map(|zone| time.with_timezone(&zone).to_rfc3339()))
        }
        DateForm::Milliseconds => json!(time.timestamp_millis()),
        DateForm::Seconds => json!(time.timestamp()),
        DateForm::Mongo => json!({"$date": iso(time)}),
        DateForm::Broken => json!("some time ago"),
    }
}

pub fn iso(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
