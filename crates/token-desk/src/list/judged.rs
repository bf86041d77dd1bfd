//! The audit's verdict on every token, as of one minute by its server's clock.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entri_api::TokenId;
use token_audit::{Counts, Exposure, Policy, Replacing, Rule, Rules, Verdict, View};

use super::{Decided, Index, Inventory};
use crate::model::chip::Chip;
use crate::model::connection::{ConnectionId, Environment};
use crate::model::time::clocks::Clocks;
use crate::model::token::leak::Leaked;

/// The policy and the environment of each connection, and its tokens in trouble.
#[derive(Debug, Clone, Default)]
pub struct Policies(pub Vec<(ConnectionId, Policy, Environment, Troubled)>);

/// The tokens of a connection that more is known about than their list says.
#[derive(Debug, Clone, Default)]
pub struct Troubled {
    /// Those whose values were found where they shouldn't be.
    pub leaked: Arc<Leaked>,
    /// Those whose rotations are stuck.
    pub stuck: Arc<Stuck>,
}

/// The tokens whose rotations are stuck, and what each rotation waits for.
pub type Stuck = HashMap<TokenId, String>;

/// What the admin calls each connection.
#[derive(Debug, Clone, Default)]
pub struct Labels(pub Vec<(ConnectionId, String)>);

/// The verdicts on the tokens of one inventory.
pub struct Judged {
    chips: Vec<Chip>,
    views: Vec<u8>,
    /// Those whose values a scan found, of which few lists have any.
    leaked: HashSet<Index>,
    counts: Counts,
}

impl Policies {
    /// The policy of a connection, or the default one if it isn't known.
    #[must_use]
    pub fn of(&self, connection: ConnectionId) -> Policy {
        let own = self.0.iter().find(|(id, ..)| *id == connection);
        own.map_or_else(Policy::default, |(_, policy, ..)| *policy)
    }

    /// What a connection is used for.
    #[must_use]
    pub fn environment(&self, connection: ConnectionId) -> Option<Environment> {
        self.0.iter().find(|(id, ..)| *id == connection).map(|(.., environment, _)| *environment)
    }
}

impl Policies {
    /// The tokens of a connection in trouble.
    pub(super) fn troubled(&self, connection: ConnectionId) -> Troubled {
        let own = self.0.iter().find(|(id, ..)| *id == connection);
        own.map(|(.., troubled)| troubled.clone()).unwrap_or_default()
    }
}

impl Troubled {
    /// Whether the value of a token was found where it shouldn't be.
    pub(super) fn exposure(&self, list: &Inventory, index: Index) -> Exposure {
        let created = || list.record(index).created;
        // Most connections have no such token, and this is asked for every one.
        if !self.leaked.0.is_empty() && self.leaked.has(list.id(index).0, list.name(index), created)
        {
            Exposure::Found
        } else {
            Exposure::Unseen
        }
    }

    /// How the replacement of a token goes.
    pub(super) fn replacing(&self, list: &Inventory, index: Index) -> Replacing {
        if !self.stuck.is_empty() && self.stuck.contains_key(&list.id(index).into_owned()) {
            Replacing::Stuck
        } else {
            Replacing::Fine
        }
    }
}

impl Labels {
    /// The label of a connection; empty if it isn't known.
    #[must_use]
    pub fn of(&self, connection: ConnectionId) -> &str {
        self.0.iter().find(|(id, _)| *id == connection).map_or("", |(_, label)| label)
    }
}

impl Judged {
    /// Judges every token of a list.
    #[must_use]
    pub fn new(list: &Inventory, policies: &Policies, decided: &Decided, clocks: &Clocks) -> Self {
        let mut judged = Self {
            chips: Vec::with_capacity(list.len()),
            views: Vec::with_capacity(list.len()),
            leaked: HashSet::new(),
            counts: Counts::default(),
        };
        for (connection, indices) in list.parts() {
            let (policy, now) = (policies.of(connection), clocks.of(connection));
            let (as_of, troubled) = (clocks.as_of(connection), policies.troubled(connection));
            for index in indices {
                let exposure = troubled.exposure(list, index);
                let verdict = Verdict::of(&policy, &list.facts(index, as_of), now)
                    .exposed(exposure)
                    .replaced(troubled.replacing(list, index));
                let decided = decided.on(index);
                if exposure == Exposure::Found && !decided.contains(Rule::Leaked) {
                    judged.leaked.insert(index);
                }
                judged.chips.push(verdict.into());
                judged.views.push(views(verdict, decided));
                judged.counts.add(verdict, decided);
            }
        }
        judged
    }

    /// The state a row shows first.
    #[must_use]
    pub fn chip(&self, index: Index) -> Chip {
        self.chips[index as usize]
    }

    /// Whether the card shows the token.
    #[must_use]
    pub fn in_view(&self, index: Index, view: View) -> bool {
        self.views[index as usize] & bit(view) != 0
    }

    /// Whether a scan found its value where it shouldn't be, and nobody decided that this is fine.
    pub(crate) fn is_leaked(&self, index: Index) -> bool {
        self.leaked.contains(&index)
    }

    /// How many tokens each card shows.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

fn views(verdict: Verdict, decided: Rules) -> u8 {
    View::ALL.into_iter().filter(|&view| verdict.in_view(view, decided)).map(bit).sum()
}

fn bit(view: View) -> u8 {
    1 << view as u8
}
