//! Values that were found where they shouldn't be. They wait until they are proven dead, or somebody wipes them.

use std::collections::HashMap;

use entri_api::{ApiToken, Secret};

use super::Vault;
use crate::model::token::TokenKey;
use crate::model::token::incident::IncidentId;

/// The values of the incidents that aren't closed.
#[derive(Default)]
pub(super) struct FoundValues(HashMap<IncidentId, Found>);

struct Found {
    value: ApiToken,
    /// Whose it is, once that is known.
    key: Option<TokenKey>,
}

impl FoundValues {
    pub fn secrets(&self) -> impl Iterator<Item = Secret> {
        self.0.values().map(|found| found.value.clone().into_secret())
    }

    pub fn of(&self, key: &TokenKey) -> Option<Secret> {
        let found = self.0.values().find(|found| found.key.as_ref() == Some(key))?;
        Some(found.value.clone().into_secret())
    }
}

impl Vault {
    /// Takes in a value that was found.
    pub fn found(&self, incident: IncidentId, value: ApiToken) {
        self.with(|slots| slots.found.0.insert(incident, Found { value, key: None }));
    }

    /// Says whose value it is.
    pub fn found_is_of(&self, incident: IncidentId, key: &TokenKey) {
        self.with(|slots| {
            if let Some(found) = slots.found.0.get_mut(&incident) {
                found.key = Some(key.clone());
            }
        });
    }

    /// The value that was found, unless it was wiped.
    pub fn found_value(&self, incident: IncidentId) -> Option<ApiToken> {
        self.with(|slots| slots.found.0.get(&incident).map(|found| found.value.clone()))
    }

    /// Hands the value on to another incident.
    pub fn found_moves(&self, from: IncidentId, to: IncidentId) {
        self.with(|slots| {
            if let Some(found) = slots.found.0.remove(&from) {
                slots.found.0.insert(to, Found { key: None, ..found });
            }
        });
    }

    /// Whether the same value was found already.
    pub fn found_before(&self, value: &ApiToken) -> Option<IncidentId> {
        let secret = value.clone().into_secret();
        self.with(|slots| {
            let same = |found: &Found| found.value.is_same(&secret);
            slots.found.0.iter().find(|(_, found)| same(found)).map(|(id, _)| *id)
        })
    }

    /// Wipes the value that was found, if it is there.
    pub fn forget_found(&self, incident: IncidentId) {
        self.with(|slots| slots.found.0.remove(&incident));
    }
}
