//! Where a token's value can be delivered again: never the value itself.

use serde::{Deserialize, Serialize};

/// A place that has a token's value, as far as it is known how the value gets there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Destination {
    /// A file that only its owner can read.
    File {
        /// Its path as typed.
        path: String,
    },
    /// The program of a preset.
    Preset {
        /// The preset's code, which never changes.
        code: String,
        /// What the admin filled in, in the order of the command's placeholders.
        fields: Vec<String>,
    },
    /// Another program, none of whose words may be a password.
    Program {
        /// The program's name or path.
        program: String,
        /// Its arguments, without quotes.
        arguments: Vec<String>,
    },
    /// The app itself, which signs in with the token.
    ThisApp,
    /// Somebody has to take the value there.
    ByHand {
        /// The place, in the admin's words.
        place: String,
    },
}

impl Destination {
    /// A place that only a person can reach.
    pub(crate) fn by_hand(place: &str) -> Self {
        Self::ByHand { place: place.trim().to_owned() }
    }

    /// As the journal keeps it.
    pub(crate) fn to_kept(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Self::to_kept`] returned; `None` for what only a newer version knows.
    pub(crate) fn from_kept(kept: &str) -> Option<Self> {
        serde_json::from_str(kept).ok()
    }
}
