//! The part of a connection's journal that the page shows.

use std::collections::HashMap;

use entri_api::TokenId;
use token_audit::{Date, by_others};

use crate::error::{Error, StoreError};
use crate::model::bulk_revoke::OpenBulkRevoke;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::decision::DecidedOn;
use crate::model::deed::Deed;
use crate::model::rotation::RotationRecord;
use crate::model::token::TokenKey;
use crate::model::token::incident::Incident;
use crate::model::token::own_uses::OwnUses;
use crate::model::unresolved::{Unresolved, UnresolvedId, UnresolvedKind};
use crate::storage::journal::{Attempt, Delivery, Journal, Journals};

/// The part of a connection's journal that the page shows.
#[derive(Default)]
pub(crate) struct Journaled {
    pub(crate) unresolved: Vec<Unresolved>,
    pub(crate) bulk_revokes: Vec<OpenBulkRevoke>,
    /// The rotations, oldest first.
    pub(crate) rotations: Vec<RotationRecord>,
    /// The incidents that aren't closed, each with the token that it is about, as long as that isn't revoked or gone.
    pub(crate) incidents: Vec<Option<TokenId>>,
    /// When the app itself used tokens to test their values, by id.
    pub(crate) own_uses: OwnUses,
    /// Where the values are, by the token's id.
    pub(crate) deliveries: HashMap<TokenId, Vec<Delivery>>,
    /// The decisions about tokens, by id.
    pub(crate) decisions: HashMap<TokenId, DecidedOn>,
}

impl Journaled {
    pub(crate) fn read(journals: &Journals, connection: &Connection) -> Result<Self, Error> {
        let journal = journals.of(connection)?;
        let open = open_attempts(journals, journal, connection)?;
        let ends = open.into_iter().filter_map(|attempt| unresolved(connection.id, attempt));
        Ok(Self {
            unresolved: ends.collect(),
            bulk_revokes: journal.open_bulk_revokes(connection)?,
            rotations: journal
                .rotations(connection, |attempt| journals.has_in_hand(connection.id, attempt))?,
            incidents: journal.open_incidents(connection)?.iter().map(alive).collect(),
            own_uses: journal.own_uses(connection)?,
            deliveries: journal.deliveries(connection)?,
            decisions: journal.decisions(connection)?,
        })
    }
}

impl Journaled {
    /// The last use of a token by others than the app, as far as the journal says.
    pub(crate) fn by_others(&self, id: &TokenId, last_used: Date) -> Date {
        by_others(last_used, self.own_uses.get(id).map_or(&[], Vec::as_slice))
    }
}

/// The token of an incident, unless it is revoked or gone.
fn alive(incident: &Incident) -> Option<TokenId> {
    incident.named().filter(|_| !incident.is_over()).map(|(key, ..)| key.id)
}

pub(crate) fn open_attempts(
    journals: &Journals,
    journal: &Journal,
    connection: &Connection,
) -> Result<Vec<Attempt>, StoreError> {
    let mut attempts = journal.open_attempts(connection)?;
    attempts.retain(|it| !journals.has_in_hand(connection.id, it.id));
    Ok(attempts)
}

pub(crate) fn unresolved(connection: ConnectionId, attempt: Attempt) -> Option<Unresolved> {
    let kind = match (attempt.act, attempt.stage) {
        (Deed::Create, Deed::Denied) => return None,
        (Deed::Create, Deed::Found) => UnresolvedKind::ValueLost,
        (Deed::Create, _) if attempt.unclear() => UnresolvedKind::Unclear,
        (Deed::Create, _) => UnresolvedKind::NeverDelivered,
        _ => return None,
    };
    let tokens = attempt.token_ids.into_iter().map(|id| TokenKey { connection, id }).collect();
    let id = UnresolvedId { connection, attempt: attempt.id.0 };
    Some(Unresolved { id, name: attempt.name, at: attempt.at, kind, tokens })
}
