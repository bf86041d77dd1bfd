//! A server's statements about further pages, in every form of docs/entri-api.md#lists.

use axum::http::header::LINK;
use axum::http::{HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use super::next::Next;
use crate::forms::ListShape;
use crate::model::{ApiError, Asked, PageOf};

/// What a page states about the others, under which names, where and how. By default it states
/// nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    /// The name of the number of entries: `total`, `totalCount`, `count`.
    pub total: Option<&'static str>,
    /// The name of the number of pages: `totalPages`, `pages`, `lastPage`.
    pub pages: Option<&'static str>,
    /// The name of the flag for more: `hasMore`, `hasNext`, `hasNextPage`.
    pub more: Option<&'static str>,
    /// The name of the field that leads to the next page, and its form.
    pub next: Option<(&'static str, NextForm)>,
    /// Whether the header `Link` names the next page.
    pub link: bool,
    /// Where the fields are placed.
    pub place: Place,
    /// Whether the names are in snake case.
    pub snake: bool,
    /// How numbers are written in these fields.
    pub numbers: Numbers,
    /// Whether the last page says nothing, although it could say that nothing follows.
    pub silent_end: bool,
}

/// The form of the field that leads to the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextForm {
    /// The number of the page.
    Page,
    /// A cursor: `page` is ignored, and the cursor is expected under the name it came with, or
    /// under `cursor` if that was `next`.
    Cursor,
    /// The absolute address of the page.
    Url,
    /// The page's path and query, without the host.
    Path,
    /// An address of the page on another host, which must not be followed.
    Foreign,
}

/// Where the fields are placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// At the top level, beside the list.
    #[default]
    Top,
    /// In an object of this name: `meta`, `pagination`, `links`, `_links`.
    In(&'static str),
}

/// How numbers are written in these fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// Integers, such as `5`.
    #[default]
    Whole,
    /// Floating-point numbers, such as `5.0`.
    Float,
    /// Texts, such as `"5"`.
    Text,
}

impl Words {
    pub(crate) fn has_cursor(&self) -> bool {
        self.next.is_some_and(|(_, form)| form == NextForm::Cursor)
    }

    /// The page and the limit that a cursor leads to; `None` if the request has none.
    pub(crate) fn cursor(&self, asked: &Asked) -> Option<Result<(u32, u32), ApiError>> {
        let (name, NextForm::Cursor) = self.next? else { return None };
        let name = if name == "next" { "cursor".to_owned() } else { self.name(name) };
        let text = asked.text(&name)?;
        let parts =
            text.strip_prefix('p').and_then(|text| text.strip_suffix("/==")?.split_once('+'));
        let read = parts.and_then(|(page, limit)| Some((page.parse().ok()?, limit.parse().ok()?)));
        Some(read.ok_or_else(|| ApiError::validation(vec![format!("{name} is not valid")])))
    }

    /// The header `Link`, if the variant has it and a page follows.
    pub(crate) fn link(&self, next: Option<&Next>) -> Option<(HeaderName, HeaderValue)> {
        let next = next.filter(|_| self.link)?;
        let first = &next.list;
        let value = format!("<{first}?page=1>; rel=\"first\", <{}>; rel=\"next\"", next.url());
        Some((LINK, HeaderValue::try_from(value).ok()?))
    }

    /// The body of a page with these fields. An array has no room for them.
    pub(crate) fn list(
        &self,
        shape: ListShape,
        entries: Vec<Value>,
        page: PageOf,
        next: Option<&Next>,
    ) -> Value {
        let name = match shape {
            ListShape::Array | ListShape::PagedArray => return Value::Array(entries),
            ListShape::Envelope | ListShape::WithoutMeta => "data",
            ListShape::Named(name) => name,
        };
        let mut body = Map::from_iter([(name.to_owned(), Value::Array(entries))]);
        let words = self.said(page, next);
        match self.place {
            Place::Top => body.extend(words),
            Place::In(place) => {
                body.insert(place.to_owned(), Value::Object(words));
            }
        }
        Value::Object(body)
    }

    fn said(&self, page: PageOf, next: Option<&Next>) -> Map<String, Value> {
        let mut said = Map::new();
        let told = [(self.total, page.total), (self.pages, page.pages)];
        for (name, number) in told.into_iter().filter_map(|(name, number)| Some((name?, number?))) {
            said.insert(self.name(name), self.number(number));
        }
        if next.is_none() && self.silent_end {
            return said;
        }
        if let Some(name) = self.more {
            said.insert(self.name(name), json!(next.is_some()));
        }
        if let Some((name, form)) = self.next {
            said.insert(self.name(name), next.map_or(Value::Null, |next| self.lead(form, next)));
        }
        said
    }

    fn lead(&self, form: NextForm, next: &Next) -> Value {
        match form {
            NextForm::Page => self.number(next.page),
            NextForm::Cursor => json!(next.cursor()),
            NextForm::Url => json!(next.url()),
            NextForm::Path => json!(next.path()),
            NextForm::Foreign => json!(format!("http://localhost.invalid{}", next.path())),
        }
    }

    fn number(&self, number: u32) -> Value {
        match self.numbers {
            Numbers::Whole => json!(number),
            Numbers::Float => json!(f64::from(number)),
            Numbers::Text => json!(number.to_string()),
        }
    }

    /// The name of a field in the server's case, camel or snake.
    fn name(&self, camel: &str) -> String {
        if !self.snake {
            return camel.to_owned();
        }
        camel.chars().fold(String::new(), |mut name, letter| {
            if letter.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
            name
        })
    }
}
