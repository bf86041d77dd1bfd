//! A value may be somewhere on purpose, such as in the file of the tool that uses it. That is remembered by its
//! fingerprint and the place, without a line.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use token_scan::Hit;

use super::place;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::token::TokenKey;
use crate::system::threads::blocking;

impl Desk {
    /// Remembers that the value of a token belongs in one of the places where the scan found it. A token that is
    /// nowhere else is not leaked.
    ///
    /// # Errors
    /// [`crate::error::ScanError::Changed`]
    pub async fn belongs_there(
        &self,
        fingerprint: &str,
        place: usize,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (token, place) = self.found_place(fingerprint, place, home, now).await?;
        let alone = token.owner.filter(|_| token.count == 1);
        let desk = self.clone();
        blocking(move || {
            desk.remember_belonging((token.print, place.key), true)?;
            if let Some(owner) = alone {
                desk.not_leaked(&owner.key)?;
                desk.list_anew(now);
            }
            Ok::<_, Error>(())
        })
        .await??;
        self.tell();
        Ok(())
    }

    /// Lists all places of the last scan again.
    pub async fn belongs_nowhere(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let Some(scan) = self.inner.scans.last() else { return Ok(()) };
        let hits = scan.hits();
        let desk = self.clone();
        let again = blocking(move || -> Result<_, Error> {
            for hit in hits.iter().filter(|hit| desk.belongs(hit)) {
                desk.remember_belonging((hit.fingerprint.0, place::key(hit)), false)?;
            }
            Ok(hits)
        });
        let hits = again.await??;
        self.mark_leaked(hits, now).await;
        self.tell();
        Ok(())
    }

    /// Whether the value belongs where it was found.
    pub(super) fn belongs(&self, hit: &Hit) -> bool {
        self.inner.scans.belongs(&(hit.fingerprint.0, place::key(hit)))
    }

    fn remember_belonging(&self, of: ([u8; 32], String), belongs: bool) -> Result<(), Error> {
        // What only this start knows by a key of its own is forgotten with it.
        if self.inner.scans.last().is_some_and(|scan| scan.is_kept) {
            self.inner.store.write_belonging(&of, belongs)?;
        }
        self.inner.scans.remember(of, belongs);
        Ok(())
    }

    fn not_leaked(&self, key: &TokenKey) -> Result<(), Error> {
        {
            let mut state = self.state();
            if let Some(held) = state.connection_mut(key.connection) {
                Arc::make_mut(&mut held.leaked).0.remove(&key.id.0);
            }
            state.list_anew();
        }
        Ok(self.inner.store.forget_leaked(key)?)
    }
}
