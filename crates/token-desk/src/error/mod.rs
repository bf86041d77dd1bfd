//! Errors, in words for the person in front of the window.

mod code;
mod deliver;
mod file;
mod keychain;
mod store;

use std::path::PathBuf;

pub use code::Code;
pub use deliver::{Failure, HandOffError};
pub use file::FileError;
pub use keychain::KeychainError;
pub use store::StoreError;

/// Every way a use case can fail. Messages say what happened, what it means for the tokens, and
/// what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address isn't one that a credential may be sent to.
    #[error(transparent)]
    Address(#[from] entri_api::AddressError),
    /// The text is not an API token.
    #[error(transparent)]
    Credential(#[from] entri_api::CredentialError),
    /// The text is not a session cookie.
    #[error(transparent)]
    Session(#[from] entri_api::SessionError),
    /// A token of the command-line tool is no longer in its place.
    #[error("{name} no longer has an API token. Nothing was sent. Enter one instead.")]
    CliTokenGone {
        /// Where it was.
        name: String,
    },
    /// Nobody was signed in.
    #[error(transparent)]
    SignIn(entri_api::SignInError),
    /// The server refused the request, or couldn't be reached.
    #[error(transparent)]
    Api(#[from] entri_api::Error),
    /// The credential works, but not on the token routes (docs/entri-api.md#credentials).
    #[error("This API token can’t manage tokens. Use an owner’s or admin’s token, or sign in.")]
    CannotManage,
    /// The value of a new token would have gone to another server.
    #[error(
        "This is the value of the token you just created, and {host} isn’t its server. Nothing was sent. Copy or deliver the value first, or enter a credential for {host}."
    )]
    ValueElsewhere {
        /// The server that would have received it.
        host: String,
    },
    /// The account may not manage tokens (docs/entri-api.md#who-may).
    #[error("Your account can’t manage tokens. Ask an owner or admin, or sign in as one.")]
    RoleTooLow,
    /// The server does not say which organization the key belongs to (docs/entri-api.md#organization).
    #[error(
        "{host} doesn’t say which organization this sign-in belongs to. Enter its ID from the URL of the organization’s settings.{}",
        instead_of_a_page(.origin.as_deref())
    )]
    OrganizationNeeded {
        /// The server.
        host: String,
        /// The server's address without the typed path, if there was one: it may be the address of a page.
        origin: Option<String>,
    },
    /// The session works in a different organization than its connection (docs/entri-api.md#sign-in).
    #[error(
        "This session was switched to another organization, “{current}”. Nothing was loaded or changed there; you still see “{own}” as last known. Sign in again, or switch back on Entri’s own page and refresh."
    )]
    OtherOrganization {
        /// The name of the one it works in.
        current: String,
        /// The name of the connection's.
        own: String,
    },
    /// The credential can't be read from the keychain.
    #[error("{0}, so the app can’t sign in to the server. {remedy}", remedy = .0.remedy())]
    Keychain(#[from] KeychainError),
    /// The credential cannot be removed from the keychain.
    #[error(
        "{0}, so the saved sign-in couldn’t be removed. You are still connected, and no token changed. Unlock the keychain and try again, or disconnect anyway and delete “Entri Tokens” from the keychain yourself."
    )]
    CredentialStays(KeychainError),
    /// A connection without a credential, which was kept only for an earlier session.
    #[error("Your sign-in wasn’t saved. Sign in again to refresh the list.")]
    CredentialMissing,
    /// The keychain no longer holds the credential.
    #[error(
        "The keychain no longer holds the sign-in for this connection. Sign in again to refresh the \
         list."
    )]
    CredentialGone,
    /// The credential was removed, but the rest couldn't be.
    #[error(
        "The sign-in was removed, but the list and its history were not ({0}). Tokens on the server aren’t affected. Free up disk space or repair the data folder, then disconnect again."
    )]
    ListStays(String),
    /// Nothing is connected.
    #[error("Not connected. Connect to a server first.")]
    NotConnected,
    /// A text looks like a token value in a place where it doesn't belong.
    #[error(
        "This looks like a token value. Nothing was sent or saved, so the token is as safe as before. Enter values only when you sign in; elsewhere, use the token’s name."
    )]
    HoldsValue,
    /// A field of the form is invalid.
    #[error("{0}")]
    Form(String),
    /// The token is not in the list.
    #[error("This token is no longer in the list. Refresh the list.")]
    TokenGone,
    /// A load was stopped.
    #[error("Stopped. The list wasn’t reloaded. Refresh to load it.")]
    Stopped,
    /// The token was used after the plan was shown.
    #[error(
        "Not revoked: “{name}” was used {when}, after this list was loaded. Review it and try again."
    )]
    UsedSince {
        /// The token's name.
        name: String,
        /// When, in words.
        when: String,
    },
    /// Its last use was known, and is now missing or unreadable.
    #[error(
        "Not revoked: the server no longer reports the last use of “{name}” in a readable form, so it may be in use. Review it and try again."
    )]
    UseNotCompared {
        /// The token's name.
        name: String,
    },
    /// The list that the token is in may not be read.
    #[error(
        "Not revoked: {host} doesn’t let you read the list this token is in{message}. Sign in as someone who manages tokens there."
    )]
    ListForbidden {
        /// The server's host.
        host: String,
        /// What the server says.
        message: entri_api::ServerMessage,
    },
    /// The id now belongs to another token.
    #[error(
        "Not revoked: another token, “{other}”, now has the ID that “{name}” had. Review it and try again."
    )]
    OtherToken {
        /// The name of the token to be revoked.
        name: String,
        /// The name of the token that has the id now.
        other: String,
    },
    /// The server could not be reached for a while.
    #[error(
        "The bulk revoke is paused: {reason} The remaining tokens weren’t touched. Resume it when the server can be reached again."
    )]
    CleanupPaused {
        /// What failed, as a sentence.
        reason: String,
    },
    /// The connection was removed, or has another credential.
    #[error(
        "You disconnected or signed in again, so the earlier sign-in is no longer used. Nothing more was revoked. Check the list before you continue."
    )]
    SignInReplaced,
    /// Revoking it now requires more confirmation than when the plan was made.
    #[error(
        "Not revoked: “{name}” has changed since this list was loaded, and now needs another confirmation. Review it and try again."
    )]
    ChangedSince {
        /// The token's name.
        name: String,
    },
    /// The typed text isn't the token's name, or its id if that was required.
    #[error("That doesn’t match. The token was not revoked.")]
    NameMismatch,
    /// The plan was used already or is from an earlier start, or the bulk revoke has ended.
    #[error(
        "This bulk revoke has expired or ended. Nothing more was revoked. Select the tokens again."
    )]
    CleanupGone,
    /// Another bulk revoke is still running.
    #[error(
        "Another bulk revoke is running. This one wasn’t started. Wait for it to finish, or stop it first."
    )]
    CleanupRuns,
    /// The typed number isn't the number of tokens.
    #[error("That number doesn’t match. Nothing was revoked. Type {count} to confirm.")]
    CountMismatch {
        /// How many there are.
        count: String,
    },
    /// Two tokens of the fresh list carry the id.
    #[error(
        "Not revoked: the server lists the ID {id} twice, so it isn’t certain which token would be revoked."
    )]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Several tokens of the last-known list share an id, and the app did not keep which ones.
    #[error(
        "Not revoked: several tokens of this connection share an ID, and this may be one of them. Refresh the list, then try again."
    )]
    MayBeDoubled,
    /// The token wasn't found in a list that may be incomplete.
    #[error(
        "The token was not found, but the list is incomplete: {reason}. It may still work. Check Entri’s own page, or refresh and try again."
    )]
    PresenceUnknown {
        /// Why the list proves nothing.
        reason: entri_api::Incomplete,
    },
    /// The server says it has no such token, but still lists it.
    #[error(
        "{host} says it has no such token, but still lists it. The token was not revoked and may still work. Try again, or revoke it on Entri’s own page."
    )]
    NotRevoked {
        /// The server.
        host: String,
    },
    /// The list that should show whether a token was created may be incomplete.
    #[error("Still unconfirmed: the token may or may not exist. {why}")]
    StillUnclear {
        /// Why the list does not tell, in sentences.
        why: String,
    },
    /// The value hasn't been copied or delivered yet.
    #[error("Not copied yet. Copy it, revoke the token, or close without copying.")]
    NotCopied,
    /// The value was wiped already.
    #[error(
        "The value is no longer available. If you don’t have it, revoke the token and create a new one."
    )]
    SecretGone,
    /// The clipboard could not be used, or did not hold the value when read back.
    #[error("Couldn’t copy the token. It is still here: try again, or hold to reveal it.")]
    Clipboard,
    /// A text without a secret could not be copied.
    #[error("Couldn’t copy. Try again.")]
    ClipboardText,
    /// The file couldn't be saved.
    #[error(transparent)]
    File(#[from] FileError),
    /// The value was not delivered.
    #[error(transparent)]
    HandOff(#[from] HandOffError),
    /// An attempt can't be recorded before it is made.
    #[error(
        "Can’t write the journal ({0}), so nothing was sent: without it, a lost token would go unnoticed. Free up disk space or repair the data folder, then try again."
    )]
    NoJournal(String),
    /// What was done couldn't be recorded; the first text says what, the second one why.
    #[error(
        "{0}, but the journal couldn’t record it ({1}). The app keeps trying until it quits; until then the journal and reports lack it. Free up disk space, or close the program that holds the file."
    )]
    JournalOwed(String, String),
    /// Decisions couldn't be recorded.
    #[error(
        "Saved {decided} of {of} decisions: can’t write the journal ({reason}). Tokens on the server aren’t affected. Free up disk space or repair the data folder, then try again."
    )]
    Undecided {
        /// The number of recorded decisions.
        decided: usize,
        /// The number that should have been recorded.
        of: usize,
        /// What the storage says.
        reason: String,
    },
    /// The usage history can't be written or read.
    #[error(
        "Can’t save usage history ({0}). Tokens are up to date; usage isn’t being recorded. Free up disk space or repair the data folder."
    )]
    NoHistory(String),
    /// The history was damaged. It is kept at this path, and a new one was started.
    #[error(
        "Usage history was damaged or changed by another program, and has been reset. The old file is at {}. Tokens on the server aren’t affected.",
        .0.display()
    )]
    HistoryDamaged(PathBuf),
    /// The app's own storage failed.
    #[error("Local storage error ({0}). Tokens on the server aren’t affected.")]
    Store(#[from] StoreError),
    /// The journal was damaged. It is kept at this path, and a new one was started.
    #[error(
        "The journal was damaged or changed by another program, and has been reset. The old file is at {}. Check the list for tokens you created but didn’t copy.",
        .0.display()
    )]
    JournalDamaged(PathBuf),
    /// The remembered list was damaged; it is kept at this path.
    #[error(
        "Saved connections were damaged or changed by another program. The old file is at {}. Tokens on the server aren’t affected. Connect again to see them.",
        .0.display()
    )]
    ListDamaged(PathBuf),
    /// The embedded sandbox did not start.
    #[error("Couldn’t start the sandbox ({0}). Try again, or connect to a server.")]
    Sandbox(String),
    /// The window with the server's own sign-in page failed.
    #[error(
        "Couldn’t use the sign-in window ({0}). Nothing was sent. Choose another way to sign in."
    )]
    SignInWindow(String),
    /// A worker of the app stopped.
    #[error("Part of the app crashed. Tokens on the server aren’t affected. Restart the app.")]
    Worker,
}

impl Error {
    /// What the storage says, where that is what failed.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::NoJournal(reason) | Self::NoHistory(reason) => reason.clone(),
            Self::Store(error) => error.to_string(),
            error => error.to_string(),
        }
    }
}

/// What failed in the exchange doesn't depend on the caller.
impl From<entri_api::SignInError> for Error {
    fn from(error: entri_api::SignInError) -> Self {
        match error {
            entri_api::SignInError::Api(error) => Self::Api(error),
            error => Self::SignIn(error),
        }
    }
}

/// Something that failed while the rest continued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The code a page can branch on.
    pub code: Code,
    /// What happened, what it means, what to do.
    pub message: String,
}

impl Problem {
    /// The same, with the name of the connection, if there are several.
    #[must_use]
    pub fn of(&self, label: &str) -> Self {
        Self { code: self.code, message: format!("{label}: {}", self.message) }
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}

fn instead_of_a_page(origin: Option<&str>) -> String {
    origin.map_or_else(String::new, |origin| {
        format!(" If you pasted the address of a page, use {origin} instead.")
    })
}
