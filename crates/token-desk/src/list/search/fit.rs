//! Which tokens fit the terms of a search.

use memchr::memmem;

use super::Search;
use crate::folded::folded;
use crate::list::inventory::{Index, Inventory, SEPARATOR};
use crate::list::language::{Expires, Field, Pattern, Span, State, Term, Test};
use crate::list::parts::Part;
use crate::model::time::dates::Stamp;

/// Says of one token whether it fits.
type Fits<'a> = Box<dyn Fn(Index) -> bool + 'a>;

impl Search {
    /// Whether a token fits every term.
    pub(super) fn fit<'a>(&'a self, terms: &'a [Term]) -> impl Fn(Index) -> bool + 'a {
        // Matching a row's text takes longest, so it is done last, for the rows that are left.
        let (last, first): (Vec<_>, Vec<_>) = terms.iter().partition(|term| term.is_of_own_text());
        let in_order = first.into_iter().chain(last);
        let fits: Vec<_> = in_order.map(|term| (term.not, self.fits(&term.test))).collect();
        move |at| fits.iter().all(|(not, fits)| fits(at) != *not)
    }

    fn fits<'a>(&'a self, test: &'a Test) -> Fits<'a> {
        let list = &*self.list;
        let times: Vec<_> = list.times(&self.clocks).iter().map(|at| at.0.timestamp()).collect();
        let now = move |at| times[list.part_at(at)];
        let reads: Vec<_> = list.parts().map(|(id, _)| self.clocks.read(id)).collect();
        let known = move |at| list.read(at, reads[list.part_at(at)]).0.timestamp();
        match *test {
            Test::Word(ref word) => self.fits_word(word),
            Test::Field(field, ref pattern) => self.fits_field(field, pattern),
            Test::Unused(None) => Box::new(|at| list.no_use_recorded(at)),
            Test::Unused(Some(span)) => Box::new(move |at| list.unused(at, span, known(at))),
            Test::Expires(expires) => Box::new(move |at| fits_expiry(list, at, expires, now(at))),
            Test::Created(span) => Box::new(move |at| {
                list.created[at as usize].seconds().is_some_and(|it| span.holds(now(at) - it))
            }),
            Test::Is(State::Chip(chip)) => Box::new(move |at| self.judged.chip(at) == chip),
            Test::Is(State::View(view)) => Box::new(move |at| self.judged.in_view(at, view)),
            Test::Is(State::Unreadable) => Box::new(|at| list.is_unreadable(at)),
            Test::Is(State::Rotating(role)) => {
                let keys = self.rotating.iter().filter(|(_, it)| *it == role);
                let those: Vec<_> = keys.filter_map(|(key, _)| list.find(key)).collect();
                Box::new(move |at| those.contains(&at))
            }
            Test::NewSince => Box::new(move |at| self.is_new(at)),
            Test::Finding(rule) => Box::new(move |at| self.breaks(at, rule)),
        }
    }

    /// Each token has its own name and id; texts that many tokens share are compared only once.
    fn fits_word<'a>(&'a self, word: &str) -> Fits<'a> {
        let list = &*self.list;
        let lines = list.lines_with(word.as_bytes());
        let holds = |text: &str| folded(text).contains(word);
        let shared: Vec<_> = list.shared.iter().map(|text| holds(text)).collect();
        let shown = list.creators.iter().map(|[shown, ..]| shared[*shown as usize]).collect();
        let project = in_column(list.project_names().map(holds).collect(), &list.project);
        let creator = in_column(shown, &list.creator);
        let scopes = in_column(shared, &list.scopes);
        Box::new(move |at| lines[at as usize] || project(at) || scopes(at) || creator(at))
    }

    /// A text that many tokens share is compared only once.
    fn fits_field<'a>(&'a self, field: Field, pattern: &'a Pattern) -> Fits<'a> {
        let list = &*self.list;
        let matcher = pattern.matcher();
        let fits = |text: &str| matcher.fits(folded(text).as_bytes());
        let shared = |fits: &dyn Fn(&str) -> bool| -> Vec<bool> {
            list.shared.iter().map(|text| fits(text)).collect()
        };
        match field {
            Field::Name => Box::new(move |at| matcher.fits(list.lower_name(at))),
            Field::Id => Box::new(move |at| matcher.fits(list.lower_id(at))),
            Field::Project => in_column(list.project_names().map(fits).collect(), &list.project),
            Field::Scope => in_column(shared(&|it| it.split(' ').any(fits)), &list.scopes),
            Field::Creator => {
                let texts = shared(&|text| !text.is_empty() && fits(text));
                let of = |creator: &[u32; 3]| creator.iter().any(|&text| texts[text as usize]);
                in_column(list.creators.iter().map(of).collect(), &list.creator)
            }
            Field::Connection => {
                let of = |part: &Part| fits(self.labels.of(part.connection));
                let parts: Vec<_> = list.parts.iter().map(of).collect();
                Box::new(move |at| parts[list.part_at(at)])
            }
        }
    }
}

