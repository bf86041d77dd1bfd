//! One connection of the app, with its list and all that is known about it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::TimeDelta;
use entri_api::{Client, TokenId};
use token_audit::calibration::Calibration;

use crate::desk::edits::Edits;
use crate::desk::journaled::Journaled;
use crate::desk::running::loading::Loading;
use crate::desk::status::{ConnectionStatus, ListStatus};
use crate::list::{Cover, Inventory, Stuck};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::decision::DecidedOn;
use crate::model::news::News;
use crate::model::notes::Noted;
use crate::model::time::clocks::Clock;
use crate::model::token::TokenKey;
use crate::model::token::leak::Leaked;

/// A connection with all that belongs to it.
pub(crate) struct ConnectionState {
    pub(crate) connection: Connection,
    /// Lets a late response notice that it belongs to an earlier credential or a removed connection.
    pub(crate) epoch: u32,
    pub(crate) client: Option<Client>,
    pub(crate) list: Arc<Inventory>,
    /// The edits that the list of a running load may not have.
    pub(crate) edits: Edits,
    /// The last load, whether or not it is still running.
    pub(crate) load: Option<Loading>,
    /// Whether the disk holds the list as it is here.
    pub(crate) saved: bool,
    pub(crate) status: ListStatus,
    /// Whether its list was loaded since the app started.
    pub(crate) loaded: bool,
    /// Ids that one of the server's lists had more than once when they were loaded last.
    pub(crate) ambiguous: HashSet<TokenId>,
    /// Whether the disk could not take the connection itself yet.
    pub(crate) unwritten: bool,
    /// How far the server's clock was ahead of this computer's at the last request, according to the server;
    /// may be absurd.
    pub(crate) skew: TimeDelta,
    pub(crate) journaled: Journaled,
    /// The admin's notes about tokens, by id.
    pub(crate) notes: HashMap<TokenId, Noted>,
    /// The tokens whose values were found where they shouldn't be.
    pub(crate) leaked: Arc<Leaked>,
    /// The tokens whose rotations are stuck, as of the last load.
    pub(crate) stuck: Arc<Stuck>,
    /// What others changed since the last visit.
    pub(crate) news: Option<News>,
    /// What the server's last-used dates are worth.
    pub(crate) calibration: Calibration,
}

impl ConnectionState {
    /// A connection that nothing was loaded for yet.
    pub(super) fn new(connection: Connection, epoch: u32) -> Self {
        Self {
            connection,
            epoch,
            client: None,
            list: Arc::default(),
            edits: Edits::default(),
            load: None,
            saved: false,
            status: ListStatus::NEW,
            loaded: false,
            ambiguous: HashSet::new(),
            unwritten: false,
            skew: TimeDelta::zero(),
            journaled: Journaled::default(),
            notes: HashMap::new(),
            leaked: Arc::default(),
            stuck: Arc::default(),
            news: None,
            calibration: Calibration::UNKNOWN,
        }
    }

    pub(crate) fn clock(&self) -> Clock {
        Clock {
            connection: self.connection.id,
            skew: self.skew,
            read: self.status.synced_at,
            frozen: self.calibration.frozen.is_some(),
        }
    }

    pub(super) fn named_list(&self) -> (ConnectionId, Arc<Inventory>) {
        (self.connection.id, Arc::clone(&self.list))
    }

    /// Whether a load of its list is running.
    pub(super) fn is_loading(&self) -> bool {
        self.load.as_ref().is_some_and(Loading::goes_on)
    }

    /// Stops the running load, if there is one: its requests end, and its list isn't kept.
    pub(crate) fn end_load(&mut self) {
        if let Some(load) = &mut self.load {
            load.end();
        }
    }

    /// The list stays, but with another credential another token of it is the app's own.
    pub(super) fn mark_own(&mut self, client: &Client) {
        let mut list = Inventory::clone(&self.list);
        if list.mark_own(|preview| client.matches_preview(preview)) {
            (self.list, self.saved) = (Arc::new(list), false);
        }
    }

    pub(super) fn status(&self) -> ConnectionStatus {
        ConnectionStatus {
            connection: self.connection.clone(),
            list: self.status.clone(),
            tokens: self.list.len(),
            last_used_reported: self.list.last_used_reported(),
            unreadable: self.list.unreadable(),
            projects: self.list.projects().to_vec(),
            unresolved: self.journaled.unresolved.clone(),
            bulk_revokes: self.journaled.bulk_revokes.clone(),
            rotations: self.journaled.rotations.iter().filter(|it| it.is_open()).count(),
            incidents: self.journaled.incidents.len(),
            news: self.news.clone(),
            skew: self.skew,
            calibration: self.calibration,
        }
    }

    /// The rules that the decisions about the connection's tokens cover.
    pub(super) fn covers(&self) -> impl Iterator<Item = Cover> {
        let cover = |(id, DecidedOn { token, decision }): (&TokenId, &DecidedOn)| Cover {
            key: TokenKey { connection: self.connection.id, id: id.clone() },
            token: token.clone(),
            rules: decision.rules,
            until: decision.until,
        };
        self.journaled.decisions.iter().map(cover)
    }
}
