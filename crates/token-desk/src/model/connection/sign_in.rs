//! The state of a sign-in between its steps.

use entri_api::{Organization, SecondFactor};

use crate::model::connection::Connection;

/// Whether a connection outlives the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    /// The credential goes to the keychain and the list to the disk.
    Remember,
    /// Nothing is stored: the embedded sandbox.
    Sandbox,
}

/// The state of a sign-in.
#[derive(Debug)]
pub enum Step {
    /// Done.
    Connected(Connection),
    /// The password was right; a second factor is required.
    SecondFactor {
        /// Names the attempt.
        attempt: u32,
        /// The methods the server accepts besides a backup code.
        methods: Vec<SecondFactor>,
    },
    /// The session works in several organizations.
    Organization {
        /// Names the attempt.
        attempt: u32,
        /// The organizations it works in.
        choices: Choices,
    },
}

/// The organizations a session works in.
#[derive(Debug, Clone)]
pub struct Choices {
    /// The known ones.
    pub organizations: Vec<Organization>,
    /// Why there may be more, as a sentence.
    pub lacks: Option<String>,
}
