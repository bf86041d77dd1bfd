//! Activity: the journal in readable form, and whether it is unaltered.

mod export;

pub(crate) mod deeds;
pub(crate) mod log_words;
pub(crate) mod server_activity;

use chrono::{DateTime, Utc};

use crate::desk::{Desk, blocking, lock};
use crate::error::Error;
use crate::folded::folded;
use crate::jobs::activity::deeds::{Deed, DeedFilter};
use crate::model::connection::{Connection, ConnectionId};
use crate::storage::journal::{Anchor, Anchored, Verified};

pub use export::ActivitySource;

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identifies it.
    pub id: EntryId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The number of the act that this is a step of; `None` for an act or a decision.
    pub attempt: Option<i64>,
    /// The kind of that act: `create` or `revoke`.
    pub act: Option<String>,
    /// The act, the decision, or how far the act came.
    pub what: String,
    /// The token's name at that time.
    pub name: Option<String>,
    /// The tokens it concerns, as far as they were known then.
    pub token_ids: Vec<String>,
    /// The place a value was delivered to, or the reason for a decision.
    pub detail: Option<String>,
    /// When a decision ends.
    pub until: Option<DateTime<Utc>>,
    /// Who did it: the account, or the API token, that was signed in. `None` for a step, and for what
    /// an older version of the app wrote down.
    pub by: Option<String>,
    /// The number of the bulk revoke that this act is a part of.
    pub part_of: Option<i64>,
}

/// Identifies an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryId {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub number: i64,
}

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

impl Entry {
    /// What happened, in words.
    #[must_use]
    pub fn says(&self) -> &str {
        let act = self.act.as_deref();
        let words = WORDS
            .iter()
            .find(|(of, what, _)| *what == self.what && of.is_none_or(|of| Some(of) == act));
        // Entries of later versions are shown as written.
        words.map_or(&self.what, |(.., words)| words)
    }

    pub(crate) fn holds(&self, text: &str) -> bool {
        let texts = self.name.iter().chain(&self.token_ids).chain(&self.detail).chain(&self.by);
        text.is_empty() || texts.into_iter().any(|it| folded(it).contains(text))
    }
}

/// The act (if it matters), the entry's code, and its words.
const WORDS: [(Option<&str>, &str, &str); 31] = [
    (None, "create", "Creating"),
    (None, "revoke", "Revoking"),
    (None, "keep until", "Kept"),
    (None, "ask owner", "Owner asked"),
    (None, "plan revoke", "Revocation scheduled"),
    (None, "withdraw decision", "Decision undone"),
    (Some("create"), "unclear", "Unconfirmed: creation"),
    (Some("revoke"), "unclear", "Unconfirmed: revocation"),
    (None, "denied", "Refused by the server"),
    (None, "unreadable", "Created (unreadable response)"),
    (None, "made", "Created"),
    (None, "found", "Found later; value lost"),
    (None, "handing over", "Sending"),
    (None, "handed over", "Delivered"),
    (None, "not handed over", "Delivery failed"),
    (None, "kept", "Kept"),
    (Some("create"), "refused", "Not created"),
    (Some("revoke"), "refused", "Not revoked"),
    (None, "not made", "Not created"),
    (None, "not revoked", "Revocation failed"),
    (None, "revoked", "Revoked"),
    (None, "clean up", "Bulk revoke started"),
    (None, "token revoked", "Revoked (bulk)"),
    (None, "token gone", "Already revoked"),
    (None, "token skipped", "Skipped: used since"),
    (None, "token left", "Skipped: changed since"),
    (None, "token not revoked", "Not revoked"),
    (None, "clean-up finished", "Bulk revoke finished"),
    (None, "clean-up left", "Bulk revoke canceled"),
    (None, "clean-up put off", "Bulk revoke scheduled"),
    (None, "gone", "Removed"),
];

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
