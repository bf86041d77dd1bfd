//! The audit's verdict on every token, as of one minute.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use token_audit::{
    Counts, Lifecycle, Policy, Rule, Rules, Subject, Summary, Usage, Verdict, View, broken_rules,
};

use super::{Index, Inventory};
use crate::connection::ConnectionId;

/// What the tokens of each connection are judged by.
#[derive(Debug, Clone, Default)]
pub struct Policies(pub Vec<(ConnectionId, Policy)>);

/// The one state a row shows first: its life, or else its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chip {
    /// Not used for longer than the policy allows.
    Stale,
    /// No use recorded, past the grace.
    NoUse,
    /// Used, but not lately.
    Idle,
    /// No use recorded yet, still within the grace.
    New,
    /// Used lately.
    Recent,
    /// The server does not report use.
    NotReported,
    /// The app itself uses it.
    ThisApp,
    /// Past its expiry.
    Expired,
    /// Revoked, but still listed.
    Revoked,
}

impl From<Verdict> for Chip {
    fn from(verdict: Verdict) -> Self {
        match (verdict.lifecycle, verdict.usage) {
            (Lifecycle::Revoked, _) => Self::Revoked,
            (Lifecycle::Expired, _) => Self::Expired,
            (_, Usage::Recent) => Self::Recent,
            (_, Usage::Idle) => Self::Idle,
            (_, Usage::Stale) => Self::Stale,
            (_, Usage::New) => Self::New,
            (_, Usage::NoUseRecorded) => Self::NoUse,
            (_, Usage::NotReported) => Self::NotReported,
            (_, Usage::ThisApp) => Self::ThisApp,
        }
    }
}

/// What the rules say of each token of one inventory.
pub struct Judged {
    now: DateTime<Utc>,
    chips: Vec<Chip>,
    views: Vec<u8>,
    counts: Counts,
    /// Not needed to show the list, so made when it is first asked for.
    audit: OnceLock<Audited>,
}

/// Which rules each token breaks, and what they all come to.
struct Audited {
    broken: Vec<Rules>,
    summary: Summary,
}

impl Policies {
    /// That of a connection.
    #[must_use]
    pub fn of(&self, connection: ConnectionId) -> Policy {
        let own = self.0.iter().find(|(id, _)| *id == connection);
        own.map_or_else(Policy::default, |(_, policy)| *policy)
    }
}

impl Judged {
    /// Judges every token.
    #[must_use]
    pub fn new(list: &Inventory, policies: &Policies, now: DateTime<Utc>) -> Self {
        let mut judged = Self {
            now,
            chips: Vec::with_capacity(list.len()),
            views: Vec::with_capacity(list.len()),
            counts: Counts::default(),
            audit: OnceLock::new(),
        };
        for index in list.indices() {
            let verdict =
                Verdict::of(&policies.of(list.connection(index)), &list.facts(index), now);
            judged.chips.push(verdict.into());
            judged.views.push(views(verdict));
            judged.counts.add(verdict);
        }
        judged
    }

    /// Whether it still holds: verdicts are made anew each minute.
    #[must_use]
    pub fn holds_at(&self, now: DateTime<Utc>) -> bool {
        minute(self.now) == minute(now)
    }

    /// The state a row shows first.
    #[must_use]
    pub fn chip(&self, index: Index) -> Chip {
        self.chips[index as usize]
    }

    /// Whether the token is counted by that card.
    #[must_use]
    pub fn in_view(&self, index: Index, view: View) -> bool {
        self.views[index as usize] & bit(view) != 0
    }

    /// Whether the token breaks the rule.
    #[must_use]
    pub fn breaks(&self, list: &Inventory, policies: &Policies, index: Index, rule: Rule) -> bool {
        self.audit(list, policies).broken[index as usize].contains(rule)
    }

    /// The audit of the whole list in figures.
    #[must_use]
    pub fn summary(&self, list: &Inventory, policies: &Policies) -> &Summary {
        &self.audit(list, policies).summary
    }

    fn audit(&self, list: &Inventory, policies: &Policies) -> &Audited {
        self.audit.get_or_init(|| Audited::new(list, policies, self.now))
    }

    /// How many tokens each card counts.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

impl Audited {
    fn new(list: &Inventory, policies: &Policies, now: DateTime<Utc>) -> Self {
        let names = Names::of(list, now);
        let mut audited =
            Self { broken: Vec::with_capacity(list.len()), summary: Summary::default() };
        for index in list.indices() {
            let policy = policies.of(list.connection(index));
            let subject = names.subject(list, index);
            let verdict = Verdict::of(&policy, &subject.facts, now);
            let broken = broken_rules(&policy, &subject, now);
            audited.summary.add(&subject.facts, verdict, broken, now);
            audited.broken.push(broken);
        }
        audited
    }
}

/// How many of a connection's tokens that work have a name.
struct Names<'a>(HashMap<(ConnectionId, &'a str), u32>);

impl<'a> Names<'a> {
    fn of(list: &'a Inventory, now: DateTime<Utc>) -> Self {
        let mut names = HashMap::with_capacity(list.len());
        for index in list.indices().filter(|&index| works(list, index, now)) {
            *names.entry((list.connection(index), list.name(index))).or_default() += 1;
        }
        Self(names)
    }

    fn subject(&self, list: &'a Inventory, index: Index) -> Subject {
        let same = self.0.get(&(list.connection(index), list.name(index)));
        Subject {
            facts: list.facts(index),
            scopes_listed: !list.record(index).scopes.is_empty(),
            name_shared: same.is_some_and(|&count| count > 1),
        }
    }
}

/// What the rules look at, of one token alone.
#[must_use]
pub fn subject(list: &Inventory, index: Index, now: DateTime<Utc>) -> Subject {
    let same = |other: &Index| {
        list.name(*other) == list.name(index)
            && list.connection(*other) == list.connection(index)
            && works(list, *other, now)
    };
    Subject {
        facts: list.facts(index),
        scopes_listed: !list.record(index).scopes.is_empty(),
        name_shared: list.indices().filter(same).nth(1).is_some(),
    }
}

fn works(list: &Inventory, index: Index, now: DateTime<Utc>) -> bool {
    let facts = list.facts(index);
    !facts.revoked && facts.expires.is_none_or(|expires| expires > now)
}

fn views(verdict: Verdict) -> u8 {
    View::ALL.into_iter().filter(|&view| verdict.in_view(view)).map(bit).sum()
}

fn bit(view: View) -> u8 {
    1 << view as u8
}

fn minute(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(60)
}
