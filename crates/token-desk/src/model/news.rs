//! What others changed since the last visit.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entri_api::TokenId;
use token_audit::Date;

use crate::model::connection::ConnectionId;

/// What others changed, as opposed to the app itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// When the list was last loaded before this start of the app.
    pub since: DateTime<Utc>,
    /// The ids of tokens that didn't exist then.
    pub new: Arc<HashSet<TokenId>>,
    /// The tokens that are gone, latest first.
    pub vanished: Vec<Vanished>,
}

/// A token that is no longer in the list: it may have been revoked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished {
    /// The token's id on its server.
    pub id: TokenId,
    /// The token's name, as the server gave it.
    pub name: String,
    /// When it was last in the list.
    pub seen: DateTime<Utc>,
    /// When it was last used, as far as known.
    pub last_used: Date,
}

/// The new tokens of each connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fresh(pub Vec<(ConnectionId, Arc<HashSet<TokenId>>)>);

impl Fresh {
    pub fn contains(&self, connection: ConnectionId, id: TokenId<&str>) -> bool {
        self.0.iter().any(|(of, ids)| *of == connection && ids.contains(id.0))
    }
}
