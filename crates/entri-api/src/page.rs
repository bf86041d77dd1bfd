//! Lists, a page at a time (contract §6).

mod ask;
mod most;
mod pass;

use std::marker::PhantomData;
use std::time::Duration;

use crate::client::Client;
use crate::completeness::{Completeness, Incomplete};
use crate::entry::Entry;
use crate::error::Error;
use crate::wire::List;
use ask::Ask;
use most::{Most, Spent};
use pass::Pass;

/// A list that is read a page at a time.
pub struct Pages<'a, T> {
    client: &'a Client,
    ask: Ask,
    pass: Pass,
    /// Whether this is the second time that the list is read.
    again: bool,
    /// Whether the next page is the first of its pass.
    first: bool,
    skipped: u32,
    spent: Spent,
    end: Option<Completeness>,
    kind: PhantomData<T>,
}

/// One page.
#[derive(Debug)]
pub struct Page<T> {
    /// Its entries. An id that was on an earlier page may come again: entries move while they are
    /// read.
    pub items: Vec<T>,
    /// Whether the list moved while it was read, and begins anew with this page: what earlier pages
    /// held counts no longer.
    pub anew: bool,
    /// Where it was asked for.
    pub(crate) place: String,
}

/// A list, read to its end.
#[derive(Debug)]
pub struct Listing<T> {
    /// Its entries. Where several have the same id, all of them.
    pub items: Vec<T>,
    /// Entries that could not be read.
    pub skipped: u32,
    /// Whether these are all there are.
    pub completeness: Completeness,
}

impl<'a, T: Entry> Pages<'a, T> {
    pub(crate) fn new(client: &'a Client, path: String) -> Self {
        Self {
            client,
            ask: Ask::first(path),
            pass: Pass::default(),
            again: false,
            first: true,
            skipped: 0,
            spent: Spent::none_of(Most::STREAMED),
            end: None,
            kind: PhantomData,
        }
    }

    /// Gives the list so much time from its first request on, and 30 minutes at most; then it ends as
    /// one that took too long.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        self.spent.most.time = time.min(self.spent.most.time);
        self
    }

    /// The next page; `None` after the last one. A list that moved while it was read is read once
    /// more from its first page on: see [`Page::anew`].
    pub async fn next(&mut self) -> Result<Option<Page<T>>, Error> {
        while self.end.is_none() {
            let (anew, place) = (self.again && self.first, self.ask.place());
            let fetched = tokio::time::timeout_at(self.spent.until(), self.fetch()).await;
            let Ok(fetched) = fetched else {
                self.finish(Err(Incomplete::TookTooLong));
                continue;
            };
            let Some(list) = fetched? else {
                self.finish(Err(Incomplete::PageRefused));
                continue;
            };
            self.first = false;
            let entries = list.items.len();
            let items: Vec<T> = list.items.into_iter().flatten().collect();
            let news = self.pass.take(entries, items.iter().map(Entry::id), &list.words);
            self.skipped = self.pass.skipped();
            let too_large = list.too_large | self.spent.is_over(self.pass.entries(), list.bytes);
            match news.verdict {
                _ if too_large => self.finish(Err(Incomplete::TooLarge)),
                Some(verdict) => self.finish(verdict),
                None => self.ask.follow(list.words.next, |url| self.client.query_of(url)),
            }
            // The same entries again are not more of the list.
            if news.fresh || anew {
                return Ok(Some(Page { items, anew, place }));
            }
        }
        Ok(None)
    }

    /// The whole list; 100,000 entries and 32 MiB of it at most.
    pub async fn collect_all(mut self) -> Result<Listing<T>, Error> {
        self.spent.most = Most { time: self.spent.most.time, ..Most::COLLECTED };
        let mut items = Vec::new();
        while let Some(page) = self.next().await? {
            if page.anew {
                items.clear();
            }
            items.extend(page.items);
        }
        Ok(Listing { items, skipped: self.skipped, completeness: self.completeness() })
    }

    /// Entries that could not be read, since the list began or began anew.
    #[must_use]
    pub fn skipped(&self) -> u32 {
        self.skipped
    }

    /// The ids that the list has more than once, since it began or began anew: of such a token nobody
    /// can tell which one is meant (contract §5).
    #[must_use]
    pub fn repeated_ids(&self) -> &[String] {
        self.pass.repeated()
    }

    /// Whether the list was read whole. Before [`Self::next`] gave `None` it was not.
    #[must_use]
    pub fn completeness(&self) -> Completeness {
        self.end.unwrap_or(Completeness::Incomplete(Incomplete::CutShort))
    }

    fn finish(&mut self, verdict: pass::Verdict) {
        match verdict {
            Err(reason) if reason.may_pass() && !self.again => {
                self.ask = self.ask.again();
                (self.pass, self.again, self.first) = (Pass::default(), true, true);
            }
            Err(reason) => self.end = Some(Completeness::Incomplete(reason)),
            Ok(proof) => self.end = Some(Completeness::Whole(proof)),
        }
    }

    /// `None` where the server refuses to give a page after the first.
    async fn fetch(&mut self) -> Result<Option<List<T>>, Error> {
        let answer = self.client.list(&self.ask.place()).await;
        match answer {
            // Some servers refuse `limit` (contract §6).
            Err(Error::Invalid { status: 400, .. }) if self.ask.without_limit() => {
                self.client.list(&self.ask.place()).await.map(Some)
            }
            Err(error) if !self.ask.is_first() && is_past_the_end(&error) => Ok(None),
            answer => answer.map(Some),
        }
    }
}

/// How servers answer for the page after the last (contract §6).
fn is_past_the_end(error: &Error) -> bool {
    matches!(
        error,
        Error::Invalid { status: 400 | 416, .. }
            | Error::NotFound { .. }
            | Error::UnexpectedAnswer { status: 404, .. }
    )
}
