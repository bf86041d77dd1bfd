//! One reading of a list from its first page on, and what its end proves (contract §6).

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use crate::completeness::{Incomplete, Whole};
use crate::wire::Words;

/// No honest list has more pages.
const MOST_PAGES: u32 = 10_000;
/// A page of which nothing can be read may stand between others, but not many in a row.
const MOST_UNREADABLE_PAGES: u32 = 2;

/// What the end of a list proves.
pub(super) type Verdict = Result<Whole, Incomplete>;

/// What was read so far.
#[derive(Default)]
pub(super) struct Pass {
    pages: u32,
    /// Hashes of the ids so far: enough to know one that comes again.
    seen: HashSet<u64>,
    hasher: RandomState,
    skipped: u32,
    /// Whether an id came again among others that did not.
    repeated: bool,
    /// Whether the server's total changed.
    moved: bool,
    total: Option<u32>,
    /// At least so many there are, by a word that may mean something else.
    count: Option<u32>,
    unreadable_pages: u32,
    /// Whether the page before said that more follows.
    promised: bool,
}

/// What a page was.
pub(super) struct News {
    /// Whether any of its ids was not there before.
    pub(super) fresh: bool,
    /// What the end proves, where it is the last page.
    pub(super) verdict: Option<Verdict>,
}

impl Pass {
    /// Takes a page of so many entries, with the ids of those that can be read.
    pub(super) fn take<'a>(
        &mut self,
        entries: usize,
        ids: impl Iterator<Item = &'a str>,
        words: &Words,
    ) -> News {
        self.pages += 1;
        let (before, mut readable) = (self.seen.len(), 0);
        for id in ids {
            readable += 1;
            self.seen.insert(self.hasher.hash_one(id));
        }
        let fresh = self.seen.len() - before;
        let repeats = readable > 0 && fresh == 0;
        if !repeats {
            self.repeated |= fresh < readable;
            self.skipped = self.skipped.saturating_add(count(entries - readable));
        }
        self.unreadable_pages = if readable == 0 { self.unreadable_pages + 1 } else { 0 };
        self.hear(words);
        let ends = repeats || entries == 0;
        // Where more was promised, the same entries again are not the end of the list.
        let broken = repeats && self.promised;
        let verdict = self.verdict(ends, broken, words);
        self.promised = words.follows(self.pages) == Some(true);
        News { fresh: fresh > 0, verdict }
    }

    pub(super) fn skipped(&self) -> u32 {
        self.skipped
    }

    pub(super) fn counted(&self) -> bool {
        self.total.is_some()
    }

    fn hear(&mut self, words: &Words) {
        if let Some(total) = words.total {
            self.moved |= self.total.is_some_and(|known| known != total);
            self.total = Some(total);
        }
        self.count = self.count.max(words.count);
    }

    /// `ends` where the page brought nothing: it was empty, or repeats what was there.
    fn verdict(&self, ends: bool, broken: bool, words: &Words) -> Option<Verdict> {
        let follows = words.follows(self.pages);
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
            _ if self.pages >= MOST_PAGES => Some(Err(Incomplete::TooLong)),
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
            _ if self.repeated => Err(Incomplete::RepeatedId),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_was_promised_and_repeats_another_is_no_end() {
        let last_of_two = Words { total_pages: Some(2), ..Words::default() };
        let mut pass = Pass::default();
        assert!(pass.take(2, ["a", "b"].into_iter(), &last_of_two).verdict.is_none());
        let again = pass.take(2, ["a", "b"].into_iter(), &last_of_two);
        assert_eq!(again.verdict, Some(Err(Incomplete::CutShort)));
    }

    #[test]
    fn a_list_without_end_is_cut_and_said() {
        for total_pages in [None, Some(4_000_000)] {
            let words = Words { total_pages, ..Words::default() };
            let mut pass = Pass::default();
            for page in 1..MOST_PAGES {
                assert!(pass.take(1, [&*page.to_string()].into_iter(), &words).verdict.is_none());
            }
            let last = pass.take(1, ["last"].into_iter(), &words);
            assert_eq!(last.verdict, Some(Err(Incomplete::TooLong)));
        }
    }
}
