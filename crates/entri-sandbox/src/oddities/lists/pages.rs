//! How an odd server divides a list into pages, and what it says about their number
//! (docs/entri-api.md#lists).

use serde_json::Value;

use crate::model::{ApiError, Read, Window};

/// No list has more pages; any page beyond is after the last.
const MOST_PAGES: u32 = 10_000;

/// How a list is divided into pages. The default is the documented way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pages {
    /// The most entries in a page, whatever `limit` says, without mentioning it.
    pub cap: Option<u32>,
    /// Whether each page has another number of entries, up to the limit.
    pub sizes_vary: bool,
    /// Whether `limit` is refused with 400.
    pub limit_refused: bool,
    /// Whether `page` is ignored: every page is the first one.
    pub page_ignored: bool,
    /// The page that has the entries of the previous page instead of its own.
    pub repeated: Option<u32>,
    /// The response to a page after the last.
    pub after_last: AfterLast,
    /// What the server says about the number of entries.
    pub total: Total,
}

/// The response to a page after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterLast {
    /// A page without entries.
    #[default]
    Empty,
    /// An error: 400, 404 or 416.
    Status(u16),
    /// The last page again.
    Repeat,
}

/// What the server says about the number of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Total {
    /// The true numbers of entries and pages.
    #[default]
    True,
    /// Neither the number of entries nor that of pages.
    Untold,
    /// The truth plus this number, which may be negative.
    Off(i32),
    /// Another number on each page, never too small.
    Moves,
    /// The true number of entries, and the number of pages there would be if they were as large as
    /// requested.
    PagesAsAsked,
}

impl Pages {
    /// Which entries a page has.
    pub(crate) fn window(&self, page: u32, asked: u32) -> Window {
        let of = match self.repeated {
            Some(repeated) if repeated == page => page.saturating_sub(1).max(1),
            _ => page,
        };
        let offset = match self.sizes_vary {
            true if of > MOST_PAGES => u32::MAX,
            true => (1..of).map(|page| self.size(page, asked)).sum(),
            false => (of - 1).saturating_mul(self.size(of, asked)),
        };
        Window { page, limit: self.size(of, asked), offset }
    }

    /// How many pages a list of this many entries has if `limit` is requested.
    #[must_use]
    pub fn pages(&self, entries: u32, limit: u32) -> u32 {
        if !self.sizes_vary {
            return entries.div_ceil(self.size(1, limit));
        }
        let starts = (1..=MOST_PAGES).map(|page| self.window(page, limit).offset);
        u32::try_from(starts.take_while(|start| *start < entries).count()).unwrap_or(MOST_PAGES)
    }

    /// The response to a page after the last.
    pub(crate) fn after_the_last(
        &self,
        (total, asked): (u32, u32),
        read: impl Fn(Window) -> Read,
    ) -> Result<Vec<Value>, ApiError> {
        match self.after_last {
            AfterLast::Empty => Ok(Vec::new()),
            AfterLast::Status(status) => Err(ApiError::of(status, "There is no such page")),
            AfterLast::Repeat => {
                let last = self.pages(total, asked).max(1);
                Ok(read(self.window(last, asked))?.0)
            }
        }
    }

    /// The total that a page states; `None` if it states none.
    pub(crate) fn told_total(&self, total: u32, page: u32) -> Option<u32> {
        match self.total {
            Total::True | Total::PagesAsAsked => Some(total),
            Total::Untold => None,
            Total::Off(by) => Some(total.saturating_add_signed(by)),
            Total::Moves => Some(total.saturating_add(page)),
        }
    }

    /// The number of pages that a page states; `None` if it states none.
    pub(crate) fn told_pages(&self, total: u32, asked: u32) -> Option<u32> {
        match self.total {
            Total::Untold => None,
            Total::Off(by) => Some(self.pages(total.saturating_add_signed(by), asked)),
            Total::True | Total::Moves => Some(self.pages(total, asked)),
            Total::PagesAsAsked => Some(total.div_ceil(asked)),
        }
    }

    fn size(&self, page: u32, asked: u32) -> u32 {
        let most = self.cap.unwrap_or(asked).min(asked).max(1);
        if self.sizes_vary { most - page.wrapping_mul(37) % (most / 2 + 1) } else { most }
    }
}
