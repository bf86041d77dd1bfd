//! Finds leaked tokens on this computer: one scan at a time, on threads of its own.

mod belongs;
mod export;
mod incident;
mod keep;
mod leaked;
mod ledger;
mod place;
mod show;
mod usual;
mod whose;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entri_api::Secret;
use token_scan::{Options, Report, scan, scan_text};

use crate::desk::Desk;
use crate::desk::running::scan::RunningScan;
use crate::error::{Error, ScanError};
use crate::model::scan::ScanOf;
use crate::system::threads::blocking;

pub use ledger::{LedgerTold, UnreadTold};
pub use place::{LookedFor, PlaceKind, PlaceTold};
pub use show::{ComparedTold, FoundToken, IncidentOf, ScanNow};
pub use whose::{Life, Owner};

/// A drive answers sooner, if it does at all.
const PATIENCE: Duration = Duration::from_secs(2);

impl Desk {
    /// Searches the places on this computer where tokens tend to lie.
    ///
    /// # Errors
    /// [`ScanError::Runs`].
    pub async fn scan_usual_places(&self, home: &Path, now: DateTime<Utc>) -> Result<(), Error> {
        let places = usual::places(home);
        self.begin_scan(ScanOf::UsualPlaces, now, move |options, watch| {
            scan(&places, options, watch)
        })
        .await
    }

    /// Searches a folder, or a file, and the repositories in it: all files, and all of their history.
    ///
    /// # Errors
    /// [`ScanError::Runs`]; if there is nothing at the path.
    pub async fn scan_folder(
        &self,
        path: &str,
        home: Option<&Path>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let path = expanded(path.trim(), home).ok_or(ScanError::NotFull)?;
        let asked = path.clone();
        let exists = tokio::time::timeout(PATIENCE, blocking(move || asked.exists()));
        // Of a drive that doesn't answer nobody knows. A scan that waits for it can be canceled.
        if !exists.await.unwrap_or(Ok(true))? {
            return Err(ScanError::NotThere.into());
        }
        let (of, roots) = (ScanOf::Folder(path.clone()), vec![path]);
        self.begin_scan(of, now, move |options, watch| scan(&roots, options, watch)).await
    }

    /// Searches a text that somebody pasted.
    ///
    /// # Errors
    /// [`ScanError::Runs`].
    pub async fn scan_pasted(&self, text: Secret, now: DateTime<Utc>) -> Result<(), Error> {
        self.begin_scan(ScanOf::Text, now, move |options, watch| {
            scan_text(text.expose().as_bytes(), options, watch)
        })
        .await
    }

    /// Stops the scan that runs, if one does.
    pub fn cancel_scan(&self) {
        self.inner.scans.cancel();
        self.tell();
    }

    async fn begin_scan(
        &self,
        of: ScanOf,
        now: DateTime<Utc>,
        scan: impl FnOnce(&Options, &RunningScan) -> Report + Send + 'static,
    ) -> Result<(), Error> {
        let desk = self.clone();
        let keys = blocking(move || {
            let kept = desk.state().connections.iter().any(|held| !held.connection.sandbox);
            desk.inner.fingerprints.for_scan(kept, &desk.inner.keychain)
        })
        .await??;
        let is_kept = keys.passing.is_some();
        let running = self.inner.scans.begin(of, now, is_kept, keys.unavailable)?;
        let options = Options {
            second_key: keys.passing,
            own_data: vec![self.inner.scans.own_data.clone()],
            ..Options::new(keys.key)
        };
        self.tell();
        let desk = self.clone();
        tokio::spawn(async move {
            let of = Arc::clone(&running);
            let report = blocking(move || scan(&options, &of)).await;
            if let Err(error) = &report {
                tracing::warn!(%error, "a scan crashed");
            }
            desk.scan_ended(&running, report.ok(), now).await;
        });
        Ok(())
    }
}

/// The full path; `None` if it isn't one.
fn expanded(path: &str, home: Option<&Path>) -> Option<PathBuf> {
    let path = match (path.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(path),
    };
    path.is_absolute().then_some(path)
}
