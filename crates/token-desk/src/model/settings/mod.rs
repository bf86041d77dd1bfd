//! What a person can set for the whole app.

#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The colors of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "views", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// Those of the desktop.
    #[default]
    System,
    /// Light ones, whatever the desktop has.
    Light,
    /// Dark ones, whatever the desktop has.
    Dark,
}

/// How tall the rows of the list are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "views", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// They have room around their text.
    #[default]
    Comfortable,
    /// More of them fit on the screen.
    Compact,
}

/// The time zone of times on screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "views", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Zone {
    /// The one of this computer.
    #[default]
    Local,
    /// Universal time, as in files and reports.
    Utc,
}

/// Everything that can be set, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "views", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The colors of the window.
    pub theme: Theme,
    /// How tall the rows of the list are.
    pub density: Density,
    /// How large the page is drawn, in percent: 80 to 200.
    pub text_size: u16,
    /// The time zone of times on screen.
    pub zone: Zone,
    /// The seconds until a copied value is cleared from the clipboard: 10 to 120, or 0 if it stays until the app
    /// quits.
    pub clear_clipboard: u16,
    /// The seconds for which a revoke can be stopped before it is sent: 1 to 10, or 0 if it is sent at once.
    pub countdown: u16,
    /// Whether single letters and signs are shortcuts.
    pub single_keys: bool,
}

/// A change of one of the settings, with its new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "views", derive(specta::Type))]
#[serde(rename_all = "camelCase", tag = "name", content = "value")]
#[expect(missing_docs, reason = "each is documented at the field of `Settings`")]
pub enum Setting {
    Theme(Theme),
    Density(Density),
    TextSize(u16),
    Zone(Zone),
    ClearClipboard(u16),
    Countdown(u16),
    SingleKeys(bool),
}

/// That a number is outside what a setting allows; in words for the person who set it.
pub(crate) type OutOfRange = &'static str;

const TEXT_SIZES: RangeInclusive<u16> = 80..=200;
const CLEARS_WITHIN: RangeInclusive<u16> = 10..=120;
const COUNTDOWNS: RangeInclusive<u16> = 1..=10;

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            text_size: 100,
            zone: Zone::default(),
            clear_clipboard: 30,
            countdown: 5,
            single_keys: true,
        }
    }
}

impl Settings {
    /// Reads them from their file's text. Those that can't be read, or are out of range, have their defaults and are
    /// named. Names of a later version are skipped.
    pub(crate) fn parse(text: &str) -> (Self, Vec<&'static str>) {
        let Ok(Value::Object(given)) = serde_json::from_str(text) else {
            return (Self::default(), vec!["all of them"]);
        };
        let mut read = Self::default();
        let mut wrong = Vec::new();
        for (name, value) in given {
            let Some(words) = words(&name) else { continue };
            match read.with(&name, value) {
                Some(with) => read = with,
                None => wrong.push(words),
            }
        }
        wrong.sort_unstable();
        (read, wrong)
    }

    /// The same with one value from a file; `None` if it makes no sense there.
    fn with(&self, name: &str, value: Value) -> Option<Self> {
        let mut all = serde_json::to_value(self).ok()?;
        all[name] = value;
        let with: Self = serde_json::from_value(all).ok()?;
        with.check().is_ok().then_some(with)
    }

    /// Whether all of them are in range.
    pub(crate) fn check(&self) -> Result<(), OutOfRange> {
        let fits = |it: u16, range: &RangeInclusive<u16>| it == 0 || range.contains(&it);
        if !TEXT_SIZES.contains(&self.text_size) {
            return Err("The text size can be 80 to 200 percent");
        }
        if !fits(self.clear_clipboard, &CLEARS_WITHIN) {
            return Err("The clipboard can be cleared after 10 to 120 seconds, or never");
        }
        if !fits(self.countdown, &COUNTDOWNS) {
            return Err("The countdown before revoking can be 1 to 10 seconds, or off");
        }
        Ok(())
    }

    /// Each of them as a change.
    #[must_use]
    pub fn all(&self) -> [Setting; 7] {
        [
            Setting::Theme(self.theme),
            Setting::Density(self.density),
            Setting::TextSize(self.text_size),
            Setting::Zone(self.zone),
            Setting::ClearClipboard(self.clear_clipboard),
            Setting::Countdown(self.countdown),
            Setting::SingleKeys(self.single_keys),
        ]
    }

    /// The same with one of them changed.
    #[must_use]
    pub fn changed(self, setting: Setting) -> Self {
        match setting {
            Setting::Theme(theme) => Self { theme, ..self },
            Setting::Density(density) => Self { density, ..self },
            Setting::TextSize(text_size) => Self { text_size, ..self },
            Setting::Zone(zone) => Self { zone, ..self },
            Setting::ClearClipboard(clear_clipboard) => Self { clear_clipboard, ..self },
            Setting::Countdown(countdown) => Self { countdown, ..self },
            Setting::SingleKeys(single_keys) => Self { single_keys, ..self },
        }
    }
}

/// What a setting is called, by its name in the file.
fn words(name: &str) -> Option<&'static str> {
    Some(match name {
        "theme" => "theme",
        "density" => "density",
        "textSize" => "text size",
        "zone" => "time zone",
        "clearClipboard" => "clearing the clipboard",
        "countdown" => "countdown before revoking",
        "singleKeys" => "single-key shortcuts",
        _ => return None,
    })
}
