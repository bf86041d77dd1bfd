//! Lists, a page at a time (docs/entri-api.md#lists).

mod ask;
mod course;
mod most;
mod pass;

use std::marker::PhantomData;
use std::time::Duration;

use crate::client::Client;
use crate::completeness::Completeness;
use crate::entry::Entry;
use crate::error::Error;
use crate::wire::List;
pub(crate) use course::Course;
use most::Most;

/// A list that is read a page at a time.
pub struct Pages<'a, T> {
    client: &'a Client,
    course: Course,
    kind: PhantomData<T>,
}

/// One page.
#[derive(Debug)]
pub struct Page<T> {
    /// Its entries. An id that was on an earlier page may come again: entries move while they are
    /// read.
    pub items: Vec<T>,
    /// Whether the list moved while it was read, and begins again with this page: what earlier pages
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
        Self { client, course: Course::of(path), kind: PhantomData }
    }

    /// Gives the list this much time from its first request on, and 30 minutes at most; then it ends as
    /// one that took too long.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        let most = &mut self.course.spent.most;
        most.time = time.min(most.time);
        self
    }

    /// The next page; `None` after the last one. A list that moved while it was read is read once
    /// more from its first page on: see [`Page::anew`].
    pub async fn next(&mut self) -> Result<Option<Page<T>>, Error> {
        while let Some(place) = self.course.next() {
            let until = self.course.spent.until();
            let Ok(list) = tokio::time::timeout_at(until, self.fetch()).await else {
                self.course.give_up();
                break;
            };
            let page = self.course.take(place, list?, |url| self.client.query_of(url));
            if page.is_some() {
                return Ok(page);
            }
        }
        Ok(None)
    }

    /// Collects the whole list; at most 100,000 entries and 32 MiB.
    pub async fn collect_all(mut self) -> Result<Listing<T>, Error> {
        let most = &mut self.course.spent.most;
        *most = Most { time: most.time, ..Most::COLLECTED };
        let mut items = Vec::new();
        while let Some(page) = self.next().await? {
            if page.anew {
                items.clear();
            }
            items.extend(page.items);
        }
        Ok(Listing { items, skipped: self.skipped(), completeness: self.completeness() })
    }

    /// Entries that could not be read, since the list began or began again.
    #[must_use]
    pub fn skipped(&self) -> u32 {
        self.course.skipped()
    }

    /// The ids that occur more than once since the list started or restarted. Nobody can tell which of
    /// their tokens is meant (docs/entri-api.md#tokens).
    #[must_use]
    pub fn repeated_ids(&self) -> &[String] {
        self.course.pass.repeated()
    }

    /// Whether the list was read completely. It wasn't before [`Self::next`] returned `None`.
    #[must_use]
    pub fn completeness(&self) -> Completeness {
        self.course.completeness()
    }

    /// `None` if the server refuses to give a page after the first.
    async fn fetch(&mut self) -> Result<Option<List<T>>, Error> {
        let answer = self.client.list(&self.course.ask.place()).await;
        match answer {
            // Some servers refuse `limit` (docs/entri-api.md#lists).
            Err(Error::Invalid { status: 400, .. }) if self.course.ask.without_limit() => {
                self.client.list(&self.course.ask.place()).await.map(Some)
            }
            Err(error) if !self.course.ask.is_first() && is_past_the_end(&error) => Ok(None),
            answer => answer.map(Some),
        }
    }
}

/// How servers answer for the page after the last (docs/entri-api.md#lists).
fn is_past_the_end(error: &Error) -> bool {
    matches!(
        error,
        Error::Invalid { status: 400 | 416, .. }
            | Error::NotFound { .. }
            | Error::UnexpectedAnswer { status: 404, .. }
    )
}
