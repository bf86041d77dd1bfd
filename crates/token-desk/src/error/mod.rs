//! Errors, in words for the person in front of the window.

mod code;
mod deliver;
mod file;
mod found;
mod keychain;
mod not_revoked;
mod problem;
mod rotation;
mod scan;
mod store;

use std::path::PathBuf;

pub use code::Code;
pub use deliver::{DeliveryError, Failure};
pub use file::FileError;
pub use found::FoundError;
pub use keychain::KeychainError;
pub use not_revoked::NotRevoked;
pub use problem::Problem;
pub use rotation::RotationError;
pub use scan::ScanError;
pub use store::StoreError;

/// Every way a use case can fail. Messages say what happened, what it means for the tokens, and
/// what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address isn't one that a credential may be sent to.
    #[error(transparent)]
    Address(#[from] entri_api::AddressError),
    /// The text isn't an API token.
    #[error(transparent)]
    Credential(#[from] entri_api::CredentialError),
    /// The text isn't a session cookie.
    #[error(transparent)]
    Session(#[from] entri_api::SessionError),
    /// A token of the command-line tool is no longer where it was found.
    #[error("{name} no longer has an API token. Nothing was sent. Enter one instead.")]
    CliTokenGone {
        /// The place it was in: a variable's name or a file's path.
        name: String,
    },
    /// The sign-in failed, and nobody is signed in.
    #[error(transparent)]
    SignIn(entri_api::SignInError),
    /// The server refused the request, or couldn't be reached.
    #[error(transparent)]
    Api(#[from] entri_api::Error),
    /// The server refused to create a token in a way that may mean there are too many, and some have expired.
    #[error(
        "{0} If it limits how many tokens there may be, revoke one that has expired to make room."
    )]
    TooManyMaybe(entri_api::Error),
    /// The credential works, but not on the token routes (docs/entri-api.md#credentials).
    #[error("This API token can’t manage tokens. Use an owner’s or admin’s token, or sign in.")]
    CannotManage,
    /// The value of a new token would have gone to another server.
    #[error(
        "This is the value of the token you just created, and {host} isn’t its server. Nothing was sent. Copy or deliver the value first, or enter a credential for {host}."
    )]
    ValueElsewhere {
        /// The server that would have received the value.
        host: String,
    },
    /// The account may not manage tokens (docs/entri-api.md#who-may).
    #[error("Your account can’t manage tokens. Ask an owner or admin, or sign in as one.")]
    RoleTooLow,
    /// The server doesn't say which organization the credential belongs to
    /// (docs/entri-api.md#organization).
    #[error(
        "{host} doesn’t say which organization this sign-in belongs to. Enter its ID from the URL of the organization’s settings.{}",
        instead_of_a_page(.origin.as_deref())
    )]
    OrganizationNeeded {
        /// The host of the server.
        host: String,
        /// The server's address without the typed path, if there was one: it may be the address of a page.
        origin: Option<String>,
    },
    /// The session works in a different organization than its connection (docs/entri-api.md#sign-in).
    #[error(
        "This session was switched to another organization, “{current}”. Nothing was loaded or changed there; you still see “{own}” as last known. Sign in again, or switch back on Entri’s own page and refresh."
    )]
    OtherOrganization {
        /// The name of the organization that the session works in.
        current: String,
        /// The name of the organization that the connection belongs to.
        own: String,
    },
    /// The credential can't be read from the keychain.
    #[error("{0}, so the app can’t sign in to the server. {remedy}", remedy = .0.remedy())]
    Keychain(#[from] KeychainError),
    /// The credential can't be removed from the keychain.
    #[error(
        "{0}, so the saved sign-in couldn’t be removed. You are still connected, and no token changed. Unlock the keychain and try again, or disconnect anyway and delete “Entri Tokens” from the keychain yourself."
    )]
    CredentialStays(KeychainError),
    /// The connection has no credential, because it was kept only for an earlier session.
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
    /// The app isn't connected to any server.
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
    /// The token is no longer in the list.
    #[error("This token is no longer in the list. Refresh the list.")]
    TokenGone,
    /// Loading the list was stopped before its end.
    #[error("Stopped. The list wasn’t reloaded. Refresh to load it.")]
    Stopped,
    /// The rotation doesn't begin or go on.
    #[error(transparent)]
    Rotation(#[from] RotationError),
    /// The token was not revoked.
    #[error(transparent)]
    NotRevoked(#[from] NotRevoked),
    /// The server couldn't be reached for a while.
    #[error(
        "The bulk revoke is paused: {reason} The remaining tokens weren’t touched. Resume it when the server can be reached again."
    )]
    BulkRevokePaused {
        /// The failure, as a sentence.
        reason: String,
    },
    /// The connection was removed or has a new credential.
    #[error(
        "You disconnected or signed in again, so the earlier sign-in is no longer used. Nothing more was revoked. Check the list before you continue."
    )]
    SignInReplaced,
    /// The typed text isn't the token's name, or its id if that was required.
    #[error("That doesn’t match. The token was not revoked.")]
    NameMismatch,
    /// The plan was used already or belongs to an earlier start of the app, or the bulk revoke has
    /// ended.
    #[error(
        "This bulk revoke has expired or ended. Nothing more was revoked. Select the tokens again."
    )]
    BulkRevokeGone,
    /// The server at this host has stopped recording uses.
    #[error(
        "{0} has stopped recording when tokens are used, so any of them may be in use. Nothing was planned or revoked. Revoke tokens one by one, or wait until the server records uses again."
    )]
    UsesFrozen(String),
    /// Another bulk revoke is still running.
    #[error(
        "Another bulk revoke is running. This one wasn’t started. Wait for it to finish, or stop it first."
    )]
    BulkRevokeRuns,
    /// The typed number isn't the number of tokens.
    #[error("That number doesn’t match. Nothing was revoked. Type {count} to confirm.")]
    CountMismatch {
        /// The number of tokens, to be typed.
        count: String,
    },
    /// The token wasn't found in a list that may be incomplete.
    #[error(
        "The token was not found, but the list is incomplete: {reason}. It may still work. Check Entri’s own page, or refresh and try again."
    )]
    PresenceUnknown {
        /// The reason why the list proves nothing.
        reason: entri_api::Incomplete,
    },
    /// The list that should show whether a token was created may be incomplete.
    #[error("Still unconfirmed: the token may or may not exist. {why}")]
    StillUnclear {
        /// The reason why the list doesn't tell, in sentences.
        why: String,
    },
    /// The value hasn't been copied or delivered yet.
    #[error("Not copied yet. Copy it, revoke the token, or close without copying.")]
    NotCopied,
    /// The value has been wiped from memory.
    #[error(
        "The value is no longer available. If you don’t have it, revoke the token and create a new one."
    )]
    SecretGone,
    /// The clipboard couldn't be used, or didn't hold the value when read back.
    #[error("Couldn’t copy the token. It is still here: try again, or hold to reveal it.")]
    Clipboard,
    /// A text that isn't secret couldn't be copied.
    #[error("Couldn’t copy. Try again.")]
    ClipboardText,
    /// The file couldn't be saved.
    #[error(transparent)]
    File(#[from] FileError),
    /// The value was not delivered.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    /// An attempt can't be recorded before it is made.
    #[error(
        "Can’t write the journal ({0}), so nothing was sent: without it, a lost token would go unnoticed. Free up disk space or repair the data folder, then try again."
    )]
    NoJournal(String),
    /// Something that was done couldn't be recorded: the first text says what, the second why.
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
        /// The reason that the storage gives.
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
    /// The saved connections and lists were damaged; the old file is kept at this path.
    #[error(
        "Saved connections were damaged or changed by another program. The old file is at {}. Tokens on the server aren’t affected. Connect again to see them.",
        .0.display()
    )]
    ListDamaged(PathBuf),
    /// The embedded sandbox didn't start.
    #[error("Couldn’t start the sandbox ({0}). Try again, or connect to a server.")]
    Sandbox(String),
    /// The window with the server's own sign-in page failed.
    #[error(
        "Couldn’t use the sign-in window ({0}). Nothing was sent. Choose another way to sign in."
    )]
    SignInWindow(String),
    /// A background task of the app stopped.
    #[error("Part of the app crashed. Tokens on the server aren’t affected. Restart the app.")]
    Worker,
}

impl Error {
    /// The reason that the storage gives, if the storage failed.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::NoJournal(reason) | Self::NoHistory(reason) => reason.clone(),
            Self::Store(error) => error.to_string(),
            error => error.to_string(),
        }
    }
}

/// A failure of the exchange itself is the same error for every caller.
impl From<entri_api::SignInError> for Error {
    fn from(error: entri_api::SignInError) -> Self {
        match error {
            entri_api::SignInError::Api(error) => Self::Api(error),
            error => Self::SignIn(error),
        }
    }
}

fn instead_of_a_page(origin: Option<&str>) -> String {
    origin.map_or_else(String::new, |origin| {
        format!(" If you pasted the address of a page, use {origin} instead.")
    })
}
