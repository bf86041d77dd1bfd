//! What a person sets for the whole app.

use std::path::PathBuf;

use chrono::Utc;
use tauri::async_runtime::spawn_blocking;
use tauri::{AppHandle, State};
use token_desk::{Desk, Setting, data_folder};

use super::Answer;
use crate::outside::{self, Choose, Chosen, Question};
use crate::views::{FolderView, FoldersView, KeptView, SettingsView, count};
use crate::{places, settings};

/// All settings, and their defaults.
#[tauri::command]
#[specta::specta]
pub async fn settings_show(desk: State<'_, Desk>) -> Answer<SettingsView> {
    Ok(SettingsView::new(&desk, Utc::now()))
}

/// Changes some of the settings at once, and keeps them. What makes a mistake costlier is asked about first.
#[tauri::command]
#[specta::specta]
pub async fn settings_change(
    app: AppHandle,
    desk: State<'_, Desk>,
    changes: Vec<Setting>,
) -> Answer<SettingsView> {
    for question in changes.iter().copied().filter_map(Question::weaker) {
        outside::confirm(&app, question).await?;
    }
    desk.set(&changes)?;
    settings::follow(&app);
    desk.keep_settings().await?;
    Ok(SettingsView::new(&desk, Utc::now()))
}

/// Everywhere the app keeps something on this computer, and how much.
#[tauri::command]
#[specta::specta]
pub async fn settings_places(app: AppHandle, desk: State<'_, Desk>) -> Answer<FoldersView> {
    let keychain = desk.keychain_entries().await.map(count);
    let folders = spawn_blocking(move || {
        let there = places::all(&app).into_iter().filter(|(_, folder)| folder.exists());
        there.map(|(what, folder)| FolderView::new(what, &folder, places::size(&folder))).collect()
    });
    Ok(FoldersView { folders: folders.await.unwrap_or_default(), keychain })
}

/// Opens one of these folders in the system's file manager.
#[tauri::command]
#[specta::specta]
pub async fn settings_open_place(app: AppHandle, what: KeptView) -> Answer<()> {
    let folder = places::all(&app).into_iter().find(|(it, _)| *it == what).map(|(_, it)| it);
    outside::show_found(&app, folder).await
}

/// Lets a person choose a folder, and copies everything that the app keeps into a new one in it. Returns the name of that
/// one, or `None` if the window was closed.
#[tauri::command]
#[specta::specta]
pub async fn settings_export(app: AppHandle, desk: State<'_, Desk>) -> Answer<Option<String>> {
    let choose = Choose::beginning_at("~/", Chosen::Folder);
    let Some(into) = outside::choose_file(&app, choose).await? else { return Ok(None) };
    let made = desk.export_data(data_folder(), PathBuf::from(into), Utc::now()).await?;
    Ok(Some(outside::saved(&app, made)))
}

/// Erases everything of this app on this computer, says what couldn't be removed, and quits.
#[tauri::command]
#[specta::specta]
pub async fn settings_erase(app: AppHandle, desk: State<'_, Desk>) -> Answer<()> {
    let there = places::all(&app).into_iter().filter(|(_, folder)| folder.exists());
    let folders: Vec<_> = there.map(|(_, folder)| folder.display().to_string()).collect();
    outside::confirm(&app, Question::erase(&folders)).await?;
    desk.may_erase().await?;
    let keychain = desk.erase_keychain().await.err();
    let from = app.clone();
    let mut left = spawn_blocking(move || places::erase(&from)).await.unwrap_or_default();
    left.extend(keychain.map(|error| format!("Keychain, “Entri Tokens”: {error}")));
    if !left.is_empty() {
        outside::confirm_own(&app, Question::not_erased(&left)).await;
    }
    app.exit(0);
    Ok(())
}
