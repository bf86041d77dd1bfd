//! A token in every form that docs/entri-api.md#tolerance tolerates.

use serde_json::{Map, Value, json};

use super::date_of::DateOf;
use crate::forms::CreatorForm;
use crate::model::{ORGANIZATION_ID, StoredToken, person};
use crate::oddities;
use crate::variant::Variant;

pub fn token(variant: &Variant, token: &StoredToken) -> Value {
    let mut record = Map::new();
    let id = variant.odd.ids.field(&token.id);
    match variant.id {
        "$oid" => record.insert("_id".to_owned(), json!({"$oid": id})),
        name => record.insert(name.to_owned(), json!(id)),
    };
    let mut put = |name: &str, value| record.insert(name.to_owned(), value);
    put("name", json!(oddities::name(variant.odd.names, &token.name)));
    put("organizationId", json!(ORGANIZATION_ID));
    if let Some(project) = &token.project_id {
        put("projectId", json!(project));
    }
    let times = if variant.odd.scopes_twice { 2 } else { 1 };
    put("scopes", json!(vec![&*token.scopes; times].concat()));
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
    put("createdBy", created_by(variant, token));
    if variant.preview_of.is_none_or(|name| name == token.name) {
        put("last4", json!(token.last4));
    }
    if token.revoked {
        put("revoked", json!(true));
    }
    if variant.odd.padding > 0 {
        put("padding", json!(" ".repeat(variant.odd.padding as usize)));
    }
    Value::Object(record)
}

fn created_by(variant: &Variant, token: &StoredToken) -> Value {
    let creator = person(token.creator);
    match variant.creators {
        CreatorForm::Named => json!({"_id": creator.id, "name": creator.name}),
        CreatorForm::Id => json!(creator.id),
        CreatorForm::Untold => Value::Null,
    }
}
