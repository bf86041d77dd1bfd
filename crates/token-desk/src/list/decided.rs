//! Which findings an admin has decided on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use token_audit::Rules;

use super::{Index, Inventory};
use crate::model::token::TokenKey;
use crate::model::token::identity::{Identity, Likeness};

/// The rules that a decision about one token covers, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The token's connection and id.
    pub key: TokenKey,
    /// The token as it was then, since its id may have been reused.
    pub token: Identity,
    /// The rules the token broke when it was decided.
    pub rules: Rules,
    /// When the decision ends.
    pub until: DateTime<Utc>,
}

/// The decisions about one inventory, as of one time.
#[derive(Debug, Default)]
pub struct Decided(HashMap<Index, Rules>);

impl Decided {
    /// Finds the tokens of the decisions that still hold.
    #[must_use]
    pub fn new(list: &Inventory, covers: &[Cover], now: DateTime<Utc>) -> Self {
        let standing = covers.iter().filter(|cover| cover.until > now);
        let covers: HashMap<_, _> = standing
            .map(|cover| ((cover.key.connection, cover.key.id.borrowed()), cover))
            .collect();
        if covers.is_empty() {
            return Self::default();
        }
        let of = |index| {
            let cover = covers.get(&(list.connection(index), list.id(index)))?;
            let likeness = cover.token.compare(list.name(index), list.record(index).created);
            (likeness != Likeness::Other).then_some((index, cover.rules))
        };
        Self(list.indices().filter_map(of).collect())
    }

    /// The rules that a decision about the token covers.
    #[must_use]
    pub fn on(&self, index: Index) -> Rules {
        // Most lists have no decisions at all, and this is asked for every token.
        if self.0.is_empty() {
            Rules::default()
        } else {
            self.0.get(&index).copied().unwrap_or_default()
        }
    }
}
