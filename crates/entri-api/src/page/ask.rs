//! How the next page of a list is requested (docs/entri-api.md#lists).

use crate::percent;
use crate::wire::Next;

/// The most entries a page may have (docs/entri-api.md#lists).
const PAGE_SIZE: u32 = 200;

/// The parameters of the next request for a list.
pub(super) struct Ask {
    path: String,
    /// Whether to send the size of a page; some servers refuse that.
    sized: bool,
    /// The page to request, counted from 1.
    number: u32,
    by: By,
}

enum By {
    Number,
    Cursor {
        name: String,
        value: String,
    },
    /// The whole query, as the server wrote it.
    Query(String),
}

impl Ask {
    pub(super) fn first(path: String) -> Self {
        Self { path, sized: true, number: 1, by: By::Number }
    }

    /// The first page once more.
    pub(super) fn again(&self) -> Self {
        Self { sized: self.sized, ..Self::first(self.path.clone()) }
    }

    pub(super) fn is_first(&self) -> bool {
        self.number == 1
    }

    /// Leaves the page size out of the request for the first page. Returns whether it was in until
    /// now.
    pub(super) fn without_limit(&mut self) -> bool {
        self.is_first() && std::mem::replace(&mut self.sized, false)
    }

    /// Moves on to the next page: by what the server says about it, or else by its number.
    /// `query_of` returns the path and the query of an address of this server; such an address is
    /// followed within this list only.
    pub(super) fn follow(
        &mut self,
        next: Option<Next>,
        query_of: impl Fn(&str) -> Option<(String, String)>,
    ) {
        self.number = self.number.saturating_add(1);
        self.by = match next {
            Some(Next::Cursor { name, value }) => By::Cursor { name, value },
            Some(Next::Url(url)) => match (url.strip_prefix('?'), query_of(&url)) {
                (Some(query), _) => By::Query(query.to_owned()),
                (None, Some((path, query))) if path == self.path => By::Query(query),
                _ => By::Number,
            },
            Some(Next::Page(page)) if page > 1 => {
                self.number = page;
                By::Number
            }
            _ => By::Number,
        };
    }

    /// The path and the query of the request.
    pub(super) fn place(&self) -> String {
        let mut query = Vec::new();
        match &self.by {
            By::Query(query) => return format!("{}?{query}", self.path),
            By::Cursor { name, value } => {
                let value = percent::encode(value, b"-_~.").to_string();
                query.push(format!("{name}={value}"));
                // Servers seldom expect it under the name it came with.
                if name != "cursor" {
                    query.push(format!("cursor={value}"));
                }
            }
            By::Number if self.sized || self.number > 1 => {
                query.push(format!("page={}", self.number));
            }
            By::Number => {}
        }
        if self.sized {
            query.push(format!("limit={PAGE_SIZE}"));
        }
        if query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, query.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(next: Option<Next>) -> String {
        let mut ask = Ask::first("/x".to_owned());
        ask.follow(next, |url| Some(("/x".to_owned(), url.split_once('?')?.1.to_owned())));
        ask.place()
    }

    #[test]
    fn the_next_page_is_asked_for_as_the_server_says() {
        let cursor = |name: &str| Next::Cursor { name: name.to_owned(), value: "a b".to_owned() };
        assert_eq!(followed(None), "/x?page=2&limit=200");
        assert_eq!(followed(Some(Next::Page(7))), "/x?page=7&limit=200");
        let mut ask = Ask::first("/x".to_owned());
        ask.follow(Some(Next::Page(u32::MAX)), |_| None);
        ask.follow(None, |_| None);
        assert_eq!(ask.place(), format!("/x?page={}&limit=200", u32::MAX), "there is none beyond");
        assert_eq!(followed(Some(cursor("cursor"))), "/x?cursor=a%20b&limit=200");
        assert_eq!(followed(Some(cursor("next"))), "/x?next=a%20b&cursor=a%20b&limit=200");
        assert_eq!(followed(Some(Next::Url("/x?after=9".to_owned()))), "/x?after=9");
        assert_eq!(followed(Some(Next::Url("/elsewhere".to_owned()))), "/x?page=2&limit=200");
    }

    #[test]
    fn a_limit_is_left_out_once_it_was_refused() {
        let mut ask = Ask::first("/x".to_owned());
        assert_eq!(ask.place(), "/x?page=1&limit=200");
        assert!(ask.without_limit() && !ask.without_limit());
        assert_eq!(ask.place(), "/x");
        ask.follow(None, |_| None);
        assert_eq!((ask.place(), ask.again().place()), ("/x?page=2".to_owned(), "/x".to_owned()));
    }
}
