//! A page of a list in every form that docs/entri-api.md#tolerance tolerates.

use serde_json::{Value, json};

use crate::forms::ListShape;
use crate::model::PageOf;
use crate::variant::Variant;

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
