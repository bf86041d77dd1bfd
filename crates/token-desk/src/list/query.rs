//! Search, filter and sort: from what the page asks to the rows it shows.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use token_audit::{Rule, Summary, View};

use super::{
    Audited, Cover, Creators, Decided, Index, Inventory, Judged, Labels, Namesakes, Policies,
};
use crate::folded::folded;
use crate::list::language::{self, Problem, Term};
use crate::model::news::Fresh;
use crate::model::time::clocks::Clocks;
use crate::model::time::dates::Stamp;
use crate::model::token::TokenKey;

/// A column the list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By name, case ignored; of one name, by id.
    Name,
    /// By project, case ignored, those of the organization as *Organization*; in one project, by name.
    Place,
    /// By who created it, case ignored; of one creator, by name. Tokens without one come last.
    CreatedBy,
    /// By the state a row shows first.
    Use,
    /// By expiry; tokens without one come last.
    Expires,
    /// By creation.
    Created,
    /// By last use; tokens without one come last.
    LastUsed,
}

const SORTS: usize = 7;

/// What the page wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The search that tokens must match, in the language of the search field.
    pub text: String,
    /// The card that filters.
    pub view: View,
    /// The rule that filters.
    pub rule: Option<Rule>,
    /// Only those that are new since the last visit.
    pub new: bool,
    /// The column.
    pub sort: Sort,
    /// From the largest down.
    pub descending: bool,
}

impl Default for Query {
    /// Every token, the last used one first.
    fn default() -> Self {
        Self {
            text: String::new(),
            view: View::All,
            rule: None,
            new: false,
            sort: Sort::LastUsed,
            descending: true,
        }
    }
}

/// A part of the result: `top` rows come before it, and `total` match in all.
#[derive(Debug, PartialEq, Eq)]
pub struct Window {
    /// How many tokens match.
    pub total: usize,
    /// The position of the first one given.
    pub top: usize,
    /// The tokens given.
    pub rows: Vec<Index>,
    /// The position of the requested token in the whole result.
    pub anchor: Option<usize>,
    /// The words of the search that make no sense; the answer is that of the others.
    pub problems: Vec<Problem>,
}

/// An inventory made ready to be asked, with the last answer kept.
pub struct Search {
    /// The list itself.
    pub list: Arc<Inventory>,
    policies: Policies,
    covers: Vec<Cover>,
    decided: Decided,
    pub(super) labels: Labels,
    /// The verdicts on it.
    pub judged: Judged,
    /// Not needed to show the list, so made when it is first asked for.
    audited: OnceLock<Audited>,
    namesakes: OnceLock<Namesakes>,
    creators: OnceLock<Creators>,
    fresh: Fresh,
    pub(super) clocks: Clocks,
    orders: [OnceLock<Order>; SORTS],
    answered: Option<Answered>,
}

struct Answered {
    query: Query,
    found: Vec<Index>,
    problems: Vec<Problem>,
}

/// All positions ordered by one column, ascending; those without a value come after `known`.
struct Order {
    indices: Vec<Index>,
    known: usize,
}

