//! The policy that tokens are judged by, and its settings.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::{Policy, Preset, SETTINGS};

/// The limits that the tokens are judged by.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// `Standard`, or the name of another preset.
    pub name: String,
    /// How long a token may stay unused, in days.
    pub stale_days: u16,
    /// All its settings, in the order in which they are shown.
    pub settings: Vec<SettingView>,
    /// The presets to choose from, with their values for the same settings.
    pub presets: Vec<PresetView>,
}

/// A named policy to choose from.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PresetView {
    /// The preset's name, such as `Standard`.
    pub name: String,
    /// The days of each setting, in the order of the settings.
    pub days: Vec<u16>,
}

/// One threshold, in days.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingView {
    /// The setting's key in a policy file.
    pub key: String,
    /// The setting's label for people.
    pub label: String,
    /// What the setting does, in a sentence.
    pub about: String,
    /// The current value, in days.
    pub days: u16,
    /// The smallest value allowed, in days.
    pub least: u16,
    /// The largest value allowed, in days.
    pub most: u16,
}

/// A setting as entered in the form.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingRequest {
    /// The setting's key in a policy file.
    pub key: String,
    /// The days as typed, not checked yet.
    pub days: String,
}

impl From<Policy> for PolicyView {
    fn from(policy: Policy) -> Self {
        let preset = Preset::ALL.into_iter().find(|preset| preset.policy() == policy);
        Self {
            name: preset.map_or("Custom", Preset::name).to_owned(),
            stale_days: policy.stale_days,
            settings: SETTINGS
                .iter()
                .map(|setting| SettingView {
                    key: setting.key.to_owned(),
                    label: setting.label.to_owned(),
                    about: setting.about.to_owned(),
                    days: setting.get(&policy),
                    least: *setting.range.start(),
                    most: *setting.range.end(),
                })
                .collect(),
            presets: Preset::ALL.into_iter().map(PresetView::from).collect(),
        }
    }
}

impl From<Preset> for PresetView {
    fn from(preset: Preset) -> Self {
        let policy = preset.policy();
        let days = SETTINGS.iter().map(|setting| setting.get(&policy)).collect();
        Self { name: preset.name().to_owned(), days }
    }
}
