//! The response to a request for a page of a list (docs/entri-api.md#lists): the one place where a
//! list gets its form and its oddities.

use axum::Json;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::forms::ListShape;
use crate::misbehavior;
use crate::model::{ApiError, Asked, List, PageOf, Read, Window};
use crate::oddities::{Damage, Next, Pages, Words};
use crate::shape;
use crate::state::Shared;

/// How many entries a page has by default.
const DEFAULT_LIMIT: u32 = 50;
/// The most entries that a page may be asked to have.
const MOST: u32 = 200;

/// Answers with a page; `read` returns its entries.
pub fn answer(
    shared: &Shared,
    list: List,
    asked: &Asked,
    read: impl Fn(Window) -> Read,
) -> Result<Response, ApiError> {
    let variant = shared.variant();
    if variant.list == ListShape::Array {
        let (mut entries, _) = read(Window { page: 1, limit: u32::MAX, offset: 0 })?;
        misbehavior::change(shared, &variant, (list, asked, 1), &mut entries);
        return Ok(Json(Value::Array(entries)).into_response());
    }
    let (page, limit) = checked(&variant.odd.pages, variant.odd.words.as_ref(), asked)?;
    if list == List::Tokens && variant.odd.damage == Damage::Endless {
        return Ok(misbehavior::endless_page(page));
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
    misbehavior::change(shared, &variant, (list, asked, page.page), &mut entries);
    let mut headers = HeaderMap::new();
    let body = match variant.odd.words {
        None => shape::list(&variant, entries, page),
        Some(words) => {
            let next = follows.then(|| following(shared, asked, page.page + 1, limit));
            headers.extend(words.link(next.as_ref()));
            words.list(variant.list, entries, page, next.as_ref())
        }
    };
    Ok((headers, Json(body)).into_response())
}

/// Answers with a page of a list that is small enough to be built completely.
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

/// The requested page and limit; page 0 counts as page 1.
fn checked(rules: &Pages, words: Option<&Words>, asked: &Asked) -> Result<(u32, u32), ApiError> {
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
    let deaf = rules.page_ignored || words.is_some_and(Words::has_cursor);
    Ok((if deaf { 1 } else { page }, limit))
}

/// The page that follows, as it may be asked for.
fn following(shared: &Shared, asked: &Asked, page: u32, limit: u32) -> Next {
    let limit_refused = shared.variant().odd.pages.limit_refused;
    Next { page, limit, limit_refused, host: shared.base_url.clone(), list: asked.path.clone() }
}
