//! Odd ways with lists.

use super::Way;
use crate::forms::ListShape;
use crate::model::Order;
use crate::oddities::{
    AfterLast, Damage, Drift, Moves, NextForm, Numbers, Odd, Place, Total, Words,
};
use crate::random::Random;
use crate::variant::Variant;

pub(super) const WAYS: &[Way] = &[
    way("clamp-array", 4, "caps limit at 100 and lists bare arrays", |it, _| {
        it.list = ListShape::PagedArray;
        it.odd.pages.cap = Some(100);
    }),
    way("clamp-cursor", 4, "caps limit at 100 and names the next page by nextCursor", |it, _| {
        clamp(it, Words { next: Some(("nextCursor", NextForm::Cursor)), ..Words::default() });
    }),
    way("clamp-hasmore", 4, "caps limit at 100 and says hasMore", |it, _| {
        clamp(it, Words { more: Some("hasMore"), ..Words::default() });
    }),
    way("clamp-links", 4, "caps limit at 100 and has the next address under links", |it, _| {
        let place = Place::In("links");
        clamp(it, Words { next: Some(("next", NextForm::Url)), place, ..Words::default() });
    }),
    way("clamp-snake", 4, "caps limit at 100 and says total_pages", |it, _| {
        let place = Place::In("meta");
        clamp(it, Words { pages: Some("totalPages"), snake: true, place, ..Words::default() });
    }),
    way("clamp-float", 4, "caps limit at 100 and writes totalPages as 5.0", |it, _| {
        let (place, numbers) = (Place::In("meta"), Numbers::Float);
        clamp(it, Words { pages: Some("totalPages"), place, numbers, ..Words::default() });
    }),
    way("clamp-link-header", 4, "caps limit at 100 and says the next page in a header", |it, _| {
        clamp(it, Words { link: true, ..Words::default() });
        it.list = ListShape::PagedArray;
    }),
    way("clamp-any", 20, "caps limit and tells of pages in one of all forms", |it, random| {
        it.odd.words = Some(any_words(random));
        it.odd.pages.cap = Some(random.pick(&[3, 20, 50, 100]));
    }),
    way("words-any", 12, "tells of pages in one of all forms", |it, random| {
        it.odd.words = Some(any_words(random));
    }),
    way("next-elsewhere", 2, "has the address of the next page on another host", |it, _| {
        clamp(it, Words { next: Some(("next", NextForm::Foreign)), ..Words::default() });
    }),
    way("sizes-vary", 6, "gives each page another number of entries", |it, random| {
        it.odd.pages.sizes_vary = true;
        it.odd.pages.cap = Some(random.pick(&[9, 40, 200]));
    }),
    way("limit-refused", 4, "refuses limit with 400", |it, _| it.odd.pages.limit_refused = true),
    way("page-ignored", 4, "gives the first page for every other", |it, _| {
        it.odd.pages.page_ignored = true;
    }),
    way("page-repeated", 4, "gives one page twice in place of the next", |it, _| {
        it.odd.pages.repeated = Some(2);
        it.odd.pages.cap = Some(20);
    }),
    way("last-page-400", 2, "answers 400 after the last page", |it, _| after(it, 400)),
    way("last-page-404", 2, "answers 404 after the last page", |it, _| after(it, 404)),
    way("last-page-416", 2, "answers 416 after the last page", |it, _| after(it, 416)),
    way("last-page-repeated", 3, "gives the last page again after it", |it, _| {
        it.odd.pages.after_last = AfterLast::Repeat;
    }),
    way("no-totals", 6, "says nothing of the number of entries or pages", |it, _| {
        it.odd.pages.total = Total::Untold;
    }),
    way("total-high", 3, "says that there is one entry more than there is", |it, _| {
        it.odd.pages.total = Total::Off(1);
    }),
    // Nobody could tell: it is never drawn.
    way("total-low", 0, "says that there is one entry fewer than there is", |it, _| {
        it.odd.pages.total = Total::Off(-1);
    }),
    way("total-moves", 3, "says another number of entries on each page", |it, _| {
        it.odd.pages.total = Total::Moves;
        it.odd.pages.cap = Some(20);
    }),
    way("pages-as-asked", 3, "caps limit, and figures totalPages without the cap", |it, _| {
        it.odd.pages.total = Total::PagesAsAsked;
        it.odd.pages.cap = Some(50);
    }),
    way("shift", 6, "has a token revoked between two pages, once", |it, random| {
        drift(&mut it.odd, Moves::Revokes, false, random);
    }),
    way("shift-always", 3, "has a token revoked between two pages, each time", |it, random| {
        drift(&mut it.odd, Moves::Revokes, true, random);
    }),
    way("grow", 5, "lists the newest first, and gets one between two pages", |it, random| {
        it.odd.order = Order::NewestFirst;
        drift(&mut it.odd, Moves::Creates, false, random);
    }),
    // Its total stays the same, which nobody could tell.
    way("swap", 0, "has a token revoked and one created between two pages", |it, random| {
        drift(&mut it.odd, Moves::Swaps, false, random);
    }),
    way("newest-first", 4, "lists the newest token first", |it, _| {
        it.odd.order = Order::NewestFirst;
    }),
    way(
        "revoke-empty",
        5,
        "gives a whole list first, and empty ones with a total later",
        |it, _| {
            it.odd.damage = Damage::LaterEmpty;
        },
    ),
    // Nobody could read it completely, so it is never drawn.
    way("endless", 0, "lists tokens without end, 8 MB a page", |it, _| {
        it.odd.damage = Damage::Endless;
    }),
    way("log-shifts", 3, "gets an entry of the log between any two of its pages", |it, _| {
        it.odd.log_shifts = true;
    }),
];

