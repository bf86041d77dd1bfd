//! Rotations: plan, begin, deliver, end.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::Desk;

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{
    CreatedView, KeyView, PlaceResultView, RotateRequest, RotationIdView, RotationPlanView,
    RotationQueueView, RotationView,
};

/// What rotating a token would do.
#[tauri::command]
#[specta::specta]
pub async fn rotations_plan(desk: State<'_, Desk>, key: KeyView) -> Answer<RotationPlanView> {
    let (key, now) = (key.into(), Utc::now());
    let plan = desk.plan_rotation(&key, now)?;
    let usual_gap = desk.usual_gap(&key).await?;
    Ok(RotationPlanView::new(plan, usual_gap, &desk.clocks(now)))
}

/// What is left of the selected tokens to be rotated, one after the other.
#[tauri::command]
#[specta::specta]
pub async fn rotations_next(desk: State<'_, Desk>) -> Answer<RotationQueueView> {
    Ok(desk.rotation_queue(Utc::now()).await?.into())
}

/// Creates the new token of a rotation; its value stays in this process.
#[tauri::command]
#[specta::specta]
pub async fn rotations_begin(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: RotateRequest,
) -> Answer<CreatedView> {
    outside::pressed(&app, Question::rotate(&request.name)).await?;
    Ok(desk.rotate(request.into(), Utc::now()).await?.into())
}

/// The rotations of the connections shown: those that go on, then the others.
#[tauri::command]
#[specta::specta]
pub async fn rotations_list(desk: State<'_, Desk>) -> Answer<Vec<RotationView>> {
    let now = Utc::now();
    Ok(desk.rotations(now).await?.into_iter().map(|it| RotationView::new(it, now)).collect())
}

/// Delivers the new value to these places of a rotation.
#[tauri::command]
#[specta::specta]
pub async fn rotations_deliver(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: RotationIdView,
    handle: u32,
    places: Vec<String>,
) -> Answer<Vec<PlaceResultView>> {
    match desk.place_lines(id.into(), &places)? {
        only_app if only_app.is_empty() => outside::pressed(&app, Question::move_sign_in()).await?,
        lines => {
            let asks = desk.place_questions(id.into(), &places)?;
            outside::confirm(&app, Question::deliver(&lines, &asks)).await?;
        }
    }
    let home = dirs::home_dir();
    let results = desk.deliver_to_places(id.into(), handle, &places, home, Utc::now()).await?;
    Ok(results.into_iter().map(PlaceResultView::from).collect())
}

/// Signs in with a new token like this one, which leaked and is the app's own.
#[tauri::command]
#[specta::specta]
pub async fn rotations_replace_own(
    app: AppHandle,
    desk: State<'_, Desk>,
    key: KeyView,
) -> Answer<()> {
    outside::pressed(&app, Question::replace_own()).await?;
    Ok(desk.replace_own(key.into(), Utc::now()).await?)
}

/// Records that somebody took the new value to a place.
#[tauri::command]
#[specta::specta]
pub async fn rotations_mark_done(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: RotationIdView,
    place: String,
) -> Answer<()> {
    outside::pressed(&app, Question::mark_done()).await?;
    Ok(desk.mark_place_done(id.into(), &place, Utc::now()).await?)
}

/// Ends a rotation; both tokens stay as they are.
#[tauri::command]
#[specta::specta]
pub async fn rotations_end(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: RotationIdView,
) -> Answer<()> {
    outside::pressed(&app, Question::end_rotation()).await?;
    Ok(desk.end_rotation(id.into(), Utc::now()).await?)
}
