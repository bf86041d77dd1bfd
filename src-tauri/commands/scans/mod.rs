//! Scans of this computer for leaked tokens.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{Desk, LookedFor};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{IncidentIdView, ScanView};

/// The scan that runs, or the last one of this run. Of what it found, only what has these words in its token or its
/// place, and, if asked for, only places that are new.
#[tauri::command]
#[specta::specta]
pub async fn scans_show(
    desk: State<'_, Desk>,
    words: String,
    only_new: bool,
) -> Answer<Option<ScanView>> {
    let (home, now) = (dirs::home_dir(), Utc::now());
    let looked_for = LookedFor { words, only_new };
    let scan = desk.look_through_scan(&looked_for, home.as_deref(), now).await?;
    Ok(scan.map(|scan| ScanView::new(scan, home.as_deref(), now)))
}

/// Searches the places on this computer where tokens tend to lie.
#[tauri::command]
#[specta::specta]
pub async fn scans_usual_places(app: AppHandle, desk: State<'_, Desk>) -> Answer<()> {
    outside::pressed(&app, Question::scan_usual_places()).await?;
    Ok(desk.scan_usual_places(&dirs::home_dir().unwrap_or_default(), Utc::now()).await?)
}

/// Searches a folder, with the repositories in it.
#[tauri::command]
#[specta::specta]
pub async fn scans_folder(app: AppHandle, desk: State<'_, Desk>, path: String) -> Answer<()> {
    outside::pressed(&app, Question::scan(&path)).await?;
    Ok(desk.scan_folder(&path, dirs::home_dir().as_deref(), Utc::now()).await?)
}

/// Asks for a text outside the page, and searches it. Returns whether there was one.
#[tauri::command]
#[specta::specta]
pub async fn scans_pasted(app: AppHandle, desk: State<'_, Desk>) -> Answer<bool> {
    let Some(text) = outside::to_scan(&app).await? else { return Ok(false) };
    desk.scan_pasted(text, Utc::now()).await?;
    Ok(true)
}

/// Stops the scan that runs.
#[tauri::command]
#[specta::specta]
pub async fn scans_cancel(desk: State<'_, Desk>) -> Answer<()> {
    desk.cancel_scan();
    Ok(())
}

/// Begins an incident for a token that was found, or goes on with the one it has.
#[tauri::command]
#[specta::specta]
pub async fn scans_incident(
    app: AppHandle,
    desk: State<'_, Desk>,
    fingerprint: String,
) -> Answer<IncidentIdView> {
    outside::pressed(&app, Question::incident()).await?;
    let home = dirs::home_dir();
    Ok(desk.incident_of_scan(&fingerprint, home.as_deref(), Utc::now()).await?.into())
}

/// Remembers that a value belongs in a place, which isn't listed any longer.
#[tauri::command]
#[specta::specta]
pub async fn scans_belongs(
    app: AppHandle,
    desk: State<'_, Desk>,
    fingerprint: String,
    place: u32,
) -> Answer<()> {
    outside::pressed(&app, Question::belongs()).await?;
    let home = dirs::home_dir();
    Ok(desk.belongs_there(&fingerprint, place as usize, home.as_deref(), Utc::now()).await?)
}

/// Lists all places again where values belong.
#[tauri::command]
#[specta::specta]
pub async fn scans_list_again(desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.belongs_nowhere(Utc::now()).await?)
}

/// Copies the path of a place that was found.
#[tauri::command]
#[specta::specta]
pub async fn scans_copy_path(desk: State<'_, Desk>, fingerprint: String, place: u32) -> Answer<()> {
    let home = dirs::home_dir();
    Ok(desk.copy_scan_path(&fingerprint, place as usize, home.as_deref(), Utc::now()).await?)
}

/// Shows the file or repository of a place in the system's file manager.
#[tauri::command]
#[specta::specta]
pub async fn scans_open_folder(
    app: AppHandle,
    desk: State<'_, Desk>,
    fingerprint: String,
    place: u32,
) -> Answer<()> {
    let home = dirs::home_dir();
    let now = Utc::now();
    let (_, place) = desk.found_place(&fingerprint, place as usize, home.as_deref(), now).await?;
    outside::show_found(&app, place.file).await
}

/// The proposed path for the report of the last scan.
#[tauri::command]
#[specta::specta]
pub async fn scans_report_path(app: AppHandle) -> Answer<String> {
    let day = Utc::now().format("%Y-%m-%d");
    Ok(outside::propose(&app, &format!("entri-leak-scan-{day}.md")))
}

/// Saves the report of the last scan; returns the path of the new file.
#[tauri::command]
#[specta::specta]
pub async fn scans_save_report(
    app: AppHandle,
    desk: State<'_, Desk>,
    path: String,
) -> Answer<String> {
    let request = outside::may_save(&app, path).await?;
    let file = desk.save_scan(request, dirs::home_dir().as_deref(), Utc::now()).await?;
    Ok(outside::saved(&app, file))
}
