//! The state of a sign-in between its steps.

use entri_api::{Organization, SecondFactor};

use crate::model::connection::Connection;

/// Whether a connection outlives the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    /// The credential goes to the keychain and the list to the disk.
    Remember,
    /// Nothing is stored, because the embedded sandbox ends with the app.
    Sandbox,
}

/// What a sign-in needs next, or its result.
#[derive(Debug)]
pub enum Step {
    /// Signed in: the connection is ready.
    Connected(Connection),
    /// The password was right; a second factor is required.
    SecondFactor {
        /// The number that identifies this sign-in.
        attempt: u32,
        /// The methods the server accepts, besides a backup code.
        methods: Vec<SecondFactor>,
    },
    /// The session works in several organizations.
    Organization {
        /// The number that identifies this sign-in.
        attempt: u32,
        /// The organizations it works in.
        choices: Choices,
    },
}

/// The organizations a session works in.
#[derive(Debug, Clone)]
pub struct Choices {
    /// The organizations known so far; there may be more, see `lacks`.
    pub organizations: Vec<Organization>,
    /// Why there may be more, as a sentence; `None` if these are all.
    pub lacks: Option<String>,
}
