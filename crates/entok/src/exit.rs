//! How a command ends, for whoever called it.

use std::process::ExitCode;

use token_desk::{Code, Error, StoreError};

/// How a command ended. The later of two in this list is what is said if both hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All of it went well.
    Fine = 0,
    /// It could not be done.
    Failed = 1,
    /// It was called wrongly, or the person said no.
    Usage = 2,
    /// It found what was asked for: findings, leaked tokens.
    Findings = 3,
    /// Somebody has to sign in.
    SignIn = 4,
    /// Something is missing in the answer, so nothing follows from what isn't in it.
    Incomplete = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A command that didn't do what was asked.
#[derive(Debug)]
pub struct Failed {
    /// How the command ended.
    pub exit: Exit,
    /// The reason, for people.
    pub reason: String,
}

impl Failed {
    /// The command makes no sense, or was canceled.
    pub fn usage(reason: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, reason: reason.into() }
    }

    /// It could not be done.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, reason: reason.into() }
    }

    /// Nobody is signed in.
    pub fn sign_in(reason: impl Into<String>) -> Self {
        Self { exit: Exit::SignIn, reason: reason.into() }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        let reason = error.to_string();
        match error.code() {
            Code::Credential | Code::Unauthorized | Code::Keychain | Code::NotConnected => {
                Self::sign_in(reason)
            }
            Code::Invalid | Code::Address | Code::OrganizationNeeded | Code::NameMismatch => {
                Self::usage(reason)
            }
            // Nobody may take it for a failure, and try again.
            Code::OutcomeUnknown => Self { exit: Exit::Incomplete, reason },
            _ => Self::because(reason),
        }
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::because(error.to_string())
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::because(error.to_string())
    }
}
