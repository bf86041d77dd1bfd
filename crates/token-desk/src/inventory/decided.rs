//! Which findings an admin has decided on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use token_audit::Rules;

use super::{Index, Inventory, TokenKey};

/// The rules that a decision covers, of one token and for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The token.
    pub key: TokenKey,
    /// What was found of it when it was decided.
    pub rules: Rules,
    /// When it ends.
    pub until: DateTime<Utc>,
}

/// What is decided on in one inventory, as of one time.
#[derive(Debug, Default)]
pub struct Decided(HashMap<Index, Rules>);

impl Decided {
    /// Finds the tokens of the decisions that stand.
    #[must_use]
    pub fn new(list: &Inventory, covers: &[Cover], now: DateTime<Utc>) -> Self {
        let standing = covers.iter().filter(|cover| cover.until > now);
        let rules: HashMap<_, _> = standing
            .map(|Cover { key, rules, .. }| ((key.connection, key.id.as_str()), *rules))
            .collect();
        if rules.is_empty() {
            return Self::default();
        }
        let of = |index| Some((index, *rules.get(&(list.connection(index), list.id(index)))?));
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
