//! The orders that the list can be shown in, one for each column.

use std::cmp::{Ordering, Reverse};

use super::{Search, Sort};
use crate::folded::folded;
use crate::list::inventory::{Index, Inventory};
use crate::model::time::dates::Stamp;

/// How many columns the list can be sorted by.
pub(super) const SORTS: usize = 7;

/// All positions ordered by one column, ascending; those without a value come after `known`.
pub(super) struct Order {
    pub(super) indices: Vec<Index>,
    pub(super) known: usize,
}

impl Search {
    pub(super) fn order(&self, sort: Sort) -> &Order {
        let list = &self.list;
        self.orders[sort as usize].get_or_init(|| match sort {
            Sort::Name => Order::new(list, |_| true, |a, b| list.line(a).cmp(list.line(b))),
            Sort::Project => {
                let ranks = ranks(list.project_names());
                let rank = |index: Index| ranks[list.project[index as usize] as usize];
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
    /// Missing values come after the known ones, the tokens created last first; unreadable values come last.
    fn by_time(list: &Inventory, column: &[Stamp]) -> Self {
        let stamp = |index: Index| column[index as usize];
        let is_known = |index| stamp(index).seconds().is_some();
        let mut order = Self::new(list, is_known, |a, b| stamp(a).cmp(&stamp(b)));
        let created = |index: Index| list.created[index as usize].seconds();
        order.indices[order.known..].sort_by_key(|&index| (stamp(index), Reverse(created(index))));
        order
    }

    /// Groups the tokens of another order, which stays the same within each group.
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

    /// Tokens that compare as equal keep the order the server gave them.
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

/// The rank of each text; texts that differ only in case have the same rank.
fn ranks<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let texts: Vec<_> = texts.map(folded).collect();
    let mut sorted: Vec<_> = texts.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    texts.iter().map(|text| sorted.partition_point(|other| *other < text)).collect()
}

impl Inventory {
    pub(super) fn line(&self, index: Index) -> &[u8] {
        let at = index as usize;
        &self.haystack[self.line_at[at] as usize..self.line_at[at + 1] as usize]
    }

    fn by_last_use(&self, a: Index, b: Index) -> Ordering {
        self.last_used[b as usize].cmp(&self.last_used[a as usize])
    }
}
