//! Which tokens fit the terms of a search.

use memchr::memmem;

use super::{Index, Inventory, Search, UNKNOWN};
use crate::language::{Expires, Field, Pattern, Span, State, Term, Test};

impl Search {
    /// Which tokens fit every term; `None` when there is no term.
    pub(super) fn hits(&self, terms: &[Term]) -> Option<Vec<bool>> {
        let mut found: Option<Vec<bool>> = None;
        for term in terms {
            let fits = self.fits(&term.test);
            let wanted = |(at, fits): (usize, bool)| {
                fits != term.not && found.as_ref().is_none_or(|found| found[at])
            };
            found = Some(fits.into_iter().enumerate().map(wanted).collect());
        }
        found
    }

    fn fits(&self, test: &Test) -> Vec<bool> {
        let list = &*self.list;
        let now = self.now.timestamp();
        match test {
            Test::Word(word) => list.lines_with(word.as_bytes()),
            Test::Field(field, pattern) => self.with_field(*field, pattern),
            Test::Unused(None) => list.each(|at| list.no_use_recorded(at)),
            Test::Unused(Some(span)) => list.each(|at| list.unused(at, *span, now)),
            Test::Expires(expires) => list.each(|at| fits_expiry(list, at, *expires, now)),
            Test::Created(span) => list.each(|at| {
                let created = list.created[at as usize];
                created != UNKNOWN && span.holds(now - created)
            }),
            Test::Is(state) => list.each(|at| self.is(at, *state)),
            Test::Finding(rule) => list.each(|at| self.breaks(at, *rule)),
        }
    }

    fn is(&self, index: Index, state: State) -> bool {
        match state {
            State::Chip(chip) => self.judged.chip(index) == chip,
            State::View(view) => self.judged.in_view(index, view),
        }
    }

    /// A text that many tokens share is looked at once.
    fn with_field(&self, field: Field, pattern: &Pattern) -> Vec<bool> {
        let list = &*self.list;
        let shared = |fits: &dyn Fn(&str) -> bool| -> Vec<bool> {
            list.shared.iter().map(|text| fits(text)).collect()
        };
        let fits = |text: &str| pattern.fits(text.to_lowercase().as_bytes());
        match field {
            Field::Name => list.each(|at| pattern.fits(list.lower(at).0)),
            Field::Id => list.each(|at| pattern.fits(list.lower(at).1)),
            Field::Project => {
                let places: Vec<_> = list.places().map(fits).collect();
                list.each(|at| places[list.place[at as usize] as usize])
            }
            Field::Scope => {
                let scopes = shared(&|scopes| scopes.split(' ').any(fits));
                list.each(|at| scopes[list.scopes[at as usize] as usize])
            }
            Field::Creator => {
                let creators = shared(&|creator| fits(creator));
                list.each(|at| creators[list.creator[at as usize] as usize])
            }
            Field::Connection => {
                let of = |part: &super::Part| fits(self.labels.of(part.connection));
                let parts: Vec<_> = list.parts.iter().map(of).collect();
                list.each(|at| parts[list.part_at(at)])
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
    fn each(&self, fits: impl Fn(Index) -> bool) -> Vec<bool> {
        self.indices().map(fits).collect()
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

    /// The name and the id, lower-cased: the first two fields of the token's line.
    fn lower(&self, index: Index) -> (&[u8], &[u8]) {
        let (line, name) = (self.line(index), lower_len(self.name(index)));
        let id = name + 1..name + 1 + lower_len(self.id(index));
        (&line[..name], &line[id])
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

/// How long a text is once it is lower-cased.
fn lower_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.to_lowercase().len() }
}
