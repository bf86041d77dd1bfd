//! Why a token was skipped at the last check.

use chrono::{DateTime, Utc};
use token_audit::ServerTime;

use crate::error::NotRevoked;
use crate::{text, when};

/// Why a token was skipped at the last check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Left {
    /// Another token has its id now.
    OtherToken { name: String },
    /// The server no longer gives its creation date in a readable form.
    NotRecognized,
    /// The app signs in with it.
    Own,
    /// It was used since.
    UsedSince(DateTime<Utc>),
    /// The server no longer gives its last use in a readable form.
    NotCompared,
    /// Revoking it requires more confirmation than was given.
    Changed,
}

impl Left {
    /// As an answer to who asked to revoke just this one, `name`, when it is `now` at its server.
    pub fn error(self, name: String, now: ServerTime) -> NotRevoked {
        match self {
            Self::OtherToken { name: other } => {
                NotRevoked::OtherToken { name, other: text::visible(&other) }
            }
            Self::UsedSince(used) => {
                NotRevoked::UsedSince { name, when: when::relative(used, now.0) }
            }
            Self::NotCompared => NotRevoked::UseNotCompared { name },
            Self::NotRecognized | Self::Own | Self::Changed => NotRevoked::ChangedSince { name },
        }
    }

    /// The reason as shown beside a token of a bulk revoke.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::OtherToken { .. } => "Another token has this ID now.",
            Self::NotRecognized => {
                "The server no longer reports its creation date in a readable form. It may be another token."
            }
            Self::Own => "Entri Tokens may be signed in with it.",
            Self::UsedSince(_) => "It was used since you selected it.",
            Self::NotCompared => {
                "The server no longer reports its last use in a readable form. It may be in use."
            }
            Self::Changed => "It has changed and now needs another confirmation.",
        }
    }
}
