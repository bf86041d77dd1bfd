//! The state of reading a list: what to request next, and what was received so far.

use super::Page;
use super::ask::Ask;
use super::most::{Most, Spent};
use super::pass::{Pass, Verdict};
use crate::completeness::{Completeness, Incomplete};
use crate::entry::Entry;
use crate::wire::List;

/// The course of a list.
pub(crate) struct Course {
    pub(super) ask: Ask,
    pub(super) pass: Pass,
    pub(super) spent: Spent,
    /// Whether this is the second time that the list is read.
    again: bool,
    /// Whether the next page is the first of its pass.
    first: bool,
    skipped: u32,
    end: Option<Completeness>,
}

impl Course {
    pub(crate) fn of(path: String) -> Self {
        Self {
            ask: Ask::first(path),
            pass: Pass::default(),
            spent: Spent::none_of(Most::STREAMED),
            again: false,
            first: true,
            skipped: 0,
            end: None,
        }
    }

    /// The path and the query of the next request; `None` once the list has ended.
    pub(crate) fn next(&self) -> Option<String> {
        self.end.is_none().then(|| self.ask.place())
    }

    /// Whether the list was read completely. It wasn't before it ended.
    pub(crate) fn completeness(&self) -> Completeness {
        self.end.unwrap_or(Completeness::Incomplete(Incomplete::CutShort))
    }

    /// Entries that could not be read, since the list began or began again.
    pub(crate) fn skipped(&self) -> u32 {
        self.skipped
    }

    /// Takes the page that was asked for at `place`, or that the server refuses to give it. `query_of` is
    /// that of an address of this server. `None` if it brings nothing.
    pub(crate) fn take<T: Entry>(
        &mut self,
        place: String,
        list: Option<List<T>>,
        query_of: impl Fn(&str) -> Option<(String, String)>,
    ) -> Option<Page<T>> {
        let Some(list) = list else {
            self.finish(Err(Incomplete::PageRefused));
            return None;
        };
        let anew = self.again && self.first;
        self.first = false;
        let entries = list.items.len();
        let items: Vec<T> = list.items.into_iter().flatten().collect();
        let news = self.pass.take(entries, items.iter().map(Entry::id), &list.words);
        self.skipped = self.pass.skipped();
        let too_large = list.too_large | self.spent.is_over(self.pass.entries(), list.bytes);
        match news.verdict {
            _ if too_large => self.finish(Err(Incomplete::TooLarge)),
            Some(verdict) => self.finish(verdict),
            None => self.ask.follow(list.words.next, query_of),
        }
        // The same entries again are not more of the list.
        (news.fresh || anew).then_some(Page { items, anew, place })
    }

    /// Ends the list because its time is up.
    pub(super) fn give_up(&mut self) {
        self.finish(Err(Incomplete::TookTooLong));
    }

    fn finish(&mut self, verdict: Verdict) {
        match verdict {
            Err(reason) if reason.may_pass() && !self.again => {
                self.ask = self.ask.again();
                (self.pass, self.again, self.first) = (Pass::default(), true, true);
            }
            Err(reason) => self.end = Some(Completeness::Incomplete(reason)),
            Ok(proof) => self.end = Some(Completeness::Whole(proof)),
        }
    }
}
