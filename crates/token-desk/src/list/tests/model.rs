//! The result a query should have, worked out the slow and obvious way.

use std::cmp::{Ordering, Reverse};

use token_audit::{AsOf, Date, Policy, Rules, ServerTime, TokenFacts, Verdict, View};

use super::super::{Query, Sort};
use super::{PROJECTS, Sample, now};
use crate::folded::folded;
use crate::model::chip::Chip;

/// The verdict on a token: whether use is reported at all is a matter of the whole list.
pub fn verdict(all: &[Sample], sample: &Sample) -> Verdict {
    let facts = TokenFacts {
        created: sample.created,
        expires: sample.expires,
        last_used: sample.last_used,
        last_used_reported: all.iter().any(|other| other.last_used_reported),
        revoked: sample.revoked,
        own: sample.own,
        as_of: AsOf { read: ServerTime(now()), frozen: false },
    };
    Verdict::of(&Policy::default(), &facts, ServerTime(now()))
}

/// The fields that are searched, lower-cased.
pub fn fields(sample: &Sample) -> [String; 5] {
    [
        &*sample.name,
        &*sample.id,
        sample.project.map_or("organization", |at| PROJECTS[at].1),
        sample.scopes,
        sample.creator.unwrap_or_default(),
    ]
    .map(folded)
}

fn matches(sample: &Sample, text: &str) -> bool {
    let fields = fields(sample);
    let holds = |word: &str| fields.iter().any(|field| field.contains(&folded(word)));
    text.split_whitespace().all(|word| match word.strip_prefix('-') {
        Some(word) if !word.is_empty() => !holds(word),
        _ => holds(word),
    })
}

/// The ids of the whole answer, in order.
pub fn answer<'a>(all: &'a [Sample], query: &Query) -> Vec<&'a str> {
    let mut found: Vec<&Sample> = all
        .iter()
        .filter(|it| {
            matches(it, &query.text) && verdict(all, it).in_view(query.view, Rules::default())
        })
        .collect();
    found.sort_by(|a, b| compare(all, query.sort, a, b));
    if query.descending {
        // The same order read backwards, except for those without a value.
        found.reverse();
    }
    let without = |which: Date| {
        let of = found.iter().filter(move |it| value(query.sort, it) == Some(which));
        let mut of: Vec<_> = of.copied().collect();
        if query.descending {
            of.reverse();
        }
        if query.sort != Sort::CreatedBy {
            of.sort_by_key(|it| Reverse(it.created.at()));
        }
        of
    };
    let known = found.iter().copied();
    let known = known.filter(|it| value(query.sort, it).is_none_or(|date| date.at().is_some()));
    let unknown = without(Date::None).into_iter().chain(without(Date::Unreadable));
    known.chain(unknown).map(|it| &*it.id).collect()
}

/// The date that is sorted by; none of a token without anything else that is sorted by.
fn value(sort: Sort, sample: &Sample) -> Option<Date> {
    match sort {
        Sort::CreatedBy if sample.creator.is_none() => Some(Date::None),
        Sort::Name | Sort::Project | Sort::CreatedBy | Sort::Use => None,
        Sort::Expires => Some(sample.expires),
        Sort::Created => Some(sample.created),
        Sort::LastUsed => Some(sample.last_used),
    }
}

fn compare(all: &[Sample], sort: Sort, a: &Sample, b: &Sample) -> Ordering {
    let chip = |sample| Chip::from(verdict(all, sample));
    // Of one name, the ids decide; a name comes before those that it begins.
    let by_name = |a, b| fields(a)[..2].cmp(&fields(b)[..2]);
    match sort {
        Sort::Name => by_name(a, b),
        Sort::Project => fields(a)[2].cmp(&fields(b)[2]).then(by_name(a, b)),
        Sort::CreatedBy => fields(a)[4].cmp(&fields(b)[4]).then(by_name(a, b)),
        Sort::Use => chip(a).cmp(&chip(b)).then(b.last_used.cmp(&a.last_used)),
        Sort::Expires => a.expires.cmp(&b.expires),
        Sort::Created => a.created.cmp(&b.created),
        Sort::LastUsed => a.last_used.cmp(&b.last_used),
    }
}

pub fn count(all: &[Sample], view: View) -> usize {
    all.iter().filter(|sample| verdict(all, sample).in_view(view, Rules::default())).count()
}
