//! Commands that help with a search: completions, values to choose from, terms.

pub mod saved;

use chrono::Utc;
use tauri::State;
use token_desk::{Desk, language, text};

use crate::error::Answer;
use crate::views::{CompletionView, FacetName, FacetView, SearchRequest, TermView};

/// Suggestions to replace the word at the caret.
#[tauri::command]
#[specta::specta]
pub async fn search_complete(
    desk: State<'_, Desk>,
    request: SearchRequest,
    caret: u32,
) -> Answer<Option<CompletionView>> {
    let caret = text::byte_at(&request.text, caret as usize);
    let completion = desk.complete(&(&request).into(), caret, Utc::now());
    Ok(completion.map(|completion| CompletionView::new(completion, &request.text)))
}

/// The values of a key among the tokens shown.
#[tauri::command]
#[specta::specta]
pub async fn search_facet(
    desk: State<'_, Desk>,
    request: SearchRequest,
    facet: FacetName,
) -> Answer<FacetView> {
    let now = Utc::now();
    Ok(desk.facet(&(&request).into(), facet.into(), now).into())
}

/// The terms of the search language, for the help.
#[tauri::command]
#[specta::specta]
pub async fn search_terms() -> Answer<Vec<TermView>> {
    let keys = language::KEYS.iter().map(|entry| (entry.example, entry.about));
    Ok(language::FORMS.into_iter().chain(keys).map(TermView::from).collect())
}
