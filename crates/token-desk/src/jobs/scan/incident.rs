//! What is done about a token that a scan found: an incident, as for a value that was pasted.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::place::PlaceTold;
use super::show::FoundToken;
use crate::desk::Desk;
use crate::error::{Error, ScanError};
use crate::model::token::incident::{Incident, IncidentId};
use crate::system::threads::blocking;

impl Desk {
    /// Begins an incident for a token that the scan found, or goes on with the one it has. The value itself isn't
    /// known: the scanner keeps it to itself.
    ///
    /// # Errors
    /// [`ScanError::Changed`] if the scan has no such token any longer.
    pub async fn incident_of_scan(
        &self,
        fingerprint: &str,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let token = self.found_token(fingerprint, home, now).await?;
        let places = places(&token.places, token.count);
        let _alone = self.inner.incidents.beginning.lock().await;
        let Some(owner) = token.owner else {
            return self.begin_unknown_incident(token.print, places, now).await;
        };
        let open = self.incidents().await?;
        let same = |of: &Incident| of.named().is_some_and(|(key, ..)| key == owner.key);
        if let Some(open) = open.iter().find(|it| same(&it.incident)) {
            return Ok(open.incident.id);
        }
        self.begin_named_incident((owner.key, owner.name), (owner.sureness, owner.how), places, now)
            .await
    }

    /// Copies the path of a place.
    ///
    /// # Errors
    /// [`ScanError::Changed`]
    pub async fn copy_scan_path(
        &self,
        fingerprint: &str,
        place: usize,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let path = self.found_place(fingerprint, place, home, now).await?.1.path;
        let desk = self.clone();
        blocking(move || desk.inner.clipboard.copy_text(path)).await?
    }

    /// A place of a token of the last scan.
    ///
    /// # Errors
    /// [`ScanError::Changed`]
    pub async fn found_place(
        &self,
        fingerprint: &str,
        place: usize,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<(FoundToken, PlaceTold), Error> {
        let token = self.found_token(fingerprint, home, now).await?;
        let place = token.places.get(place).cloned().ok_or(ScanError::Changed)?;
        Ok((token, place))
    }

    /// A token of the last scan.
    ///
    /// # Errors
    /// [`ScanError::Changed`]
    pub(super) async fn found_token(
        &self,
        fingerprint: &str,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<FoundToken, Error> {
        let scan = self.whole_scan(home, now).await?;
        let tokens = scan.into_iter().flat_map(|scan| scan.tokens);
        let token = tokens.into_iter().find(|it| it.fingerprint == fingerprint);
        Ok(token.ok_or(ScanError::Changed)?)
    }
}

/// `web/ci/.env:2 and 3 other places`.
fn places(shown: &[PlaceTold], count: u64) -> String {
    let first = shown.first().map(|place| place.path.clone()).unwrap_or_default();
    match count {
        0 | 1 => first,
        2 => format!("{first} and 1 other place"),
        _ => format!("{first} and {} other places", count - 1),
    }
}
