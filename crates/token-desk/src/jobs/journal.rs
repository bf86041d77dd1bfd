//! Keeps the journal: writes what is still to be written, seals it in the keychain, and verifies it.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::storage::journal::{Anchor, Anchored, Draft, Verified};
use crate::system::threads::{blocking, lock};

impl Desk {
    /// Clears our copy from the clipboard and writes pending journal entries, when the app quits.
    pub fn quit(&self) {
        self.inner.clipboard.clear_now();
        self.inner.journals.write_owed();
        self.anchor_journal();
    }

    /// Writes pending journal entries and stores the journal's last seal in the keychain. Call this every
    /// minute.
    pub async fn keep_journal(&self) -> Result<(), Error> {
        let desk = self.clone();
        let owed = blocking(move || {
            let owed = desk.inner.journals.unwritten().is_some();
            desk.inner.journals.write_owed();
            desk.anchor_journal();
            owed
        });
        if owed.await? {
            self.tell();
        }
        Ok(())
    }

    /// Records something that was already done, with what it is about. If that fails, it is written later, and shown
    /// until then.
    pub(crate) fn write_down(
        &self,
        connection: &Connection,
        what: Deed,
        (about, detail): (&str, &str),
        now: DateTime<Utc>,
    ) {
        let draft = Draft { detail: Some(detail), ..Draft::act(what, connection, now) };
        self.inner.journals.append_or_owe(connection, &draft, about);
        self.tell();
    }

    /// Records a file that was exported: its name without the folder, which may say more of the computer than
    /// others who read the journal should know.
    pub(crate) fn write_down_export(
        &self,
        connections: &[Connection],
        what: Deed,
        (file, format): (&Path, &str),
        now: DateTime<Utc>,
    ) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let detail = format!("{name} ({format})");
        for connection in connections {
            self.write_down(connection, what, (&name, &detail), now);
        }
    }

    /// Verifies the journal of the connections shown. All servers share one; the embedded sandbox has its own,
    /// which is verified if nothing but it is shown.
    pub async fn verify_journal(&self) -> Result<Verified, Error> {
        let desk = self.clone();
        blocking(move || {
            let mut verified = desk.verified()?;
            let sandbox = desk.shown_connections().iter().all(|it| it.sandbox);
            if verified.broken.is_none() && !sandbox {
                verified.anchored = desk.anchored()?;
            }
            Ok(verified)
        })
        .await?
    }

    /// Copies the seal of the last unaltered entry, to be kept elsewhere and compared with later ones.
    pub async fn copy_seal(&self) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || desk.inner.clipboard.copy_text(desk.verified()?.seal)).await?
    }

    /// Like [`Self::verify_journal`], from where blocking does no harm.
    pub(crate) fn verified(&self) -> Result<Verified, Error> {
        let connections = self.shown_connections();
        let journals = &self.inner.journals;
        // What was done stays on record after the last connection is gone.
        let journal = match connections.iter().find(|it| !it.sandbox).or(connections.first()) {
            Some(one) => journals.of(one)?,
            None => journals.of_servers()?,
        };
        Ok(journal.verify()?)
    }

    /// Compares the journal on disk with the hash kept in the keychain.
    fn anchored(&self) -> Result<Anchored, Error> {
        let Some((journal, key)) = self.inner.journals.to_anchor() else {
            return Ok(Anchored::None);
        };
        match self.inner.keychain.load(&key) {
            Ok(kept) => match kept.as_ref().and_then(Anchor::from_secret) {
                Some(kept) => Ok(journal.compare(kept)?),
                None => Ok(Anchored::Unknown),
            },
            Err(error) => Ok(Anchored::Unavailable(error)),
        }
    }

    /// Stores the journal's last seal in the keychain whenever it has changed. A seal that contradicts the
    /// journal is kept, because it shows that somebody changed the file.
    fn anchor_journal(&self) {
        let Some((journal, key)) = self.inner.journals.to_anchor() else { return };
        let Ok(Some(last)) = journal.last() else { return };
        if lock(&self.inner.anchored).as_ref() == Some(&last) {
            return;
        }
        let kept = match self.anchored() {
            Ok(Anchored::Unknown | Anchored::Holds(_)) => {
                self.inner.keychain.save(&key, &last.to_secret())
            }
            Ok(Anchored::Unavailable(error)) => Err(error),
            other => {
                tracing::warn!(?other, "the journal is not the one that the keychain knows");
                Ok(())
            }
        };
        match kept {
            Ok(()) => *lock(&self.inner.anchored) = Some(last),
            Err(error) => {
                tracing::info!(%error, "the keychain was not told of the journal's last seal");
            }
        }
    }
}
