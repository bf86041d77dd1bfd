//! Which findings an admin has decided on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use token_audit::Rules;

use super::{Index, Inventory};
use crate::model::token::TokenKey;
use crate::model::token::identity::{Identity, Likeness};

/// The rules that a decision covers, of one token and for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The token.
    pub key: TokenKey,
    /// The token as it was then, since its id may have been reused.
    pub token: Identity,
    /// What was found of it when it was decided.
    pub rules: Rules,
    /// When it ends.
    pub until: DateTime<Utc>,
}

/// The decisions about one inventory, as of one time.
#[derive(Debug, Default)]
pub struct Decided(HashMap<Index, Rules>);

impl Decided {
    /// Finds the tokens of the decisions that stand.
    #[must_use]
    pub fn new(list: &Inventory, covers: &[Cover], now: DateTime<Utc>) -> Self {
        let standing = covers.iter().filter(|cover| cover.until > now);
        let covers: HashMap<_, _> =
            standing.map(|cover| ((cover.key.connection, cover.key.id.as_str()), cover)).collect();
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

    /// The rules of the token that are decided on.
    #[must_use]
    pub fn on(&self, index: Index) -> Rules {
        // Most lists have no decision at all, and all tokens of a list are asked for.
        if self.0.is_empty() {
            Rules::default()
        } else {
            self.0.get(&index).copied().unwrap_or_default()
        }
    }
}
