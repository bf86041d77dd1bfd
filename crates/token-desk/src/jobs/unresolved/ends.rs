//! A token that a create may have created is gone.

use chrono::{DateTime, Utc};
use entri_api::TokenId;

use crate::desk::Desk;
use crate::model::connection::Connection;
use crate::model::deed::Deed;
use crate::storage::journal::{Attempt, Draft, Journal};

impl Desk {
    /// These tokens were revoked or are gone, so their open attempts end.
    pub(crate) fn end_for(
        &self,
        connection: &Connection,
        ended: &[(&TokenId, Deed)],
        now: DateTime<Utc>,
    ) {
        let written = self.inner.journals.of(connection).and_then(|journal| {
            let mut attempts = journal.open_attempts(connection)?;
            attempts.retain(|attempt| attempt.act == Deed::Create);
            for attempt in &mut attempts {
                for (id, stage) in ended {
                    lose(journal, attempt, id, *stage, now);
                }
            }
            Ok(())
        });
        if let Err(error) = written {
            tracing::warn!(%error, "the journal could not be written");
        }
        self.read_journal(connection);
    }
}

/// Records that a token that a create may have created was revoked, or is gone.
fn lose(journal: &Journal, attempt: &mut Attempt, id: &TokenId, stage: Deed, now: DateTime<Utc>) {
    let (gone, left): (Vec<_>, Vec<_>) = attempt.token_ids.iter().cloned().partition(|it| it == id);
    if gone.is_empty() {
        return;
    }
    // If several match, the created one may be among the remaining ones.
    let (stage, about) = if attempt.unclear() {
        // It may have created none of them; later lists will tell.
        (Deed::Unclear, &left)
    } else if left.is_empty() {
        (stage, &gone)
    } else {
        (Deed::Found, &left)
    };
    let step = Draft { token_ids: about, ..Draft::step(attempt.id.0, stage, now) };
    journal.append_or_owe(&step, &attempt.name);
    attempt.token_ids = left;
}
