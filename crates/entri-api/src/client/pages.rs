//! Requests a list, a page at a time (docs/entri-api.md#lists).

use std::marker::PhantomData;
use std::time::Duration;

use super::Client;
use crate::completeness::Completeness;
use crate::error::Error;
use crate::page::{Course, Listing, Page};
use crate::wire::{Entry, List};

/// A list that is read a page at a time.
pub struct Pages<'a, T> {
    client: &'a Client,
    course: Course,
    kind: PhantomData<T>,
}

impl<'a, T: Entry> Pages<'a, T> {
    pub(crate) fn new(client: &'a Client, path: String) -> Self {
        Self { client, course: Course::of(path), kind: PhantomData }
    }

    /// Gives the list this much time from its first request on, and 30 minutes at most; then it ends as
    /// one that took too long.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        self.course.within(time);
        self
    }

    /// The next page; `None` after the last one. A list that changed while it was read is read
    /// again from its first page: see [`Page::anew`].
    pub async fn next(&mut self) -> Result<Option<Page<T>>, Error> {
        while let Some(place) = self.course.next() {
            let until = self.course.until();
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
        self.course.is_collected();
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
        self.course.repeated_ids()
    }

    /// Whether the list was read completely. It wasn't before [`Self::next`] returned `None`.
    #[must_use]
    pub fn completeness(&self) -> Completeness {
        self.course.completeness()
    }

    /// `None` if the server refuses to give a page after the first.
    async fn fetch(&mut self) -> Result<Option<List<T>>, Error> {
        let answer = self.client.list(&self.course.place()).await;
        match answer {
            // Some servers refuse `limit` (docs/entri-api.md#lists).
            Err(Error::Invalid { status: 400, .. }) if self.course.without_limit() => {
                self.client.list(&self.course.place()).await.map(Some)
            }
            Err(error) if !self.course.is_first() && is_past_the_end(&error) => Ok(None),
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