impl Search {
    /// Makes the list ready; only the order the app starts with is built at once.
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
            clocks,
            orders: Default::default(),
            answered: None,
        };
        search.order(Sort::LastUsed);
        search
    }

    /// Builds the other orders, so that the first click on a column need not wait for it.
    pub fn warm(&self) {
        for sort in [Sort::Name, Sort::Created, Sort::Expires, Sort::Use] {
            self.order(sort);
        }
    }

    /// The audit of the whole list in figures.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.audited().summary
    }

    /// The number of tokens that break a rule covered by a decision.
    #[must_use]
    pub fn decided(&self) -> u32 {
        self.audited().decided
    }

    fn audited(&self) -> &Audited {
        let namesakes = self.namesakes.get_or_init(|| Namesakes::of(&self.list));
        let creators = self.creators();
        let audit = || {
            let (policies, decided) = (&self.policies, &self.decided);
            Audited::new(&self.list, policies, decided, namesakes, creators, &self.clocks)
        };
        self.audited.get_or_init(audit)
    }

    /// What became of the creators of the tokens.
    #[must_use]
    pub fn creators(&self) -> &Creators {
        self.creators.get_or_init(|| Creators::of(&self.list))
    }

    /// The connections have other names.
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

    /// Which tokens are new.
    pub fn mark_fresh(&mut self, fresh: Fresh) {
        if self.fresh != fresh {
            (self.fresh, self.answered) = (fresh, None);
        }
    }

    /// Answers with at most `len` rows from `top` on.
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

    /// Whether the question asked last has found tokens, and all of them are so.
    #[must_use]
    pub fn all_found(&self, so: impl Fn(&TokenKey) -> bool) -> bool {
        let found = self.answered.as_ref().map_or(&[][..], |it| &*it.found);
        !found.is_empty() && found.iter().all(|&index| so(&self.list.key(index)))
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

    pub(super) fn is_new(&self, index: Index) -> bool {
        self.fresh.contains(self.list.connection(index), self.list.id(index))
    }

    /// How many tokens match, and the words of the search that make no sense.
    #[must_use]
    pub fn count(&self, query: &Query) -> (usize, Vec<Problem>) {
        let parsed = language::parse(&query.text);
        let found = self.found(query, &parsed.terms);
        (found.into_iter().filter(|found| *found).count(), parsed.problems)
    }

    /// Which tokens fit these terms, the card, the rule, and whether they must be new.
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

    /// Whether the token breaks the rule, and nobody has decided on that.
    #[must_use]
    pub fn breaks(&self, index: Index, rule: Rule) -> bool {
        self.audited().breaks(index, rule)
    }

    fn order(&self, sort: Sort) -> &Order {
        let list = &self.list;
        self.orders[sort as usize].get_or_init(|| match sort {
            Sort::Name => Order::new(list, |_| true, |a, b| list.line(a).cmp(list.line(b))),
            Sort::Place => {
                let ranks = ranks(list.places());
                let rank = |index: Index| ranks[list.place[index as usize] as usize];
                Order::grouped(self.order(Sort::Name), |_| true, rank)
            }
            Sort::CreatedBy => {
                let ranks =
                    ranks(list.creators().map(|(_, [shown, ..])| shown.unwrap_or_default()));
                let rank = |index: Index| ranks[list.creator_number(index) as usize];
                let is_known = |index| list.creator(list.creator_number(index)).shown.is_some();
                Order::grouped(self.order(Sort::Name), is_known, rank)
            }
            Sort::Use => Order::new(
                list,
                |_| true,
                |a, b| self.judged.chip(a).cmp(&self.judged.chip(b)).then(list.by_last_use(a, b)),
            ),
            Sort::Expires => Order::by_time(list, &list.expires),
            Sort::Created => Order::by_time(list, &list.created),
            Sort::LastUsed => Order::by_time(list, &list.last_used),
        })
    }
}

impl Order {
    /// Unreadable values come last, even after missing ones.
    fn by_time(list: &Inventory, column: &[Stamp]) -> Self {
        let stamp = |index: Index| column[index as usize];
        let is_known = |index| stamp(index).seconds().is_some();
        let mut order = Self::new(list, is_known, |a, b| stamp(a).cmp(&stamp(b)));
        order.indices[order.known..].sort_by_key(|&index| stamp(index));
        order
    }

    /// Groups what is in another order already, which each group keeps.
    fn grouped(
        within: &Self,
        known: impl Fn(Index) -> bool,
        group: impl Fn(Index) -> usize,
    ) -> Self {
        let (mut indices, unknown): (Vec<_>, Vec<_>) =
            within.indices.iter().partition(|&&at| known(at));
        indices.sort_by_key(|&index| group(index));
        let known = indices.len();
        indices.extend(unknown);
        Self { indices, known }
    }

    /// Equal ones keep the order the server gave them.
    fn new(
        list: &Inventory,
        known: impl Fn(Index) -> bool,
        compare: impl Fn(Index, Index) -> Ordering,
    ) -> Self {
        let (mut indices, unknown): (Vec<_>, Vec<_>) = list.indices().partition(|&at| known(at));
        indices.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
        let known = indices.len();
        indices.extend(unknown);
        Self { indices, known }
    }
}

/// The rank of each text; equal spellings have the same rank.
fn ranks<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let texts: Vec<_> = texts.map(folded).collect();
    let mut sorted: Vec<_> = texts.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    texts.iter().map(|text| sorted.partition_point(|other| *other < text)).collect()
}

impl Inventory {
    /// Whether a token carries exactly this name.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        !name.is_empty() && self.indices().any(|index| self.name(index) == name)
    }

    pub(super) fn line(&self, index: Index) -> &[u8] {
        let at = index as usize;
        &self.haystack[self.line_at[at] as usize..self.line_at[at + 1] as usize]
    }

    fn by_last_use(&self, a: Index, b: Index) -> Ordering {
        self.last_used[b as usize].cmp(&self.last_used[a as usize])
    }
}
