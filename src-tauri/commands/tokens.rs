//! The list of tokens: ask, refresh, create, revoke.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{ConnectionId, Desk, ProjectId, TokenKey};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{
    CreateCheckView, CreateRequest, CreatedView, DetailsView, HistoryView, KeyView, MOST_ROWS,
    QueryRequest, QueryView, RevokePreviewView, RevokeRequest, RevokedView, SelectionView,
    StatusView, means,
};

/// The rows that match a query, and the counts of the cards.
#[tauri::command]
#[specta::specta]
pub async fn tokens_query(desk: State<'_, Desk>, request: QueryRequest) -> Answer<QueryView> {
    let (now, len) = (Utc::now(), request.len.min(MOST_ROWS) as usize);
    let anchor = request.anchor.clone().map(TokenKey::from);
    let (query, top, anchor) = ((&request).into(), request.top as usize, anchor.as_ref());
    let listing = if request.findings {
        desk.query_with_findings(&query, top, len, anchor, now)
    } else {
        desk.query(&query, top, len, anchor, now)
    };
    Ok(QueryView::new(listing, &request.text, request.seq, &desk.clocks(now)))
}

/// Reloads the lists shown; the outcome is in the result and in the event `changed`.
#[tauri::command]
#[specta::specta]
pub async fn tokens_sync(desk: State<'_, Desk>) -> Answer<StatusView> {
    let now = Utc::now();
    Ok(StatusView::new(desk.sync_shown(now).await, now))
}

/// Stops loading the lists shown. They stay as they were; the event `changed` reports it.
#[tauri::command]
#[specta::specta]
pub async fn tokens_stop_sync(desk: State<'_, Desk>) -> Answer<()> {
    desk.stop_sync();
    Ok(())
}

/// One token, with its findings; `None` if it is no longer listed.
#[tauri::command]
#[specta::specta]
pub async fn tokens_details(desk: State<'_, Desk>, key: KeyView) -> Answer<Option<DetailsView>> {
    let now = Utc::now();
    Ok(desk.details(&key.into(), now).map(|details| DetailsView::new(details, &desk.clocks(now))))
}

/// Copies a token's name to the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn tokens_copy_name(desk: State<'_, Desk>, key: KeyView) -> Answer<()> {
    Ok(desk.copy_name(key.into()).await?)
}

/// Copies a token's id to the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn tokens_copy_id(desk: State<'_, Desk>, key: KeyView) -> Answer<()> {
    Ok(desk.copy_id(key.into()).await?)
}

/// Selects or deselects a token.
#[tauri::command]
#[specta::specta]
pub async fn tokens_toggle(desk: State<'_, Desk>, key: KeyView) -> Answer<SelectionView> {
    desk.toggle(key.into());
    Ok(desk.selection().into())
}

/// Selects or deselects `len` of the matching rows, starting at `top`; the anchor is the token that was
/// in that row.
#[tauri::command]
#[specta::specta]
pub async fn tokens_select_rows(
    desk: State<'_, Desk>,
    request: QueryRequest,
    selected: bool,
) -> Answer<SelectionView> {
    let first = request.anchor.clone().map(TokenKey::from);
    let top = request.top as usize;
    let rows = top..top.saturating_add(request.len as usize);
    desk.select_rows(&(&request).into(), rows, first.as_ref(), selected, Utc::now());
    Ok(desk.selection().into())
}

/// Selects or deselects all matching tokens.
#[tauri::command]
#[specta::specta]
pub async fn tokens_select_all(
    desk: State<'_, Desk>,
    request: QueryRequest,
    selected: bool,
) -> Answer<SelectionView> {
    desk.select_all(&(&request).into(), selected, Utc::now());
    Ok(desk.selection().into())
}

/// Deselects every token, whether shown or not.
#[tauri::command]
#[specta::specta]
pub async fn tokens_select_none(desk: State<'_, Desk>) -> Answer<SelectionView> {
    desk.select_none();
    Ok(desk.selection().into())
}

