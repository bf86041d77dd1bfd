//! Activity: the journal in readable form, and whether it is unaltered.

mod export;

pub(crate) mod deeds;
pub(crate) mod log_words;
pub(crate) mod server_activity;

use crate::desk::Desk;
use crate::error::Error;
use crate::folded::folded;
use crate::jobs::activity::deeds::{Deed, DeedFilter};
use crate::model::connection::Connection;
use crate::storage::journal::{Anchor, Anchored, Verified};
use crate::system::threads::{blocking, lock};

pub use export::ActivitySource;

/// What was done, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The acts of this page, each with all of its entries.
    pub deeds: Vec<Deed>,
    /// How many match in total.
    pub total: usize,
    /// The number of entries in total, matching or not.
    pub entries: usize,
    /// For each filter, the number of acts that have the text and match the filter.
    pub counts: [(DeedFilter, usize); DeedFilter::ALL.len()],
}

/// Which acts to return.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityQuery {
    /// A text that one of the entries must have in the token's name or id, its detail, or who did it; case
    /// ignored.
    pub text: String,
    /// Only acts that match this filter; `None` for all acts.
    pub only: Option<DeedFilter>,
    /// The maximum number to return.
    pub len: usize,
}

impl Desk {
    /// Returns what was done on the connections shown.
    pub async fn activity(&self, query: ActivityQuery) -> Result<Activity, Error> {
        let desk = self.clone();
        blocking(move || desk.activity_now(&query)).await?
    }

    fn activity_now(&self, query: &ActivityQuery) -> Result<Activity, Error> {
        let text = folded(query.text.trim());
        let mut entries = Vec::new();
        for connection in self.shown_connections() {
            entries.extend(self.inner.journals.of(&connection)?.entries(&connection)?);
        }
        let all = entries.len();
        let mut deeds = Deed::of(entries);
        deeds.retain(|deed| deed.holds(&text));
        let counts = DeedFilter::ALL
            .map(|filter| (filter, deeds.iter().filter(|deed| filter.fits(deed)).count()));
        deeds.retain(|deed| query.only.is_none_or(|only| only.fits(deed)));
        deeds.sort_by_key(|deed| std::cmp::Reverse((deed.at(), deed.id.number)));
        let total = deeds.len();
        deeds.truncate(query.len);
        Ok(Activity { deeds, total, entries: all, counts })
    }

    /// Verifies the journal of the connections shown. All servers share one; the embedded sandbox has its own,
    /// which is verified if nothing else is shown.
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
    pub(crate) fn anchor_journal(&self) {
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

    /// Like [`Self::verify_journal`], from where blocking does no harm.
    pub(crate) fn verified(&self) -> Result<Verified, Error> {
        let connections = self.shown_connections();
        let one = connections.iter().find(|it| !it.sandbox).or(connections.first());
        Ok(self.inner.journals.of(one.ok_or(Error::NotConnected)?)?.verify()?)
    }

    fn shown_connections(&self) -> Vec<Connection> {
        self.state().shown_lines().map(|line| line.connection.clone()).collect()
    }
}
