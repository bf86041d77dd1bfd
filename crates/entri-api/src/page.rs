//! Lists, a page at a time (contract §6).

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;

use crate::client::Client;
use crate::entry::Entry;
use crate::error::Error;
use crate::wire::List;

/// The most entries a page may have (contract §6).
const PAGE_SIZE: u32 = 200;
/// How many a page has where no number is asked for (contract §6).
const DEFAULT_SIZE: u32 = 50;
/// No honest list has more pages.
const MOST_PAGES: u32 = 10_000;

/// A list that is read a page at a time.
pub struct Pages<'a, T> {
    client: &'a Client,
    path: String,
    next: u32,
    /// How many entries to ask for; `None` where the server refuses to be asked.
    size: Option<u32>,
    done: bool,
    complete: bool,
    received: u32,
    skipped: u32,
    /// Hashes of the ids so far: enough to know a page that was there before.
    seen: HashSet<u64>,
    hasher: RandomState,
    kind: PhantomData<T>,
}

/// One page.
#[derive(Debug)]
pub struct Page<T> {
    /// Its entries. An id that was on an earlier page may come again: entries move while they are
    /// read.
    pub items: Vec<T>,
}

/// A whole list.
#[derive(Debug)]
pub struct Listing<T> {
    /// Its entries.
    pub items: Vec<T>,
    /// Entries that could not be read.
    pub skipped: u32,
    /// Whether it was read to its end.
    pub complete: bool,
}

/// What a page turned out to be.
struct Received {
    entries: u32,
    readable: bool,
    /// Whether any of its ids was not there before.
    fresh: bool,
    total_pages: Option<u32>,
    total: Option<u32>,
}

impl<'a, T: Entry> Pages<'a, T> {
    pub(crate) fn new(client: &'a Client, path: String) -> Self {
        Self {
            client,
            path,
            next: 1,
            size: Some(PAGE_SIZE),
            done: false,
            complete: true,
            received: 0,
            skipped: 0,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            kind: PhantomData,
        }
    }

    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Result<Option<Page<T>>, Error> {
        if self.done {
            return Ok(None);
        }
        let Some(list) = self.fetch().await? else {
            self.done = true;
            self.complete = false;
            return Ok(None);
        };
        let entries = count(list.items.len());
        let items: Vec<T> = list.items.into_iter().flatten().collect();
        let before = self.seen.len();
        self.seen.extend(items.iter().map(|item| self.hasher.hash_one(item.id())));
        let page = Received {
            entries,
            readable: !items.is_empty(),
            fresh: self.seen.len() > before,
            total_pages: list.total_pages,
            total: list.total,
        };
        self.advance(&page);
        if page.readable && !page.fresh {
            // The same entries again are not more of the list.
            return Ok(None);
        }
        self.skipped += entries - count(items.len());
        Ok(Some(Page { items }))
    }

    /// The whole list.
    pub async fn collect_all(mut self) -> Result<Listing<T>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await? {
            items.extend(page.items);
        }
        Ok(Listing { items, skipped: self.skipped, complete: self.complete })
    }

    /// Entries so far that could not be read.
    #[must_use]
    pub fn skipped(&self) -> u32 {
        self.skipped
    }

    /// Whether the list was read to its end, as far as one can tell by now. `false` when pages
    /// repeated or ended before the end that the server names, or after 10,000 pages.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.complete
    }

    /// Decides whether there is more, and whether all there is has come.
    fn advance(&mut self, page: &Received) {
        let repeats = page.readable && !page.fresh;
        let empty = page.entries == 0;
        if !repeats {
            self.received = self.received.saturating_add(page.entries);
        }
        let full = page.entries >= self.size.unwrap_or(DEFAULT_SIZE);
        let more = page.total_pages.map_or(full, |total| self.next < total);
        let endless = more && self.next >= MOST_PAGES;
        self.done = repeats || empty || !more || endless;
        if self.done {
            let missing = page.total.is_some_and(|total| self.received < total)
                || page.total_pages.is_some_and(|total| self.next < total);
            // Without totals, to repeat a page is how a server says that it knows no pages.
            let odd = repeats && page.total_pages.is_some();
            self.complete = !missing && !odd && !endless;
        }
        self.next += 1;
    }

    /// `None` where the server cannot be asked for this page.
    async fn fetch(&mut self) -> Result<Option<List<T>>, Error> {
        if let Some(size) = self.size {
            let sized = format!("{}?page={}&limit={size}", self.path, self.next);
            match self.client.list(&sized).await {
                // Some servers refuse `limit` (contract §6).
                Err(Error::Invalid { status: 400, .. }) if self.next == 1 => self.size = None,
                answer => return answer.map(Some),
            }
        }
        let plain = match self.next {
            1 => self.path.clone(),
            page => format!("{}?page={page}", self.path),
        };
        match self.client.list(&plain).await {
            Err(Error::Invalid { status: 400, .. }) if self.next > 1 => Ok(None),
            answer => answer.map(Some),
        }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ApiToken, BaseUrl, Secret, Token};

    #[test]
    fn a_list_without_end_is_cut_and_said() {
        let token = ApiToken::parse(Secret::new("entri_EXAMPLEONLY".to_owned())).unwrap();
        let client = Client::new(BaseUrl::parse("http://localhost").unwrap(), token).unwrap();
        for total_pages in [None, Some(4_000_000)] {
            let mut pages = Pages::<Token>::new(&client, String::new());
            let page =
                Received { entries: 200, readable: true, fresh: true, total_pages, total: None };
            for _ in 0..MOST_PAGES {
                assert!(!pages.done && pages.complete);
                pages.advance(&page);
            }
            assert!(pages.done && !pages.complete);
        }
    }
}
