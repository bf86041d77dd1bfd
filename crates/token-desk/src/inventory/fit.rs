//! Which tokens fit the terms of a search.

use memchr::memmem;

use super::{Index, Inventory, SEPARATOR, Search, UNKNOWN};
use crate::language::{Expires, Field, Pattern, Span, State, Term, Test};

impl Search {
    /// Which tokens fit every term; `None` when there is no term.
    pub(super) fn hits(&self, terms: &[Term]) -> Option<Vec<bool>> {
        if terms.is_empty() {
            return None;
        }
        // A row's own text takes longest to look at, so it is left for the rows that the others leave.
        let (last, first): (Vec<_>, Vec<_>) = terms.iter().partition(|term| term.is_of_own_text());
        let mut found = vec![true; self.list.len()];
        for term in first.into_iter().chain(last) {
            let fits = self.fits(&term.test, &found);
            let both = found.iter().zip(fits).map(|(found, fits)| *found && fits != term.not);
            found = both.collect();
        }
        Some(found)
    }

    /// Of the tokens still in question, those that fit.
    fn fits(&self, test: &Test, asked: &[bool]) -> Vec<bool> {
        let list = &*self.list;
        let now = self.now.timestamp();
        match test {
            Test::Word(word) => list.lines_with(word.as_bytes()),
            Test::Field(field, pattern) => self.with_field(*field, pattern, asked),
            Test::Unused(None) => list.each(asked, |at| list.no_use_recorded(at)),
            Test::Unused(Some(span)) => list.each(asked, |at| list.unused(at, *span, now)),
            Test::Expires(expires) => list.each(asked, |at| fits_expiry(list, at, *expires, now)),
            Test::Created(span) => list.each(asked, |at| {
                let created = list.created[at as usize];
                created != UNKNOWN && span.holds(now - created)
            }),
            Test::Is(state) => list.each(asked, |at| self.is(at, *state)),
            Test::Finding(rule) => list.each(asked, |at| self.breaks(at, *rule)),
        }
    }

    fn is(&self, index: Index, state: State) -> bool {
        match state {
            State::Chip(chip) => self.judged.chip(index) == chip,
            State::View(view) => self.judged.in_view(index, view),
        }
    }

    /// A text that many tokens share is looked at once.
    fn with_field(&self, field: Field, pattern: &Pattern, asked: &[bool]) -> Vec<bool> {
        let list = &*self.list;
        let shared = |fits: &dyn Fn(&str) -> bool| -> Vec<bool> {
            list.shared.iter().map(|text| fits(text)).collect()
        };
        let matcher = pattern.matcher();
        let fits = |text: &str| matcher.fits(text.to_lowercase().as_bytes());
        match field {
            Field::Name => list.each(asked, |at| matcher.fits(list.lower_name(at))),
            Field::Id => list.each(asked, |at| matcher.fits(list.lower_id(at))),
            Field::Project => {
                let places: Vec<_> = list.places().map(fits).collect();
                list.each(asked, |at| places[list.place[at as usize] as usize])
            }
            Field::Scope => {
                let scopes = shared(&|scopes| scopes.split(' ').any(fits));
                list.each(asked, |at| scopes[list.scopes[at as usize] as usize])
            }
            Field::Creator => {
                let texts = shared(&|text| !text.is_empty() && fits(text));
                let of = |creator: &[u32; 3]| creator.iter().any(|&text| texts[text as usize]);
                let creators: Vec<_> = list.creators.iter().map(of).collect();
                list.each(asked, |at| creators[list.creator[at as usize] as usize])
            }
            Field::Connection => {
                let of = |part: &super::Part| fits(self.labels.of(part.connection));
                let parts: Vec<_> = list.parts.iter().map(of).collect();
                list.each(asked, |at| parts[list.part_at(at)])
            }
        }
    }
}

fn fits_expiry(list: &Inventory, index: Index, expires: Expires, now: i64) -> bool {
    let at = list.expires[index as usize];
    match expires {
        Expires::Never => at == UNKNOWN,
        Expires::Past => at != UNKNOWN && at <= now,
        Expires::In(span) => at > now && span.holds(at - now),
    }
}

impl Inventory {
    fn each(&self, asked: &[bool], fits: impl Fn(Index) -> bool) -> Vec<bool> {
        self.indices().zip(asked).map(|(at, asked)| *asked && fits(at)).collect()
    }

    fn no_use_recorded(&self, index: Index) -> bool {
        self.last_used[index as usize] == UNKNOWN && self.part(index).last_used_reported
    }

    /// What has no recorded use was not seen in use since it was created, where the server would
    /// say so; that it was used lately is known only where a use is recorded.
    fn unused(&self, index: Index, span: Span, now: i64) -> bool {
        let (used, created) = (self.last_used[index as usize], self.created[index as usize]);
        if used != UNKNOWN {
            return span.holds(now - used);
        }
        let not_since_created = span.is_at_least() && self.no_use_recorded(index);
        not_since_created && created != UNKNOWN && span.holds(now - created)
    }

    /// The name, lower-cased: the first field of the token's line.
    fn lower_name(&self, index: Index) -> &[u8] {
        field(self.line(index), self.name(index)).0
    }

    /// The id, lower-cased: the second one.
    fn lower_id(&self, index: Index) -> &[u8] {
        let (_, after) = field(self.line(index), self.name(index));
        field(after, self.id(index)).0
    }

    /// One pass over the whole haystack; after a hit the rest of that line is left out.
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
