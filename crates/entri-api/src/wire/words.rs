//! What a server says about the pages of a list, under every name of docs/entri-api.md#lists.

use reqwest::header::{HeaderMap, LINK};
use serde_json::Value;

use super::fields::Fields;

/// The longest cursor or address of a next page that is followed, in bytes.
const LONGEST_NEXT: usize = 4 * 1024;
/// The objects that such words stand in, beside the list or around it.
const GROUPS: [&str; 4] = ["meta", "pagination", "links", "_links"];
const TOTAL: [&str; 3] = ["total", "totalCount", "total_count"];
const TOTAL_PAGES: [&str; 5] = ["totalPages", "total_pages", "pages", "lastPage", "last_page"];
const MORE: [&str; 6] =
    ["hasMore", "has_more", "hasNext", "has_next", "hasNextPage", "has_next_page"];
/// Where nothing stands under one of these, nothing follows.
const NEXT: [&str; 7] = [
    "next",
    "nextPage",
    "next_page",
    "nextCursor",
    "next_cursor",
    "nextPageToken",
    "next_page_token",
];
/// May as well be the cursor of the page itself, so it says how to go on, not whether to.
const CURSOR: &str = "cursor";

/// What a server says about the pages of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// How many entries there are on all pages.
    pub(crate) total: Option<u32>,
    /// The same, or as well how many are on this page: that so many were read proves nothing.
    pub(crate) count: Option<u32>,
    /// How many pages there are.
    pub(crate) total_pages: Option<u32>,
    /// Whether anything follows.
    pub(crate) more: Option<bool>,
    /// How to ask for what follows.
    pub(crate) next: Option<Next>,
}

/// How to ask for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// By its number, from 1 on.
    Page(u32),
    /// By a text from the server, sent back under the same name.
    Cursor { name: String, value: String },
    /// At this address, whole or relative.
    Url(String),
}

impl Words {
    /// Whether one of them, or a group of them, stands under this name.
    pub(super) fn are_in(name: &str) -> bool {
        let names = [&TOTAL[..], &TOTAL_PAGES, &MORE, &NEXT, &GROUPS, &["count", CURSOR]];
        names.into_iter().any(|names| names.contains(&name))
    }

    /// Those of one envelope, and of the groups in it.
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

    /// These, and what only the others say.
    pub(super) fn or(self, others: Self) -> Self {
        Self {
            total: self.total.or(others.total),
            count: self.count.or(others.count),
            total_pages: self.total_pages.or(others.total_pages),
            more: either(self.more, others.more),
            next: self.next.or(others.next),
        }
    }

    /// Whether anything follows the page with this number, as far as the server says. Of two words
    /// that differ the one for more counts.
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

/// A whole number from 0 on: as a number, with a fraction of zero, or as text.
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

/// The addresses in a `Link` header, and whether each is that of the next page.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(body: &str) -> Words {
        Words::read(&Fields::read(body, |_| true).unwrap())
    }

    #[test]
    fn every_word_is_heard_wherever_it_stands() {
        for group in ["meta", "pagination", "links", "_links"] {
            for name in TOTAL {
                for total in ["7", "7.0", r#""7""#] {
                    let nested = format!(r#"{{"{group}":{{"{name}":{total}}}}}"#);
                    assert_eq!(words(&nested).total, Some(7), "{nested}");
                }
                assert_eq!(words(&format!(r#"{{"{name}":7}}"#)).total, Some(7));
            }
            for name in TOTAL_PAGES {
                assert_eq!(
                    words(&format!(r#"{{"{group}":{{"{name}":5.0}}}}"#)).total_pages,
                    Some(5)
                );
            }
            for name in MORE {
                for (value, more) in
                    [("true", true), ("false", false), (r#""true""#, true), ("0", false)]
                {
                    let body = format!(r#"{{"{group}":{{"{name}":{value}}}}}"#);
                    assert_eq!(words(&body).follows(1), Some(more), "{body}");
                }
            }
        }
    }

    #[test]
    fn the_next_page_is_a_number_a_cursor_or_an_address() {
        let cursor = |name: &str, value: &str| {
            Some(Next::Cursor { name: name.to_owned(), value: value.to_owned() })
        };
        let table = [
            (r#"{"nextPage":2}"#, Some(true), Some(Next::Page(2))),
            (r#"{"next":"3"}"#, Some(true), Some(Next::Page(3))),
            (r#"{"nextCursor":"abc"}"#, Some(true), cursor("nextCursor", "abc")),
            (r#"{"next_cursor":17}"#, Some(true), cursor("next_cursor", "17")),
            (r#"{"cursor":"abc"}"#, None, cursor("cursor", "abc")),
            (r#"{"next":"/api/x?page=2"}"#, Some(true), Some(Next::Url("/api/x?page=2".into()))),
            (
                r#"{"_links":{"next":{"href":"https://a.example/x?page=2"}}}"#,
                Some(true),
                Some(Next::Url("https://a.example/x?page=2".into())),
            ),
            (r#"{"next":null}"#, Some(false), None),
            (r#"{"nextPageToken":""}"#, Some(false), None),
            (r#"{"nextPage":false}"#, Some(false), None),
            (r#"{"cursor":null}"#, None, None),
            (r#"{"lastPage":true,"pages":[1]}"#, None, None),
            (&format!(r#"{{"nextCursor":"{}"}}"#, "a".repeat(5_000)), Some(true), None),
            (&format!(r#"{{"next":"/{}"}}"#, "a".repeat(50_000)), Some(true), None),
            (r#"{"next":"\ud83d"}"#, Some(true), None),
        ];
        for (body, follows, next) in table {
            let words = words(body);
            assert_eq!((words.follows(1), words.next), (follows, next), "{body}");
        }
    }

    #[test]
    fn of_two_words_the_one_for_more_counts() {
        assert_eq!(words(r#"{"hasMore":false,"totalPages":3}"#).follows(1), Some(true));
        assert_eq!(words(r#"{"hasMore":true,"totalPages":1}"#).follows(1), Some(true));
        assert_eq!(words(r#"{"hasMore":false,"totalPages":3}"#).follows(3), Some(false));
        for body in [
            r#"{"hasMore":false,"nextCursor":"b"}"#,
            r#"{"hasMore":false,"meta":{"hasNext":true}}"#,
            r#"{"next":null,"links":{"next":"?page=2"}}"#,
        ] {
            assert_eq!(words(body).follows(1), Some(true), "{body}");
        }
    }

    #[test]
    fn the_link_header_names_the_next_page() {
        let link = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(LINK, line.parse().unwrap());
            Words::link(&headers).next
        };
        let url = |url: &str| Some(Next::Url(url.to_owned()));
        let both =
            r#"<https://a.example/x?page=1>; rel="prev", <https://a.example/x?page=3>; rel="next""#;
        assert_eq!(link(both), url("https://a.example/x?page=3"));
        assert_eq!(link("</x?ids=1,2&page=2>; title=\"a\"; rel=next"), url("/x?ids=1,2&page=2"));
        assert_eq!(link(r#"</x>; rel="last""#), None);
        assert_eq!(link("page 2"), None);
    }
}
