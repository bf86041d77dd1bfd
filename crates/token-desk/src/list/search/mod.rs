//! Search, filter and sort: from what the page asks to the rows it shows.

pub(super) mod facet;
mod findings;
mod fit;
mod order;
mod query;
mod suggest;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::list::audited::{Audited, Namesakes};
use crate::list::creators::Creators;
use crate::list::decided::{Cover, Decided};
use crate::list::inventory::{Index, Inventory};
use crate::list::judged::{Judged, Labels, Policies};
use crate::list::language::{self, Problem, Term};
use crate::model::news::Fresh;
use crate::model::rotation::RotationRole;
use crate::model::time::clocks::Clocks;
use crate::model::token::TokenKey;
pub use facet::{Facet, FacetValue};
use order::{Order, SORTS};
pub use query::{Query, Sort, Window};
pub use suggest::{Completion, Suggestion};

/// An inventory that can be searched, with the last result kept.
pub struct Search {
    /// The list that is searched.
    pub list: Arc<Inventory>,
    policies: Policies,
    covers: Vec<Cover>,
    decided: Decided,
    labels: Labels,
    /// The verdicts on the tokens in the list.
    pub judged: Judged,
    /// Not needed to show the list, so built only when it is first asked for.
    audited: OnceLock<Audited>,
    namesakes: OnceLock<Namesakes>,
    creators: OnceLock<Creators>,
    fresh: Fresh,
    /// The tokens of the rotations that go on.
    rotating: Vec<(TokenKey, RotationRole)>,
    clocks: Clocks,
    orders: [OnceLock<Order>; SORTS],
    answered: Option<Answered>,
}

struct Answered {
    query: Query,
    found: Vec<Index>,
    problems: Vec<Problem>,
}

impl Search {
    /// Prepares a list; only the order that the app starts with is built right away.
    #[must_use]
    pub fn new(
        list: Arc<Inventory>,
        policies: Policies,
        covers: Vec<Cover>,
        labels: Labels,
        clocks: Clocks,
    ) -> Self {
        let decided = Decided::new(&list, &covers, clocks.here());
        let judged = Judged::new(&list, &policies, &decided, &clocks);
        let search = Self {
            list,
            policies,
            covers,
            decided,
            labels,
            judged,
            audited: OnceLock::new(),
            namesakes: OnceLock::new(),
            creators: OnceLock::new(),
            fresh: Fresh::default(),
            rotating: Vec::new(),
            clocks,
            orders: Default::default(),
            answered: None,
        };
        search.order(Sort::LastUsed);
        search
    }

    /// Builds other orders ahead, so that the first click on a column doesn't wait for them.
    pub fn warm(&self) {
        for sort in [Sort::Name, Sort::Created, Sort::Expires, Sort::Use] {
            self.order(sort);
        }
    }

    /// Changes the labels of the connections.
    pub fn rename(&mut self, labels: Labels) {
        (self.labels, self.answered) = (labels, None);
    }

    /// Judges again if the minute has passed or a server's clock has changed.
    pub fn refresh(&mut self, clocks: Clocks) {
        if !self.clocks.same_minute(&clocks) {
            self.decided = Decided::new(&self.list, &self.covers, clocks.here());
            self.judged = Judged::new(&self.list, &self.policies, &self.decided, &clocks);
            (self.clocks, self.audited) = (clocks, OnceLock::new());
            self.orders[Sort::Use as usize] = OnceLock::new();
            self.answered = None;
        }
    }

    /// Sets which tokens are new since the last visit.
    pub fn mark_fresh(&mut self, fresh: Fresh) {
        if self.fresh != fresh {
            (self.fresh, self.answered) = (fresh, None);
        }
    }

    /// Sets which tokens have a part in a rotation.
    pub fn mark_rotating(&mut self, rotating: Vec<(TokenKey, RotationRole)>) {
        if self.rotating != rotating {
            (self.rotating, self.answered) = (rotating, None);
        }
    }

    /// Returns at most `len` rows, starting at `top`.
    pub fn ask(
        &mut self,
        query: &Query,
        top: usize,
        len: usize,
        anchor: Option<&TokenKey>,
    ) -> Window {
        if self.answered.as_ref().is_none_or(|answered| answered.query != *query) {
            self.answered = Some(self.answer(query));
        }
        let answered = self.answered.as_ref();
        let (found, problems) =
            answered.map_or((&[][..], &[][..]), |it| (&*it.found, &*it.problems));
        let anchor = anchor
            .and_then(|key| self.list.find(key))
            .and_then(|index| found.iter().position(|&at| at == index));
        let top = top.min(found.len());
        let rows = found[top..].iter().copied().take(len).collect();
        Window { total: found.len(), top, rows, anchor, problems: problems.to_vec() }
    }

    /// How many of these tokens the last query found.
    #[must_use]
    pub fn found_of<'k>(&self, keys: impl IntoIterator<Item = &'k TokenKey>) -> usize {
        let keys: HashSet<_> =
            keys.into_iter().map(|key| (key.connection, key.id.borrowed())).collect();
        let found = self.answered.as_ref().map_or(&[][..], |it| &*it.found);
        if keys.is_empty() {
            return 0;
        }
        let key = |index: Index| (self.list.connection(index), self.list.id(index));
        found.iter().filter(|&&index| keys.contains(&key(index))).count()
    }

    fn answer(&self, query: &Query) -> Answered {
        let parsed = language::parse(&query.text);
        let found = self.matches(query, &parsed.terms);
        Answered { query: query.clone(), found, problems: parsed.problems }
    }

    fn matches(&self, query: &Query, terms: &[Term]) -> Vec<Index> {
        let found = self.found(query, terms);
        let wanted = |index: &Index| found[*index as usize];
        let order = self.order(query.sort);
        let (known, unknown) = order.indices.split_at(order.known);
        if query.descending {
            known.iter().rev().chain(unknown).copied().filter(wanted).collect()
        } else {
            known.iter().chain(unknown).copied().filter(wanted).collect()
        }
    }

    fn is_new(&self, index: Index) -> bool {
        self.fresh.contains(self.list.connection(index), self.list.id(index))
    }

    /// How many tokens match, and the words of the search that can't be understood.
    #[must_use]
    pub fn count(&self, query: &Query) -> (usize, Vec<Problem>) {
        let parsed = language::parse(&query.text);
        let found = self.found(query, &parsed.terms);
        (found.into_iter().filter(|found| *found).count(), parsed.problems)
    }

    /// For each token, whether it matches these terms, the card and the rule, and is new if it must
    /// be.
    pub(super) fn found(&self, query: &Query, terms: &[Term]) -> Vec<bool> {
        let fit = self.fit(terms);
        let fits = |index: Index| {
            self.judged.in_view(index, query.view)
                && query.rule.is_none_or(|rule| self.breaks(index, rule))
                && (!query.new || self.is_new(index))
                && fit(index)
        };
        self.list.indices().map(fits).collect()
    }
}
