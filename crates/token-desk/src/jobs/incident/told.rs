//! The incidents that aren't closed, with all that is known of them now.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::TimeDelta;
use entri_api::PreviewFit;
use token_audit::Date;

use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::browse::lookup::Found;
use crate::model::token::TokenKey;
use crate::model::token::incident::Incident;
use crate::system::threads::blocking;

/// The longest list of tokens to choose from.
const MOST_SUSPECTS: usize = 20;

/// An incident, with what the running app knows of it.
#[derive(Debug, Clone)]
pub struct IncidentNow {
    /// What its journal has.
    pub incident: Incident,
    /// The value, masked; `None` once it was wiped, or after the app was started again.
    pub mask: Option<String>,
    /// What the last attempt to name its token says.
    pub says: Option<String>,
    /// The tokens it may be, or else those whose fingerprints weren't compared with its own, latest use first. Empty once
    /// it is named.
    pub suspects: Vec<Suspect>,
    /// Whether it is known that the value is one of those.
    pub narrowed: bool,
    /// How long until the value is tested again; `None` if it won't be.
    pub second_proof_in: Option<TimeDelta>,
}

/// A token whose value it may be.
#[derive(Debug, Clone)]
pub struct Suspect {
    /// The token's connection and id.
    pub key: TokenKey,
    /// The token's name, as the server gave it.
    pub name: String,
    /// When it was last used.
    pub last_used: Date,
}

impl IncidentNow {
    /// Whether the value should have been tested again, and wasn't: the app was closed, or not connected.
    #[must_use]
    pub fn lacks_second_proof(&self) -> bool {
        self.second_proof_in.is_none() && self.incident.is_proven_only_once()
    }
}

impl Desk {
    /// The incidents of all connections that aren't closed, latest first.
    pub async fn incidents(&self) -> Result<Vec<IncidentNow>, Error> {
        let desk = self.clone();
        blocking(move || {
            let mut all = Vec::new();
            let connections: Vec<_> = {
                let state = desk.state();
                state.connections.iter().map(|held| held.connection.clone()).collect()
            };
            for connection in connections {
                let journal = desk.inner.journals.of(&connection)?;
                all.extend(journal.open_incidents(&connection)?);
            }
            all.sort_by_key(|it| (it.at, it.id.number));
            Ok(all.into_iter().rev().map(|it| desk.incident_now(it)).collect())
        })
        .await?
    }

    fn incident_now(&self, incident: Incident) -> IncidentNow {
        let id = incident.id;
        let running = self.inner.incidents.of(id);
        let narrowed = !running.candidates.is_empty();
        let suspects = match incident.named() {
            Some(_) => Vec::new(),
            None if narrowed => self.suspects(running.candidates),
            None => self.without_fingerprint(&incident),
        };
        IncidentNow {
            mask: self.inner.vault.found_value(id).map(|value| value.mask()),
            says: running.says,
            suspects,
            narrowed,
            second_proof_in: self.second_proof_in(id),
            incident,
        }
    }

    fn suspects(&self, keys: Vec<TokenKey>) -> Vec<Suspect> {
        let found = self.find_all(&keys);
        let told = |(key, found): (TokenKey, Option<Found>)| {
            let found = found?;
            let token = found.token();
            Some(Suspect { key, name: token.name.to_owned(), last_used: token.last_used })
        };
        keys.into_iter().zip(found).filter_map(told).take(MOST_SUSPECTS).collect()
    }

    /// The tokens that neither a fingerprint nor a preview rules out, latest use first. None once their server has
    /// refused the value.
    fn without_fingerprint(&self, incident: &Incident) -> Vec<Suspect> {
        let id = incident.id;
        let (Ok(list), Ok(connection)) =
            (self.list_of(id.connection), self.connection(id.connection))
        else {
            return Vec::new();
        };
        if incident.was_refused_by(connection.base_url.host()) {
            return Vec::new();
        }
        let compared = self.inner.incidents.of(id).compared;
        let known = if compared { self.inner.fingerprints.tokens() } else { HashSet::new() };
        let value = self.inner.vault.found_value(id);
        let fits =
            |preview| value.as_ref().is_none_or(|value| value.fit(preview) != PreviewFit::Differs);
        let open = list.indices().filter(|&index| {
            let token = list.record(index);
            !token.revoked && fits(token.preview) && !known.contains(&list.key(index))
        });
        let mut open: Vec<_> = open.map(|index| (list.record(index).last_used, index)).collect();
        open.sort_by_key(|(last_used, _)| Reverse(*last_used));
        let told = |(last_used, index)| Suspect {
            key: list.key(index),
            name: list.name(index).to_owned(),
            last_used,
        };
        open.into_iter().take(MOST_SUSPECTS).map(told).collect()
    }
}
