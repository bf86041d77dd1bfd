//! Which rules each token breaks, and what they all come to.

use chrono::{DateTime, Utc};
use token_audit::{Rule, Rules, Standing, Subject, Summary, judge};

use super::{Creators, Decided, Index, Inventory, Policies};

/// The audit of one inventory, as of one time.
pub struct Audited {
    /// Those that nobody has decided on.
    open: Vec<Rules>,
    /// The same in figures.
    pub summary: Summary,
    /// How many tokens break a rule that somebody has decided on.
    pub decided: u32,
}

impl Audited {
    /// Judges every token.
    #[must_use]
    pub fn new(
        list: &Inventory,
        policies: &Policies,
        decided: &Decided,
        namesakes: &Namesakes,
        creators: &Creators,
        now: DateTime<Utc>,
    ) -> Self {
        let shared = namesakes.that_work(list, now);
        let mut audited =
            Self { open: Vec::with_capacity(list.len()), summary: Summary::default(), decided: 0 };
        for index in list.indices() {
            let policy = policies.of(list.connection(index));
            let subject = subject(list, index, shared[index as usize], creators.standing(index));
            let (verdict, broken) = judge(&policy, &subject, now);
            let open = broken.without(decided.on(index));
            audited.summary.add(&subject.facts, verdict, open, now);
            audited.open.push(open);
            audited.decided += u32::from(open != broken);
        }
        audited
    }

    /// Whether the token breaks the rule, and nobody has decided on that.
    #[must_use]
    pub fn breaks(&self, index: Index, rule: Rule) -> bool {
        self.open[index as usize].contains(rule)
    }
}

/// The tokens of one connection that have the same name, a group for each such name.
pub struct Namesakes(Vec<Vec<Index>>);

impl Namesakes {
    /// Finds them.
    #[must_use]
    pub fn of(list: &Inventory) -> Self {
        let key = |&index: &Index| (list.connection(index), list.name(index));
        let mut sorted: Vec<_> = list.indices().collect();
        sorted.sort_unstable_by_key(key);
        let groups = sorted.chunk_by(|a, b| key(a) == key(b)).filter(|group| group.len() > 1);
        Self(groups.map(<[Index]>::to_vec).collect())
    }

    /// For each token, whether it is one of several of its name that still work.
    fn that_work(&self, list: &Inventory, now: DateTime<Utc>) -> Vec<bool> {
        let mut shared = vec![false; list.len()];
        for group in &self.0 {
            let working: Vec<_> = group.iter().filter(|&&at| works(list, at, now)).collect();
            for &&at in working.iter().filter(|_| working.len() > 1) {
                shared[at as usize] = true;
            }
        }
        shared
    }
}

/// What the rules look at, of one token alone.
#[must_use]
pub fn subject_alone(list: &Inventory, index: Index, now: DateTime<Utc>) -> Subject {
    let same = |other: &Index| {
        list.name(*other) == list.name(index)
            && list.connection(*other) == list.connection(index)
            && works(list, *other, now)
    };
    let creator = Creators::of(list).standing(index);
    subject(list, index, list.indices().filter(same).nth(1).is_some(), creator)
}

fn subject(list: &Inventory, index: Index, name_shared: bool, creator: Standing) -> Subject {
    let scopes_listed = !list.scopes(index).is_empty();
    Subject { facts: list.facts(index), scopes_listed, name_shared, creator }
}

fn works(list: &Inventory, index: Index, now: DateTime<Utc>) -> bool {
    let facts = list.facts(index);
    !facts.revoked && facts.expires.is_none_or(|expires| expires > now)
}
