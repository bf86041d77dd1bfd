//! Values that were found where they shouldn't be. They wait until they are proven dead, or somebody wipes them.

use std::collections::HashMap;

use entri_api::{ApiToken, Secret};

use super::{Vault, Window};
use crate::model::connection::ConnectionId;
use crate::model::token::TokenKey;
use crate::model::token::incident::IncidentId;

/// The values of the incidents that aren't closed.
#[derive(Default)]
pub(super) struct FoundValues(HashMap<IncidentId, Found>);

struct Found {
    value: ApiToken,
    /// Whether the text that it was found in can be read in one way only.
    is_certain: bool,
    /// Whose it is, once that is known otherwise than by somebody's choice.
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
    /// The window that is open now.
    pub fn window(&self) -> Window {
        self.with(|slots| slots.window)
    }

    /// Takes in a value that was found, unless the window it was pasted in is closed by now.
    pub fn found(&self, incident: IncidentId, value: ApiToken, is_certain: bool, window: Window) {
        self.with(|slots| {
            if slots.window == window {
                slots.found.0.insert(incident, Found { value, is_certain, key: None });
            }
        });
    }

    /// Says whose value it is; `None` if that isn't known.
    pub fn found_is_of(&self, incident: IncidentId, key: Option<&TokenKey>) {
        self.with(|slots| {
            if let Some(found) = slots.found.0.get_mut(&incident) {
                found.key = key.cloned();
            }
        });
    }

    /// Whether the value may have been read wrongly in the text it was found in.
    pub fn found_uncertain(&self, incident: IncidentId) -> bool {
        self.with(|slots| slots.found.0.get(&incident).is_some_and(|found| !found.is_certain))
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

    /// Wipes the values of a connection that was left: their incidents can't be reached any longer.
    pub fn forget_found_at(&self, connection: ConnectionId) {
        self.with(|slots| slots.found.0.retain(|incident, _| incident.connection != connection));
    }

    /// Wipes the value that was found, if it is there.
    pub fn forget_found(&self, incident: IncidentId) {
        self.with(|slots| slots.found.0.remove(&incident));
    }
}