/// Whether the value that a token has in a column fits.
fn in_column(fitting: Vec<bool>, column: &[u32]) -> Fits<'_> {
    Box::new(move |at| fitting[column[at as usize] as usize])
}

fn fits_expiry(list: &Inventory, index: Index, expires: Expires, now: i64) -> bool {
    let (stamp, used) = (list.expires[index as usize], list.last_used[index as usize]);
    match (expires, stamp.seconds()) {
        (Expires::Never, _) => stamp == Stamp::NONE,
        (Expires::Past, Some(at)) => at <= now && used.seconds().is_none_or(|used| used <= at),
        (Expires::In(span), Some(at)) => at > now && span.holds(at - now),
        (_, None) => false,
    }
}

impl Inventory {
    fn no_use_recorded(&self, index: Index) -> bool {
        self.last_used[index as usize] == Stamp::NONE && self.part(index).last_used_reported
    }

    /// A token without a recorded use counts as unused since its creation, if the server reports
    /// use at all; recent use is known only if it is recorded. The list doesn't show what happened
    /// after `known`.
    fn unused(&self, index: Index, span: Span, known: i64) -> bool {
        let used = self.last_used[index as usize];
        let since_created =
            used == Stamp::NONE && span.is_at_least() && self.no_use_recorded(index);
        let since = if since_created { self.created[index as usize] } else { used };
        since.seconds().is_some_and(|since| span.holds(known - since))
    }

    /// The name, lower-cased: the first field of the token's line.
    fn lower_name(&self, index: Index) -> &[u8] {
        field(self.line(index), self.name(index)).0
    }

    /// The id, lower-cased: the second one.
    fn lower_id(&self, index: Index) -> &[u8] {
        let (_, after) = field(self.line(index), self.name(index));
        field(after, self.id(index).0).0
    }

    /// One pass over the whole haystack; after a hit, the rest of the line is skipped.
    fn lines_with(&self, needle: &[u8]) -> Vec<bool> {
        let finder = memmem::Finder::new(needle);
        let mut hits = vec![false; self.len()];
        let (mut from, mut line) = (0, 0);
        while let Some(offset) = finder.find(&self.haystack[from..]) {
            let at = from + offset;
            while self.line_at[line + 1] as usize <= at {
                line += 1;
            }
            let end = self.line_at[line + 1] as usize;
            // A hit that runs over the end of its line is none.
            let inside = at + needle.len() <= end;
            hits[line] |= inside;
            from = if inside { end } else { at + 1 };
        }
        hits
    }
}

/// The field that a line begins with, and what follows it. The text may itself hold what separates
/// fields, and holds as many of them once it is lower-cased.
fn field<'a>(line: &'a [u8], text: &str) -> (&'a [u8], &'a [u8]) {
    let within = memchr::memchr_iter(SEPARATOR, text.as_bytes()).count();
    let end = memchr::memchr_iter(SEPARATOR, line).nth(within).unwrap_or(line.len());
    (&line[..end], line.get(end + 1..).unwrap_or_default())
}
