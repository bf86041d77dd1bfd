//! What a careful reader can know about a list from an odd server (docs/entri-api.md#lists).

use super::Variant;
use crate::forms::ListShape;
use crate::oddities::{AfterLast, Damage, Members, Moves, NextForm, Total};

impl Variant {
    /// Whether it can mislead even a careful reader into taking an incomplete list for complete: it
    /// lies, or doesn't mention that something is missing.
    #[must_use]
    pub fn misleads(&self) -> bool {
        let odd = self.odd;
        let (total, word) = (self.tells_total(), self.tells_more());
        let silent = !total && !word;
        matches!(odd.pages.total, Total::Off(by) if by < 0)
            || silent && (self.is_deaf() || odd.pages.repeated.is_some())
            || odd.drift.is_some_and(|drift| !total || drift.what == Moves::Swaps)
            || odd.pages.total == Total::PagesAsAsked && !total
            || odd.damage == Damage::LaterEmpty && !total
            || odd.members == Members::Partial && !total
    }

    /// Whether every complete list of tokens can be proven complete, with at most one request more
    /// than it has pages.
    #[must_use]
    pub fn provable(&self) -> bool {
        let odd = self.odd;
        let pages = odd.pages;
        let sound = !self.misleads()
            && matches!(odd.damage, Damage::None)
            && odd.twins.is_none()
            && odd.drift.is_none()
            && odd.nesting == 0
            && pages.repeated.is_none()
            && matches!(pages.total, Total::True | Total::Untold)
            && !self.is_deaf()
            && odd.words.is_none_or(|it| it.next.is_none_or(|it| it.1 != NextForm::Foreign));
        // The field `count` may also be about the page.
        let counts = odd.words.is_none_or(|words| words.total != Some("count"));
        sound && (counts && self.tells_total() || self.tells_the_end() || self.shows_the_end())
    }

    /// Whether it says how many entries there are.
    fn tells_total(&self) -> bool {
        let said = match self.odd.words {
            Some(words) => self.has_room() && words.total.is_some(),
            None => matches!(self.list, ListShape::Envelope | ListShape::Named(_)),
        };
        said && self.odd.pages.total != Total::Untold
    }

    /// Whether it says on each page but the last that there is more.
    fn tells_more(&self) -> bool {
        let pages = self.odd.pages.total != Total::Untold;
        match self.odd.words {
            Some(words) => {
                let said = words.more.is_some() || words.next.is_some();
                words.link && self.list != ListShape::Array
                    || self.has_room() && (said || pages && words.pages.is_some())
            }
            None => pages && matches!(self.list, ListShape::Envelope | ListShape::Named(_)),
        }
    }

    /// Whether its last page says that nothing follows.
    fn tells_the_end(&self) -> bool {
        self.odd.words.is_some_and(|words| {
            let pages = self.odd.pages.total != Total::Untold && words.pages.is_some();
            // A `cursor` may also be that of the page itself.
            let next = words.next.is_some_and(|(name, _)| name != "cursor");
            let end = !words.silent_end && (words.more.is_some() || next);
            self.has_room() && (end || pages)
        })
    }

    /// Whether a page after the last shows that it was the last.
    fn shows_the_end(&self) -> bool {
        let shown = matches!(self.odd.pages.after_last, AfterLast::Empty | AfterLast::Repeat);
        // A cursor that stops coming means the end. A list that never had one is sent again.
        let cursor = self.odd.words.is_some_and(|words| words.has_cursor());
        self.list == ListShape::Array || cursor || shown
    }

    /// Whether `page` changes nothing, though there may be more pages.
    fn is_deaf(&self) -> bool {
        let cursor = self.odd.words.is_some_and(|words| words.has_cursor());
        self.list != ListShape::Array && (self.odd.pages.page_ignored || cursor && !self.has_room())
    }

    /// Whether there is an object around the list that words can be in.
    fn has_room(&self) -> bool {
        !matches!(self.list, ListShape::Array | ListShape::PagedArray)
    }
}