pub(super) const fn way(
    name: &'static str,
    weight: u32,
    says: &'static str,
    apply: fn(&mut Variant, &mut Random),
) -> Way {
    Way { name, says, weight, apply }
}

fn clamp(variant: &mut Variant, words: Words) {
    variant.odd.words = Some(words);
    variant.odd.pages.cap = Some(100);
}

fn after(variant: &mut Variant, status: u16) {
    variant.odd.pages.after_last = AfterLast::Status(status);
}

fn drift(odd: &mut Odd, what: Moves, always: bool, random: &mut Random) {
    odd.pages.cap = Some(random.pick(&[10, 30]));
    odd.drift = Some(Drift { what, before: random.pick(&[2, 2, 3]), always });
}

fn any_words(random: &mut Random) -> Words {
    const PLACES: [Place; 5] = [
        Place::Top,
        Place::In("meta"),
        Place::In("pagination"),
        Place::In("links"),
        Place::In("_links"),
    ];
    const FORMS: [NextForm; 4] = [NextForm::Page, NextForm::Cursor, NextForm::Url, NextForm::Path];
    let total = random.pick(&["total", "totalCount", "count"]);
    let pages = random.pick(&["totalPages", "pages", "lastPage"]);
    let more = random.pick(&["hasMore", "hasNext", "hasNextPage"]);
    let next = match random.pick(&FORMS) {
        NextForm::Page => (random.pick(&["next", "nextPage"]), NextForm::Page),
        NextForm::Cursor => {
            let names = ["next", "nextCursor", "cursor", "nextPageToken"];
            (random.pick(&names), NextForm::Cursor)
        }
        address => ("next", address),
    };
    // Most servers have one word; some have several.
    let mut said = || random.below(3) == 0;
    let (total, pages) = (said().then_some(total), said().then_some(pages));
    let (more, next, link) = (said().then_some(more), said().then_some(next), said());
    Words {
        total,
        pages,
        more,
        next,
        link: link && next.is_none_or(|(_, form)| form != NextForm::Cursor),
        place: random.pick(&PLACES),
        snake: random.below(2) == 0,
        numbers: random.pick(&[Numbers::Whole, Numbers::Whole, Numbers::Float, Numbers::Text]),
        silent_end: random.below(4) == 0,
    }
}
