//! Which rules each token breaks, and the totals.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use token_audit::{
    AsOf, Lifecycle, Policy, Rule, Rules, ServerTime, Standing, Subject, Summary, TokenFacts,
    Verdict, judge,
};

use super::judged::Troubled;
use super::{Creators, Decided, Index, Inventory, Policies, creators};
use crate::model::connection::ConnectionId;
use crate::model::time::clocks::Clocks;

/// The audit of one inventory, as of one time by each server's clock.
pub struct Audited {
    /// The rules each token breaks that no decision covers.
    open: Vec<Rules>,
    /// The same rules, counted over all tokens.
    pub summary: Summary,
    /// The number of tokens that break a rule covered by a decision.
    pub decided: u32,
}

impl Audited {
    /// Applies the rules to every token.
    #[must_use]
    pub fn new(
        list: &Inventory,
        policies: &Policies,
        decided: &Decided,
        namesakes: &Namesakes,
        creators: &Creators,
        clocks: &Clocks,
    ) -> Self {
        let named = namesakes.that_work(list, policies, clocks);
        let mut audited =
            Self { open: Vec::with_capacity(list.len()), summary: Summary::default(), decided: 0 };
        for (connection, indices) in list.parts() {
            let (policy, now) = (policies.of(connection), clocks.of(connection));
            let (as_of, troubled) = (clocks.as_of(connection), policies.troubled(connection));
            for index in indices {
                let creator = creators.standing(index);
                let facts = list.facts(index, as_of);
                let known = (named[index as usize], creator);
                let subject = subject(list, index, facts, known, &troubled);
                let (verdict, broken) = judge(&policy, &subject, now);
                let open = broken.without(decided.on(index));
                audited.summary.add(&subject.facts, verdict, open, now);
                audited.open.push(open);
                audited.decided += u32::from(open != broken);
            }
        }
        audited
    }

    /// Whether the token breaks the rule and no decision covers that.
    #[must_use]
    pub fn breaks(&self, index: Index, rule: Rule) -> bool {
        self.open[index as usize].contains(rule)
    }

    /// The rules that the token breaks and nobody has decided on, worst first.
    #[must_use]
    pub fn open(&self, index: Index) -> Vec<Rule> {
        let mut rules: Vec<_> = self.open[index as usize].iter().collect();
        rules.sort_by_key(|rule| rule.severity());
        rules
    }
}

/// The tokens that have the same name, a group for each such name.
pub struct Namesakes(Vec<Vec<Index>>);

/// Where else another active token has the same name.
#[derive(Clone, Copy, Default)]
struct Named {
    in_connection: bool,
    in_other_environment: bool,
}

impl Namesakes {
    /// Groups the tokens of a list by name.
    #[must_use]
    pub fn of(list: &Inventory) -> Self {
        let mut sorted: Vec<_> = list.indices().collect();
        sorted.sort_unstable_by_key(|&at| list.name(at));
        let groups = sorted.chunk_by(|&a, &b| list.name(a) == list.name(b));
        Self(groups.filter(|group| group.len() > 1).map(<[Index]>::to_vec).collect())
    }

    /// For each active token, where other active tokens have its name.
    fn that_work(&self, list: &Inventory, policies: &Policies, clocks: &Clocks) -> Vec<Named> {
        let times = list.times(clocks);
        let works = |at: &Index| works(list, *at, times[list.part_at(*at)]);
        let mut named = vec![Named::default(); list.len()];
        for group in &self.0 {
            let working = group.iter().copied().filter(works);
            let places: Vec<_> = working.map(|at| (at, list.connection(at))).collect();
            let mut counts = HashMap::new();
            for (_, connection) in &places {
                *counts.entry(*connection).or_insert(0) += 1;
            }
            for (at, connection) in places {
                let elsewhere = |other: &ConnectionId| differ(policies, *other, connection);
                named[at as usize] = Named {
                    in_connection: counts[&connection] > 1,
                    in_other_environment: counts.keys().any(elsewhere),
                };
            }
        }
        named
    }
}

/// The facts the rules need about these tokens, each with its own list, and with `others` as the
/// other lists shown. Each list is read once, however many tokens there are.
#[must_use]
pub fn subjects(
    tokens: &[(&Inventory, Index)],
    others: &[(ConnectionId, Arc<Inventory>)],
    policies: &Policies,
    clocks: &Clocks,
) -> Vec<Subject> {
    let sought: HashSet<_> = tokens.iter().map(|(list, at)| list.name(*at)).collect();
    let (mut standings, mut working) = (HashMap::new(), HashMap::new());
    for (list, at) in tokens {
        let id = list.connection(*at);
        standings.entry(id).or_insert_with(|| creators::of_only_part(list));
        working.entry(id).or_insert_with(|| count_working(list, &sought, clocks.of(id)));
    }
    for (id, list) in others {
        working.entry(*id).or_insert_with(|| count_working(list, &sought, clocks.of(*id)));
    }
    let subject = |(list, at): &(&Inventory, Index)| {
        let (here, name) = (list.connection(*at), list.name(*at));
        let elsewhere = |(id, _): &(ConnectionId, _)| {
            differ(policies, *id, here) && working[id].contains_key(name)
        };
        let named = Named {
            in_connection: working[&here].get(name).is_some_and(|count| *count > 1),
            in_other_environment: others.iter().any(elsewhere),
        };
        let facts = list.facts(*at, clocks.as_of(here));
        let creator = standings[&here][list.creator_number(*at) as usize];
        subject(list, *at, facts, (named, creator), &policies.troubled(here))
    };
    tokens.iter().map(subject).collect()
}

/// How many active tokens have each of these names.
fn count_working<'a>(
    list: &Inventory,
    names: &HashSet<&'a str>,
    now: ServerTime,
) -> HashMap<&'a str, u32> {
    let mut counts = HashMap::new();
    for at in list.indices() {
        if let Some(name) = names.get(list.name(at)).filter(|_| works(list, at, now)) {
            *counts.entry(*name).or_insert(0) += 1;
        }
    }
    counts
}

fn subject(
    list: &Inventory,
    index: Index,
    facts: TokenFacts,
    (named, creator): (Named, Standing),
    troubled: &Troubled,
) -> Subject {
    Subject {
        facts,
        exposure: troubled.exposure(list, index),
        replacing: troubled.replacing(list, index),
        scopes_listed: !list.scopes(index).is_empty(),
        name_shared: named.in_connection,
        name_in_other_environment: named.in_other_environment,
        creator,
    }
}

fn differ(policies: &Policies, one: ConnectionId, other: ConnectionId) -> bool {
    policies.environment(one) != policies.environment(other)
}

fn works(list: &Inventory, index: Index, now: ServerTime) -> bool {
    let verdict =
        Verdict::of(&Policy::default(), &list.facts(index, AsOf { read: now, frozen: false }), now);
    verdict.lifecycle == Lifecycle::Active
}
