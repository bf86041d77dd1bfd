//! What a person sets for the whole app.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{Desk, Setting};

use super::Answer;
use crate::outside::{self, Question};
use crate::settings;
use crate::views::SettingsView;

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
    for question in changes.iter().filter_map(Question::weaker) {
        outside::confirm(&app, question).await?;
    }
    desk.set(&changes)?;
    settings::follow(&app);
    desk.keep_settings().await?;
    Ok(SettingsView::new(&desk, Utc::now()))
}
