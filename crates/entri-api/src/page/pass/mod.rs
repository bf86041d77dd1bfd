//! One reading of a list from its first page, and what its end proves (docs/entri-api.md#lists).

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use crate::completeness::{Incomplete, Whole};
use crate::wire::Words;

/// No honest list has more pages.
const MOST_PAGES: u32 = 10_000;
/// Nor do so many ids of one come again.
const MOST_REPEATED: usize = 10_000;
/// A page with only unreadable entries may occur between others, but not many in a row.
const MOST_UNREADABLE_PAGES: u32 = 2;

/// What the end of a list proves.
pub(super) type Verdict = Result<Whole, Incomplete>;

/// The part of a list that was read so far.
#[derive(Default)]
pub(super) struct Pass {
    pages: u32,
    /// Hashes of the ids so far: enough to recognize repeats.
    seen: HashSet<u64>,
    hasher: RandomState,
    skipped: u32,
    /// Repeated ids on pages that also had new ones.
    repeated: Vec<String>,
    /// Whether the server's total changed.
    moved: bool,
    total: Option<u32>,
    /// The list has at least so many entries, according to a field that may mean something else.
    count: Option<u32>,
    unreadable_pages: u32,
    lead: Lead,
}

/// What the previous page said about the next one.
#[derive(Default)]
struct Lead {
    /// Whether the server said that there is a next page.
    promised: bool,
    /// A cursor to it, or, as some write it, the page's own.
    cursor: Option<String>,
}

/// What a page added to the reading.
pub(super) struct News {
    /// Whether any of its ids was not there before.
    pub(super) fresh: bool,
    /// What the end proves, if this is the last page.
    pub(super) verdict: Option<Verdict>,
}

impl Pass {
    /// Takes a page of this many entries, with the ids of those that can be read.
    pub(super) fn take<'a>(
        &mut self,
        entries: usize,
        ids: impl Iterator<Item = &'a str>,
        words: &Words,
    ) -> News {
        self.pages += 1;
        let (before, mut readable, mut again) = (self.seen.len(), 0, Vec::new());
        for id in ids {
            readable += 1;
            if !self.seen.insert(self.hasher.hash_one(id)) {
                again.push(id.to_owned());
            }
        }
        let fresh = self.seen.len() - before;
        let unreadable = count(entries - readable);
        // More unreadable entries than so far aren't a repetition: they may be new.
        let repeats = readable > 0 && fresh == 0 && unreadable <= self.skipped;
        if !repeats {
            self.repeated.append(&mut again);
            self.skipped = self.skipped.saturating_add(unreadable);
        }
        self.unreadable_pages = if readable == 0 { self.unreadable_pages + 1 } else { 0 };
        self.hear(words);
        let ends = repeats || entries == 0;
        // If more was promised, repeated entries aren't the end of the list. Nor are they if a cursor led
        // to them, since a server that ignores cursors sends the same page again.
        let led = self.lead.cursor.is_some() && self.lead.cursor.as_deref() != words.cursor();
        let broken = repeats && (self.lead.promised || led);
        let follows = self.follows(words);
        let verdict = self.verdict(ends, broken, follows);
        self.lead =
            Lead { promised: follows == Some(true), cursor: words.cursor().map(str::to_owned) };
        News { fresh: fresh > 0, verdict }
    }

    pub(super) fn skipped(&self) -> u32 {
        self.skipped
    }

    /// How many entries with different ids there are so far.
    pub(super) fn entries(&self) -> usize {
        self.seen.len()
    }

    pub(super) fn repeated(&self) -> &[String] {
        &self.repeated
    }

    fn hear(&mut self, words: &Words) {
        if let Some(total) = words.total {
            self.moved |= self.total.is_some_and(|known| known != total);
            self.total = Some(total);
        }
        self.count = self.count.max(words.count);
    }

    /// Whether anything follows, as far as the server says. If pages are requested by cursors, a
    /// page without a cursor is the last: many servers leave empty fields out, and there is no
    /// other way to ask.
    fn follows(&self, words: &Words) -> Option<bool> {
        let last = self.lead.cursor.is_some() && words.cursor().is_none();
        words.follows(self.pages).or(last.then_some(false))
    }

    /// `ends` if the page had nothing new: it was empty, or repeated earlier entries.
    fn verdict(&self, ends: bool, broken: bool, follows: Option<bool>) -> Option<Verdict> {
        let read = self.read().saturating_add(self.skipped);
        let least = self.total.max(self.count);
        let short = least.is_some_and(|total| read < total);
        let reached = self.total.is_some_and(|total| read >= total);
        let unreadable = self.unreadable_pages >= MOST_UNREADABLE_PAGES;
        let over = match follows {
            Some(true) => ends,
            Some(false) => ends || !short,
            None => ends || reached || unreadable,
        };
        match over {
            _ if self.pages >= MOST_PAGES || self.repeated.len() > MOST_REPEATED => {
                Some(Err(Incomplete::TooLarge))
            }
            true => Some(self.proof(broken || follows == Some(true))),
            false => None,
        }
    }

    fn proof(&self, more: bool) -> Verdict {
        let read = self.read();
        let total = match (self.total, self.count) {
            (Some(total), _) if read != total => Some(total),
            (None, Some(count)) if read < count => Some(count),
            _ => None,
        };
        match total {
            _ if self.skipped > 0 => Err(Incomplete::Unreadable(self.skipped)),
            _ if self.moved => Err(Incomplete::Moved),
            _ if !self.repeated.is_empty() => Err(Incomplete::RepeatedId),
            Some(total) => Err(Incomplete::Miscounted { read, total }),
            None if more && self.total.is_none() => Err(Incomplete::CutShort),
            None => Ok(Whole::PROVEN),
        }
    }

    fn read(&self) -> u32 {
        count(self.seen.len())
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
