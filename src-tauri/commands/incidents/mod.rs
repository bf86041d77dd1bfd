//! Values that were found where they shouldn't be.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{ConnectionId, Desk, TokenKey};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{CreateRequest, IncidentIdView, IncidentView, KeyView, SeenTokenView};

/// Asks for a text that was found, outside the page, and begins an incident for each value in it; `None` if the person
/// canceled.
#[tauri::command]
#[specta::specta]
pub async fn incidents_found(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Answer<Option<Vec<IncidentIdView>>> {
    let Some(text) = outside::found(&app).await? else { return Ok(None) };
    let found = desk.found(text, Utc::now()).await?;
    Ok(Some(found.into_iter().map(IncidentIdView::from).collect()))
}

/// Begins an incident about a token that leaked, whose value isn't at hand.
#[tauri::command]
#[specta::specta]
pub async fn incidents_report(desk: State<'_, Desk>, key: KeyView) -> Answer<IncidentIdView> {
    Ok(desk.report_leaked(key.into(), Utc::now()).await?.into())
}

/// The incidents that aren't closed, latest first.
#[tauri::command]
#[specta::specta]
pub async fn incidents_list(desk: State<'_, Desk>) -> Answer<Vec<IncidentView>> {
    let now = Utc::now();
    let mut views = Vec::new();
    for incident in desk.incidents().await? {
        let window = desk.exposure_window(&incident.incident, now).await;
        views.push(IncidentView::new(incident, window, &desk.clocks(now)));
    }
    Ok(views)
}

/// Asks the server of a connection with the value, and sees which token that moves. Returns the incident, which may
/// move to that connection.
#[tauri::command]
#[specta::specta]
pub async fn incidents_test(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
    connection: u32,
) -> Answer<IncidentIdView> {
    outside::pressed(&app, Question::test_found()).await?;
    Ok(desk.test_found(id.into(), ConnectionId(connection), Utc::now()).await?.into())
}

/// Says whose value it is. Returns the incident, which may move to that token's connection.
#[tauri::command]
#[specta::specta]
pub async fn incidents_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
    key: KeyView,
) -> Answer<IncidentIdView> {
    outside::pressed(&app, Question::choose_found(&key.id)).await?;
    Ok(desk.choose_found(id.into(), TokenKey::from(key), Utc::now()).await?.into())
}

/// Revokes the token whose value was found, and proves that the value is dead.
#[tauri::command]
#[specta::specta]
pub async fn incidents_revoke(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
    key: KeyView,
    seen: SeenTokenView,
) -> Answer<()> {
    let question = Question::revoke(&key.id);
    let revoke =
        async { Ok(desk.revoke_found(id.into(), key.into(), seen.into(), Utc::now()).await?) };
    Box::pin(outside::revoke(&app, question, None, revoke)).await
}

/// Tests whether the value of a token that is revoked is refused.
#[tauri::command]
#[specta::specta]
pub async fn incidents_prove(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
) -> Answer<()> {
    outside::pressed(&app, Question::test_found()).await?;
    Ok(desk.prove_revoked(id.into(), Utc::now()).await?)
}

/// The form for a token in place of the one that was revoked.
#[tauri::command]
#[specta::specta]
pub async fn incidents_replacement(
    desk: State<'_, Desk>,
    id: IncidentIdView,
) -> Answer<CreateRequest> {
    let form = desk.replacement(id.into()).await?.into();
    Ok(CreateRequest { incident: Some(id.number), ..form })
}

/// Writes down that something that is left is done.
#[tauri::command]
#[specta::specta]
pub async fn incidents_task_done(
    desk: State<'_, Desk>,
    id: IncidentIdView,
    task: String,
) -> Answer<()> {
    Ok(desk.incident_task_done(id.into(), task, Utc::now()).await?)
}

/// Writes down what is not known about an incident.
#[tauri::command]
#[specta::specta]
pub async fn incidents_questions(
    desk: State<'_, Desk>,
    id: IncidentIdView,
    text: String,
) -> Answer<()> {
    Ok(desk.incident_questions(id.into(), text, Utc::now()).await?)
}

/// Writes down what somebody knows about where the value was.
#[tauri::command]
#[specta::specta]
pub async fn incidents_exposure(
    desk: State<'_, Desk>,
    id: IncidentIdView,
    answers: Vec<String>,
) -> Answer<()> {
    Ok(desk.incident_exposure(id.into(), answers, Utc::now()).await?)
}

/// The proposed path for the record of an incident.
#[tauri::command]
#[specta::specta]
pub async fn incidents_record_path(app: AppHandle) -> Answer<String> {
    let day = Utc::now().format("%Y-%m-%d");
    Ok(outside::propose(&app, &format!("entri-token-incident-{day}.md")))
}

/// Saves the record of an incident; returns the path of the new file.
#[tauri::command]
#[specta::specta]
pub async fn incidents_save_record(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
    path: String,
) -> Answer<String> {
    let request = outside::may_save(&app, path).await?;
    let file = desk.save_record(id.into(), request, Utc::now()).await?;
    Ok(outside::saved(&app, file))
}

/// Copies a message to whoever made the token.
#[tauri::command]
#[specta::specta]
pub async fn incidents_copy_message(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
) -> Answer<()> {
    outside::pressed(&app, Question::copy_message()).await?;
    Ok(desk.copy_incident_message(id.into()).await?)
}

/// Wipes the value that was found.
#[tauri::command]
#[specta::specta]
pub async fn incidents_forget(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
) -> Answer<()> {
    outside::pressed(&app, Question::forget_found()).await?;
    desk.forget_found(id.into());
    Ok(())
}

/// Closes an incident and wipes its value.
#[tauri::command]
#[specta::specta]
pub async fn incidents_close(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: IncidentIdView,
) -> Answer<()> {
    outside::pressed(&app, Question::close_incident()).await?;
    Ok(desk.close_incident(id.into(), Utc::now()).await?)
}
