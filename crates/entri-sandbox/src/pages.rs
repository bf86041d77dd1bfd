//! The answer to a request for a page of a list (docs/entri-api.md#lists): the one place where a list takes
//! its form, and where its oddities come in.

use axum::Json;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::api_error::ApiError;
use crate::asked::Asked;
use crate::forms::ListShape;
use crate::odd;
use crate::shape::{self, PageOf};
use crate::shared::Shared;

/// How many entries a page has unless asked.
const DEFAULT_LIMIT: u32 = 50;
/// The most entries of a page.
const MOST: u32 = 200;

/// Which list a page is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Tokens,
    Projects,
    Members,
    Activity,
}

/// Which entries of a list are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The page, from 1.
    pub page: u32,
    /// How many entries.
    pub limit: u32,
    /// How many entries come before it.
    pub offset: u32,
}

/// The entries of a window, and how many there are in all.
pub type Read = Result<(Vec<Value>, u32), ApiError>;

/// Answers with a page; `read` gives its entries.
pub fn answer(
    shared: &Shared,
    list: List,
    asked: &Asked,
    read: impl Fn(Window) -> Read,
) -> Result<Response, ApiError> {
    let variant = shared.variant();
    if variant.list == ListShape::Array {
        let (mut entries, _) = read(Window { page: 1, limit: u32::MAX, offset: 0 })?;
        odd::change(shared, &variant, (list, asked, 1), &mut entries);
        return Ok(Json(Value::Array(entries)).into_response());
    }
    let (page, limit) = checked(&variant.odd.pages, variant.odd.words.as_ref(), asked)?;
    if list == List::Tokens && variant.odd.damage == odd::Damage::Endless {
        return Ok(odd::endless_page(page));
    }
    let window = variant.odd.pages.window(page, limit);
    let (mut entries, total) = read(window)?;
    if entries.is_empty() && page > 1 {
        entries = variant.odd.pages.after_the_last((total, limit), &read)?;
    }
    let follows = window.offset.saturating_add(window.limit) < total;
    let page = PageOf {
        page,
        limit: window.limit,
        total: variant.odd.pages.told_total(total, page),
        pages: variant.odd.pages.told_pages(total, limit),
    };
    odd::change(shared, &variant, (list, asked, page.page), &mut entries);
    let mut headers = HeaderMap::new();
    let body = match variant.odd.words {
        None => shape::list(&variant, entries, page),
        Some(words) => {
            let next = follows.then(|| odd::Next::new(shared, asked, page.page + 1, limit));
            headers.extend(words.link(next.as_ref()));
            words.list(variant.list, entries, page, next.as_ref())
        }
    };
    Ok((headers, Json(body)).into_response())
}

/// A page of a list that is small enough to be made whole.
pub fn of_whole(
    shared: &Shared,
    list: List,
    asked: &Asked,
    entries: impl Fn(Window) -> Vec<Value>,
) -> Result<Response, ApiError> {
    answer(shared, list, asked, |window| {
        let entries = entries(window);
        let total = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let (skip, take) = (window.offset as usize, window.limit as usize);
        Ok((entries.into_iter().skip(skip).take(take).collect(), total))
    })
}

/// Page and limit; page 0 behaves as 1.
fn checked(
    rules: &odd::Pages,
    words: Option<&odd::Words>,
    asked: &Asked,
) -> Result<(u32, u32), ApiError> {
    if let Some(cursor) = words.and_then(|words| words.cursor(asked)) {
        return cursor;
    }
    let asked_limit = asked.number("limit")?;
    if rules.limit_refused && asked_limit.is_some() {
        return Err(ApiError::validation(vec!["property limit should not exist".to_owned()]));
    }
    let (page, limit) = (asked.number("page")?.unwrap_or(1).max(1), asked_limit);
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if limit == 0 || limit > MOST {
        return Err(ApiError::validation(vec![format!("limit must be between 1 and {MOST}")]));
    }
    let deaf = rules.page_ignored || words.is_some_and(odd::Words::has_cursor);
    Ok((if deaf { 1 } else { page }, limit))
}
