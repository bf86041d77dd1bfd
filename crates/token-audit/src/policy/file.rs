//! A policy as a TOML file that people read and write.

use std::fmt::{self, Write as _};

use toml::de::{DeTable, DeValue};

use super::{Policy, SETTINGS};

/// What is wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, with the name of the setting.
    pub message: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}.", self.line, self.message)
    }
}

impl std::error::Error for PolicyError {}

impl Policy {
    /// The policy as a file, each setting with a comment that says what it does.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text =
            "# The audit policy of Entri Tokens. All settings are whole days.\n".to_owned();
        for setting in &SETTINGS {
            let (least, most) = (setting.range.start(), setting.range.end());
            // Writing to a `String` can't fail.
            let _ = write!(
                text,
                "\n# {} From {least} to {most}.\n{} = {}\n",
                setting.about,
                setting.key,
                setting.get(self)
            );
        }
        text
    }

    /// Reads a policy file. Missing settings use their defaults.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let wrong = |at: usize, message: String| PolicyError { line: line_of(text, at), message };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            wrong(at, error.message().lines().next().unwrap_or("not TOML").to_owned())
        })?;
        let mut policy = Self::default();
        for (key, value) in table.get_ref() {
            let name = key.get_ref();
            let setting =
                SETTINGS.iter().find(|setting| setting.key == *name).ok_or_else(|| {
                    let known = SETTINGS.each_ref().map(|setting| setting.key).join(", ");
                    wrong(key.span().start, format!("Unknown setting “{name}”. Allowed: {known}"))
                })?;
            let days = match value.get_ref() {
                DeValue::Integer(days) => i64::from_str_radix(days.as_str(), days.radix()).ok(),
                _ => None,
            };
            let set = days
                .ok_or_else(|| "must be a whole number of days".to_owned())
                .and_then(|days| setting.set(&mut policy, days));
            set.map_err(|why| wrong(value.span().start, format!("{name} {why}")))?;
        }
        Ok(policy)
    }
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    before.split(|&byte| byte == b'\n').count()
}
