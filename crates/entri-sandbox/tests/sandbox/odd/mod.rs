//! Responses of odd servers, as they are on the wire.

mod bytes;
mod changes;
mod clocks;
mod dates;
mod drawn;
mod entries;
mod moves;
mod pages;
mod places;
mod uses;
mod values;
mod words;

use serde_json::Value;

use crate::support::{As, Bench, ORGANIZATION};

/// A page of the organization's tokens.
async fn page(bench: &Bench, query: &str) -> Value {
    bench.get(&format!("{ORGANIZATION}?{query}"), As::Admin).await.json()
}

/// The entries of a page, with or without an envelope.
fn entries(page: &Value) -> &Vec<Value> {
    page.as_array().or_else(|| page["data"].as_array()).unwrap()
}

fn ids(page: &Value) -> Vec<&str> {
    entries(page).iter().map(|entry| entry["_id"].as_str().unwrap()).collect()
}
