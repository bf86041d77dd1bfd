//! One reading of a list from its first page on, and what its end proves (docs/entri-api.md#lists).

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

/// What was read so far.
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
    /// At least so many there are, by a word that may mean something else.
    count: Option<u32>,
    unreadable_pages: u32,
    lead: Lead,
}

/// What the previous page said about the next one.
#[derive(Default)]
struct Lead {
    /// That there is one.
    promised: bool,
    /// A cursor to it, or, as some write it, the page's own.
    cursor: Option<String>,
}

/// What a page was.
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
        // More that cannot be read than so far is no repetition: it may be what is new.
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

    /// Whether anything follows, as far as the server says. One that leads by cursors says by naming
    /// none that nothing does: many leave out what is empty, and there is no other way to ask.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Next;

    #[test]
    fn a_page_that_was_promised_and_repeats_another_is_no_end() {
        let last_of_two = Words { total_pages: Some(2), ..Words::default() };
        let mut pass = Pass::default();
        assert!(pass.take(2, ["a", "b"].into_iter(), &last_of_two).verdict.is_none());
        let again = pass.take(2, ["a", "b"].into_iter(), &last_of_two);
        assert_eq!(again.verdict, Some(Err(Incomplete::CutShort)));
    }

    #[test]
    fn a_cursor_that_leads_to_the_same_entries_is_no_end() {
        let told = |value: Option<&str>| {
            let next =
                |value: &str| Next::Cursor { name: "cursor".to_owned(), value: value.to_owned() };
            Words { next: value.map(next), ..Words::default() }
        };
        for (second, verdict) in [
            (Some("b"), Ok(Whole::PROVEN)),
            (Some("c"), Err(Incomplete::CutShort)),
            (None, Err(Incomplete::CutShort)),
        ] {
            let mut pass = Pass::default();
            assert!(pass.take(1, ["a"].into_iter(), &told(Some("b"))).verdict.is_none());
            let again = pass.take(1, ["a"].into_iter(), &told(second));
            assert_eq!(again.verdict, Some(verdict), "{second:?}");
        }
    }

    #[test]
    fn a_cursor_that_stops_coming_is_the_end() {
        let next = |value: &str| Next::Cursor { name: "next".to_owned(), value: value.to_owned() };
        let led = |value| Words { next: Some(next(value)), ..Words::default() };
        for (more, total, verdict) in [
            (None, None, Some(Ok(Whole::PROVEN))),
            (None, Some(2), Some(Ok(Whole::PROVEN))),
            // Its other words count.
            (Some(true), None, None),
            (None, Some(3), None),
        ] {
            let mut pass = Pass::default();
            let first = pass.take(1, ["a"].into_iter(), &Words { total, ..led("b") });
            assert!(first.verdict.is_none());
            let last = pass.take(1, ["b"].into_iter(), &Words { total, more, ..Words::default() });
            assert_eq!(last.verdict, verdict, "{more:?} {total:?}");
        }
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
            assert_eq!(last.verdict, Some(Err(Incomplete::TooLarge)));
        }
    }

    /// All of them are kept, so that nobody revokes by an id shared by several tokens.
    #[test]
    fn a_list_of_the_same_ids_and_some_others_is_cut() {
        let ids: Vec<String> = (0..MOST_REPEATED).map(|id| id.to_string()).collect();
        let mut pass = Pass::default();
        let mut take = |fresh: &'static str, entries: usize| {
            let page = ids[..entries].iter().map(String::as_str).chain([fresh]);
            pass.take(entries + 1, page, &Words::default()).verdict
        };
        assert_eq!(take("a", MOST_REPEATED), None);
        assert_eq!(take("b", MOST_REPEATED), None);
        assert_eq!(take("c", 1), Some(Err(Incomplete::TooLarge)));
    }

    /// Somebody created a token meanwhile, so the last one of page 1 is also on page 2, next to an
    /// unreadable one.
    #[test]
    fn what_cannot_be_read_beside_what_came_before_is_missing() {
        let mut pass = Pass::default();
        assert!(pass.take(2, ["a", "b"].into_iter(), &Words::default()).verdict.is_none());
        assert!(pass.take(2, ["b"].into_iter(), &Words::default()).verdict.is_none());
        let last = pass.take(0, [].into_iter(), &Words::default());
        assert_eq!(last.verdict, Some(Err(Incomplete::Unreadable(1))));
    }

    /// A server that takes no notice of `page` gives what cannot be read again, too.
    #[test]
    fn a_page_with_what_cannot_be_read_that_comes_again_ends_the_list() {
        let mut pass = Pass::default();
        assert!(pass.take(3, ["a"].into_iter(), &Words::default()).verdict.is_none());
        let again = pass.take(3, ["a"].into_iter(), &Words::default());
        assert_eq!(again.verdict, Some(Err(Incomplete::Unreadable(2))));
    }
}
