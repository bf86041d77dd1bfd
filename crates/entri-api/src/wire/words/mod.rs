//! What a server says about the pages of a list, under every name of docs/entri-api.md#lists.

#[cfg(test)]
mod tests;

use reqwest::header::{HeaderMap, LINK};
use serde_json::Value;

use super::value::Fields;

/// The longest cursor or address of a next page that is followed, in bytes.
const LONGEST_NEXT: usize = 4 * 1024;
/// The objects that can hold such statements, beside the list or around it.
const GROUPS: [&str; 4] = ["meta", "pagination", "links", "_links"];
const TOTAL: [&str; 3] = ["total", "totalCount", "total_count"];
const TOTAL_PAGES: [&str; 5] = ["totalPages", "total_pages", "pages", "lastPage", "last_page"];
const MORE: [&str; 6] =
    ["hasMore", "has_more", "hasNext", "has_next", "hasNextPage", "has_next_page"];
/// If one of these fields is there and empty, nothing follows.
const NEXT: [&str; 7] = [
    "next",
    "nextPage",
    "next_page",
    "nextCursor",
    "next_cursor",
    "nextPageToken",
    "next_page_token",
];
/// May also be the cursor of this page itself, so it says how to go on, not whether to.
const CURSOR: &str = "cursor";

/// What a server says about the pages of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// How many entries there are on all pages.
    pub(crate) total: Option<u32>,
    /// Ambiguous: the entries on all pages, or only those on this one. That so many were read
    /// proves nothing.
    pub(crate) count: Option<u32>,
    /// How many pages there are.
    pub(crate) total_pages: Option<u32>,
    /// Whether anything follows this page; `None` if the server doesn't say.
    pub(crate) more: Option<bool>,
    /// How to ask for what follows.
    pub(crate) next: Option<Next>,
}

/// How to ask for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// By its number, counted from 1.
    Page(u32),
    /// By a text from the server, sent back under the same name.
    Cursor { name: String, value: String },
    /// At this address, absolute or relative.
    Url(String),
}

impl Words {
    /// Whether a field with this name holds one of these statements, or a group of them.
    pub(super) fn are_in(name: &str) -> bool {
        let names = [&TOTAL[..], &TOTAL_PAGES, &MORE, &NEXT, &GROUPS, &["count", CURSOR]];
        names.into_iter().any(|names| names.contains(&name))
    }

    /// Reads an envelope and the groups in it.
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        let own = Self::of(fields);
        let read = |name: &&str| Fields::read(fields.get(name)?.get(), Self::are_in);
        let groups = GROUPS.iter().filter_map(read);
        groups.fold(own, |words, group| Self::of(&group).or(words))
    }

    pub(super) fn link(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
        let next = lines.flat_map(links).find_map(|(url, rel)| rel.then_some(url));
        let more = next.is_some().then_some(true);
        let next = next.filter(|url| url.len() <= LONGEST_NEXT).map(str::to_owned);
        Self { more, next: next.map(Next::Url), ..Self::default() }
    }

    /// Fills what is missing here from the others.
    pub(super) fn or(self, others: Self) -> Self {
        Self {
            total: self.total.or(others.total),
            count: self.count.or(others.count),
            total_pages: self.total_pages.or(others.total_pages),
            more: either(self.more, others.more),
            next: self.next.or(others.next),
        }
    }

    /// Whether anything follows the page with this number, as far as the server says. If two
    /// statements differ, the one for more counts.
    pub(crate) fn follows(&self, page: u32) -> Option<bool> {
        either(self.more, self.total_pages.map(|pages| page < pages))
    }

    /// The cursor, if the next page is requested by one.
    pub(crate) fn cursor(&self) -> Option<&str> {
        match &self.next {
            Some(Next::Cursor { value, .. }) => Some(value),
            _ => None,
        }
    }

    fn of(fields: &Fields<'_>) -> Self {
        let value = |name: &str| fields.value(name);
        let first = |names: &[&str]| names.iter().find_map(|name| number(&value(name)?));
        let mut words = Self {
            total: first(&TOTAL),
            count: first(&["count"]),
            total_pages: first(&TOTAL_PAGES),
            more: MORE.iter().find_map(|name| flag(&value(name)?)),
            next: None,
        };
        for name in NEXT {
            if fields.get(name).is_none() {
                continue;
            }
            // It exists even if it can't be read or followed.
            let value = value(name);
            let more = value.as_ref().is_none_or(|value| !says_nothing(value));
            words.more = either(words.more, Some(more));
            words.next = words.next.or_else(|| next(name, &value?));
        }
        words.next = words.next.or_else(|| next(CURSOR, &value(CURSOR)?));
        words
    }
}

/// Of two words that differ the one for more.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    one.max(other)
}

fn says_nothing(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false)) || value.as_str() == Some("")
}

fn next(name: &str, value: &Value) -> Option<Next> {
    let text = match value {
        Value::Object(link) => return next(name, link.get("href")?),
        Value::Number(number) => number.to_string(),
        Value::String(text) if !text.is_empty() => text.clone(),
        _ => return None,
    };
    let is_page = matches!(name, "next" | "nextPage" | "next_page");
    if text.len() > LONGEST_NEXT {
        return None;
    }
    if let Some(page) = number(value).filter(|_| is_page) {
        return Some(Next::Page(page));
    }
    let is_url = text.contains("://") || text.starts_with(['/', '?']);
    Some(if is_url { Next::Url(text) } else { Next::Cursor { name: name.to_owned(), value: text } })
}

/// A natural number: as a number, with a fraction of zero, or as text.
fn number(value: &Value) -> Option<u32> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let whole = text.split_once('.').map_or(&*text, |(whole, fraction)| {
        if fraction.bytes().all(|digit| digit == b'0') { whole } else { "" }
    });
    whole.parse().ok()
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        _ => None,
    }
}

/// The addresses in a `Link` header, each with whether it leads to the next page.
fn links(line: &str) -> impl Iterator<Item = (&str, bool)> {
    line.split('<').skip(1).filter_map(|link| {
        let (url, parameters) = link.split_once('>')?;
        let is_next = |parameter: &str| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            let value = value.trim().trim_end_matches(',').trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel")
                && value.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("next"))
        };
        Some((url, parameters.split(';').any(is_next)))
    })
}