/// The recorded usage of one token.
#[tauri::command]
#[specta::specta]
pub async fn tokens_history(desk: State<'_, Desk>, key: KeyView) -> Answer<HistoryView> {
    Ok(desk.seen(key.into(), Utc::now()).await?.into())
}

/// The usage of a few tokens, each as one letter for every bar of a small chart; at most as many
/// tokens as the list has rows.
#[tauri::command]
#[specta::specta]
pub async fn tokens_sparks(desk: State<'_, Desk>, keys: Vec<KeyView>) -> Answer<Vec<String>> {
    let keys = keys.into_iter().take(MOST_ROWS as usize).map(TokenKey::from).collect();
    Ok(desk.sparks(keys, Utc::now()).await?)
}

/// Checks the form before it is sent.
#[tauri::command]
#[specta::specta]
pub async fn tokens_check_create(
    desk: State<'_, Desk>,
    request: CreateRequest,
) -> Answer<CreateCheckView> {
    Ok(desk.check_create(&request.into(), Utc::now()).into())
}

/// The form of a new token with the settings of this one.
#[tauri::command]
#[specta::specta]
pub async fn tokens_form_like(desk: State<'_, Desk>, key: KeyView) -> Answer<CreateRequest> {
    Ok(desk.form_like(&key.into())?.into())
}

/// Creates a token; its value stays in this process.
#[tauri::command]
#[specta::specta]
pub async fn tokens_create(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: CreateRequest,
) -> Answer<CreatedView> {
    outside::pressed(&app, Question::create(&request.name)).await?;
    let (incident, request) = (request.incident(), request.into());
    let created = match incident {
        Some(incident) => desk.create_instead(incident, request, Utc::now()).await?,
        None => desk.create(request, Utc::now()).await?,
    };
    Ok(created.into())
}

/// Reloads the list, to see whether a create without a clear answer created a token; an error if
/// that is still unknown.
#[tauri::command]
#[specta::specta]
pub async fn tokens_look_for_created(
    desk: State<'_, Desk>,
    connection: u32,
    project_id: Option<String>,
) -> Answer<()> {
    let looked =
        desk.look_for_created(ConnectionId(connection), project_id.map(ProjectId), Utc::now());
    Ok(looked.await?)
}

/// What to show before a token is revoked.
#[tauri::command]
#[specta::specta]
pub async fn tokens_preview_revoke(
    desk: State<'_, Desk>,
    key: KeyView,
) -> Answer<RevokePreviewView> {
    let (key, now) = (key.into(), Utc::now());
    let preview = desk.preview_revoke(&key, now)?;
    let part = desk.part_in_rotation(&key, now).await?;
    let rotation = part.and_then(|part| means(&part, now));
    Ok(RevokePreviewView { rotation, ..RevokePreviewView::new(preview, &desk.clocks(now)) })
}

/// Allows a revoke that can still be stopped: `tokens_revoke` sends it some seconds later.
#[tauri::command]
#[specta::specta]
pub async fn tokens_hold_revoke(app: AppHandle, key: KeyView) -> Answer<()> {
    outside::hold_revoke(&app, Question::revoke(&key.id), key.into()).await
}

/// Stops the revoke that was allowed and isn't sent yet.
#[tauri::command]
#[specta::specta]
pub async fn tokens_stop_revoke(app: AppHandle) -> Answer<()> {
    outside::stop_revoke(&app);
    Ok(())
}

/// Revokes a token, unless it was used since its preview was made.
#[tauri::command]
#[specta::specta]
pub async fn tokens_revoke(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: RevokeRequest,
) -> Answer<RevokedView> {
    let question = Question::revoke(&request.key.id);
    let held = request.held.then(|| TokenKey::from(request.key.clone()));
    let revoke = async { Ok(desk.revoke(request.into(), Utc::now()).await?.into()) };
    Box::pin(outside::revoke(&app, question, held.as_ref(), revoke)).await
}
