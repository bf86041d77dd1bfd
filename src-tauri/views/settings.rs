//! What a person sets for the whole app.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{Desk, Settings, when};

use crate::settings::TEXT_SIZES;

/// All settings, and what is to be said of them.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// As they are now.
    pub now: Settings,
    /// As they are in a new installation.
    pub defaults: Settings,
    /// `UTC+1`: the time zone of this computer.
    pub zone: String,
    /// The steps of the text size, in percent.
    pub text_sizes: Vec<u16>,
    /// What couldn't be read at the start.
    pub problem: Option<String>,
}

impl SettingsView {
    /// Shows what is set on a desk.
    #[must_use]
    pub fn new(desk: &Desk, now: DateTime<Utc>) -> Self {
        Self {
            now: desk.settings(),
            defaults: Settings::default(),
            zone: when::zone_here(now),
            text_sizes: TEXT_SIZES.to_vec(),
            problem: desk.settings_problem().map(|problem| problem.message),
        }
    }
}
