//! The part of a connection's journal that the page shows.

use std::collections::HashMap;

use crate::error::{Error, StoreError};
use crate::model::bulk_revoke::OpenCleanup;
use crate::model::connection::{Connection, ConnectionId};
use crate::model::decision::DecidedOn;
use crate::model::token::TokenKey;
use crate::model::unresolved::{LooseEnd, LooseEndId, LooseEndKind};
use crate::storage::journal::{Act, Attempt, Journal, Journals, Placement, Stage};

/// The part of a connection's journal that the page shows.
#[derive(Default)]
pub(crate) struct Journaled {
    pub(crate) loose_ends: Vec<LooseEnd>,
    pub(crate) cleanups: Vec<OpenCleanup>,
    /// Where the values are, by the token's id.
    pub(crate) placements: HashMap<String, Vec<Placement>>,
    /// The decisions about tokens, by id.
    pub(crate) decisions: HashMap<String, DecidedOn>,
}

impl Journaled {
    pub(crate) fn read(journals: &Journals, connection: &Connection) -> Result<Self, Error> {
        let journal = journals.of(connection)?;
        let open = open_attempts(journals, journal, connection)?;
        let ends = open.into_iter().filter_map(|attempt| loose_end(connection.id, attempt));
        Ok(Self {
            loose_ends: ends.collect(),
            cleanups: journal.open_cleanups(connection)?,
            placements: journal.placements(connection)?,
            decisions: journal.decisions(connection)?,
        })
    }
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

pub(crate) fn loose_end(connection: ConnectionId, attempt: Attempt) -> Option<LooseEnd> {
    let kind = match (attempt.act, attempt.stage) {
        (Act::Revoke, _) | (Act::Create, Stage::Denied) => return None,
        (Act::Create, Stage::Found) => LooseEndKind::ValueLost,
        (Act::Create, _) if attempt.unclear() => LooseEndKind::Unclear,
        (Act::Create, _) => LooseEndKind::NeverHandedOver,
    };
    let tokens = attempt.token_ids.into_iter().map(|id| TokenKey { connection, id }).collect();
    let id = LooseEndId { connection, attempt: attempt.id.0 };
    Some(LooseEnd { id, name: attempt.name, at: attempt.at, kind, tokens })
}
