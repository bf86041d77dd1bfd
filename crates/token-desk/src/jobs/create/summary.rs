//! What a new token will be able to do, in words.

use chrono::{DateTime, Utc};
use entri_api::ProjectId;

use crate::list::Inventory;
use crate::when;

/// The owner of the token in words: its project, or the organization.
pub(super) fn owner(list: &Inventory, project_id: Option<&ProjectId>) -> String {
    let name = |id: &ProjectId| list.projects().iter().find(|project| project.id == *id);
    match project_id {
        None => "the whole organization".to_owned(),
        Some(id) => name(id).map_or_else(|| id.0.clone(), |project| project.name.clone()),
    }
}

/// What the token will be able to do, and until when, as far as that is known.
pub(super) fn summary(
    scopes: &[String],
    owner: &str,
    expires: &Result<Option<DateTime<Utc>>, String>,
) -> String {
    let has = |wanted: &str| scopes.iter().any(|scope| scope == wanted);
    let known = scopes.iter().all(|scope| scope.starts_with("translations:"));
    let does = match (has("translations:read"), has("translations:write")) {
        _ if scopes.is_empty() => {
            format!("Same access as its creator in {owner}")
        }
        _ if !known => format!("Access to {} in {owner}", scopes.join(", ")),
        (true, true) => format!("Read and write translations in {owner}"),
        (true, false) => format!("Read translations in {owner}"),
        _ => format!("Write translations in {owner}"),
    };
    match expires {
        Ok(Some(ends)) => format!("{does} until {}.", when::long_date(*ends)),
        Ok(None) => format!("{does}. Never expires."),
        Err(_) => format!("{does}."),
    }
}
