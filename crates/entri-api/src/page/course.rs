//! The state of reading a list: what to request next, and what was received so far.

use std::time::Duration;

use tokio::time::Instant;

use super::Page;
use super::ask::Ask;
use super::most::{Most, Spent};
use super::pass::{Pass, Verdict};
use crate::completeness::{Completeness, Incomplete};
use crate::wire::{Entry, List};

/// The course of a list.
pub(crate) struct Course {
    ask: Ask,
    pass: Pass,
    spent: Spent,
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

    /// Gives the list this much time, but never more than it had.
    pub(crate) fn within(&mut self, time: Duration) {
        let most = &mut self.spent.most;
        most.time = time.min(most.time);
    }

    /// Lowers the limits, because the whole list will be held in memory.
    pub(crate) fn is_collected(&mut self) {
        let most = &mut self.spent.most;
        *most = Most { time: most.time, ..Most::COLLECTED };
    }

    /// When its time is up, counted from the first call on.
    pub(crate) fn until(&mut self) -> Instant {
        self.spent.until()
    }

    /// The path and the query of the page that is asked for now.
    pub(crate) fn place(&self) -> String {
        self.ask.place()
    }

    /// Asks for the same page without a limit; whether there was one.
    pub(crate) fn without_limit(&mut self) -> bool {
        self.ask.without_limit()
    }

    /// Whether the first page is asked for.
    pub(crate) fn is_first(&self) -> bool {
        self.ask.is_first()
    }

    /// The ids that occur more than once since the list began or began again.
    pub(crate) fn repeated_ids(&self) -> &[String] {
        self.pass.repeated()
    }

    /// Whether the list was read completely. It wasn't before it ended.
    pub(crate) fn completeness(&self) -> Completeness {
        self.end.unwrap_or(Completeness::Incomplete(Incomplete::CutShort))
    }

    /// Entries that could not be read, since the list began or began again.
    pub(crate) fn skipped(&self) -> u32 {
        self.skipped
    }

    /// Takes the page that was requested with `place`, or the server's refusal of it. `query_of`
    /// returns the path and the query of an address of this server. `None` if the page brings
    /// nothing.
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
    pub(crate) fn give_up(&mut self) {
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
