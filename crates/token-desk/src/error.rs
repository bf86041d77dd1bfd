//! What can go wrong, in words for the person in front of the window.

mod code;

use std::path::PathBuf;

use crate::hand_off::HandOffError;
use crate::keychain::KeychainError;
use crate::private_file::FileError;
use crate::store::StoreError;

pub use code::Code;

/// Every way a use case can fail. Messages say what happened, what it means for the tokens, and
/// what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is not one a credential may be sent to.
    #[error(transparent)]
    Address(#[from] entri_api::AddressError),
    /// The text is not an API token.
    #[error(transparent)]
    Credential(#[from] entri_api::CredentialError),
    /// The text is not a session cookie.
    #[error(transparent)]
    Session(#[from] entri_api::SessionError),
    /// A token of the command-line tool is no longer where it was found.
    #[error("There is no API token in {name} any more. Nothing was sent. Paste one instead.")]
    CliTokenGone {
        /// Where it was.
        name: String,
    },
    /// Nobody was signed in.
    #[error(transparent)]
    SignIn(entri_api::SignInError),
    /// The server refused, or could not be asked.
    #[error(transparent)]
    Api(#[from] entri_api::Error),
    /// The key works, but not on the token routes (contract §2).
    #[error(
        "This API token can use the API but cannot manage tokens. Nothing was changed. \
         Sign in instead, or use a token of an owner or admin."
    )]
    CannotManage,
    /// The value of a new token was to sign in to another server.
    #[error(
        "This is the value of the token you just created, and {host} is not its server. Nothing was \
         sent. Hand the value over first, or enter a credential of {host}."
    )]
    ValueElsewhere {
        /// The server that was to get it.
        host: String,
    },
    /// The account may not manage tokens (contract §5, "Who may").
    #[error(
        "You are signed in, but this account cannot manage tokens. Nothing was changed. \
         Only owners and admins can; ask one of them, or sign in as one."
    )]
    RoleTooLow,
    /// The server does not say which organization the key belongs to (contract §4).
    #[error(
        "{host} does not say which organization this sign-in belongs to. \
         Type the organization's id; it stands in the address of its settings page.{}",
        instead_of_a_page(.origin.as_deref())
    )]
    OrganizationNeeded {
        /// The server.
        host: String,
        /// The server's address without the path that was typed, where one was: it may be a page's.
        origin: Option<String>,
    },
    /// The session works in another organization than that of its connection (contract §3).
    #[error(
        "Somebody switched this session to another organization, “{current}”. Nothing was loaded or \
         changed there; the list is still that of “{own}” as it was last known. Sign in again, or \
         switch back on Entri's own page and refresh."
    )]
    OtherOrganization {
        /// The name of the one it works in.
        current: String,
        /// The name of the connection's.
        own: String,
    },
    /// The credential cannot be had from the keychain.
    #[error("{0}, so the server cannot be asked. {remedy}", remedy = .0.remedy())]
    Keychain(#[from] KeychainError),
    /// The credential cannot be removed from the keychain.
    #[error(
        "{0}, so the sign-in could not be removed from it. You are still connected, and the tokens \
         are as they were. Unlock the keychain and try again, or disconnect and remove the entry \
         “Entri Tokens” from the keychain yourself."
    )]
    CredentialStays(KeychainError),
    /// A connection without a credential: it was kept for an earlier session only.
    #[error("The sign-in was kept for one session only. Sign in again to refresh the list.")]
    CredentialMissing,
    /// The keychain no longer holds the credential.
    #[error(
        "The keychain no longer holds the sign-in for this connection. Sign in again to refresh the \
         list."
    )]
    CredentialGone,
    /// The credential was removed, and the rest could not be.
    #[error(
        "The sign-in was removed, but the list and its history were not ({0}). The tokens on the \
         server are not affected. Make room on the disk or repair the data folder, then disconnect \
         again."
    )]
    ListStays(String),
    /// Nothing is connected.
    #[error("Not connected. Connect to a server first.")]
    NotConnected,
    /// What looks like the value of a token was typed where it does not belong.
    #[error(
        "This looks like the value of a token, and values are not taken here. Nothing was sent or saved, so \
         the token is as safe as before. A value belongs in the API token field of the sign-in alone; \
         elsewhere, write the token's name."
    )]
    HoldsValue,
    /// A field of the form cannot be sent as it is.
    #[error("{0}")]
    Form(String),
    /// The token is not in the list.
    #[error("This token is no longer in the list. Refresh the list to see what is there.")]
    TokenGone,
    /// A load was stopped.
    #[error(
        "Stopped. The list was not loaded, and what is shown is as it was before. Refresh to load it."
    )]
    Stopped,
    /// Since the plan was shown the token was used.
    #[error(
        "“{name}” was used {when}, after this list was loaded. It was not revoked. Look again before you revoke it."
    )]
    UsedSince {
        /// The token's name.
        name: String,
        /// When, in words.
        when: String,
    },
    /// Its last use was known, and is missing or cannot be read now.
    #[error(
        "“{name}” was not revoked: the server no longer gives its last use in a form that can be read, so it could not be compared with what you saw. It may be in use. Look again before you revoke it."
    )]
    UseNotCompared {
        /// The token's name.
        name: String,
    },
    /// The list that the token is in may not be read.
    #[error(
        "{host} does not let this sign-in read the list that this token is in{message}. The token was not revoked. Sign in as somebody who manages tokens there."
    )]
    ListForbidden {
        /// The server's host.
        host: String,
        /// What the server says.
        message: entri_api::ServerMessage,
    },
    /// The id names another token now.
    #[error(
        "Another token, “{other}”, has the id that “{name}” had. Nothing was revoked. Look again before you revoke it."
    )]
    OtherToken {
        /// The name of the token that was to be revoked.
        name: String,
        /// The name of the one that has the id now.
        other: String,
    },
    /// The server could not be reached for a while.
    #[error(
        "The clean-up is paused: {reason} The tokens after this one are as they were. Go on with it when the server can be reached again."
    )]
    CleanupPaused {
        /// What failed, as a sentence.
        reason: String,
    },
    /// The connection was left, or has another credential.
    #[error(
        "You left this connection or signed in to it again, so the earlier sign-in is no longer used. Nothing more was revoked. Look at the list, and go on from there."
    )]
    SignInReplaced,
    /// Revoking it takes more than it did when the plan was made.
    #[error(
        "“{name}” has changed since this list was loaded, and revoking it takes another confirmation now. It was not revoked. Look again before you revoke it."
    )]
    ChangedSince {
        /// The token's name.
        name: String,
    },
    /// What was typed is neither the token's name nor its id, whichever was asked for.
    #[error("What you typed does not match. The token was not revoked.")]
    NameMismatch,
    /// The plan was done, or is of an earlier start; or the clean-up has ended.
    #[error(
        "This plan is no longer there, so nothing was revoked by it now. Look at the list, and plan again."
    )]
    CleanupGone,
    /// Another clean-up is not done yet.
    #[error(
        "Another clean-up is going on. Nothing of this one was begun. Wait for its end, or stop it."
    )]
    CleanupRuns,
    /// The typed number is not that of the tokens.
    #[error("The typed number does not match: {count} tokens are planned. None was revoked.")]
    CountMismatch {
        /// How many there are.
        count: String,
    },
    /// Two tokens of the fresh list carry the id.
    #[error(
        "The server lists the id {id} twice, so it is not certain which token would be revoked. Nothing was revoked."
    )]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Several tokens of the last-known list share an id, and the app did not keep which ones.
    #[error(
        "Several tokens of this connection have the same id, and this may be one of them. Nothing was \
         revoked. Refresh the list, then try again."
    )]
    MayBeDoubled,
    /// The token was not found, in a list that may lack it.
    #[error(
        "The token was not found, but the list is incomplete: {reason}. It may still work. Look at \
         Entri's own page, or refresh and try again."
    )]
    PresenceUnknown {
        /// Why the list proves nothing.
        reason: entri_api::Incomplete,
    },
    /// The server says that it has no such token, and still lists it.
    #[error(
        "{host} says that it has no such token, but still lists it. The token was not revoked and may \
         still work. Try again, or revoke it on Entri's own page."
    )]
    NotRevoked {
        /// The server.
        host: String,
    },
    /// The list that was to tell whether a create made a token may lack it.
    #[error("It is still not known whether the token was created. {why}")]
    StillUnclear {
        /// Why the list does not tell, in sentences.
        why: String,
    },
    /// Nobody has the value yet.
    #[error("Nobody has this value yet. Copy it, revoke the token, or close anyway.")]
    NotCopied,
    /// The value was wiped already.
    #[error(
        "This value is no longer held. If nobody has it, revoke the token and create a new one."
    )]
    SecretGone,
    /// The clipboard could not be used, or did not hold the value when read back.
    #[error(
        "The clipboard could not be used, so the token is not copied. It is still held here: try again, or hold to reveal it."
    )]
    Clipboard,
    /// A text without a secret could not be copied.
    #[error("The clipboard could not be used, so nothing was copied. Try again.")]
    ClipboardText,
    /// The file was not made.
    #[error(transparent)]
    File(#[from] FileError),
    /// The value was not handed over.
    #[error(transparent)]
    HandOff(#[from] HandOffError),
    /// What is about to be tried cannot be written down first.
    #[error(
        "The app's journal cannot be written ({0}). Nothing was sent: without it, a token whose \
         answer got lost would go unnoticed. Make room on the disk or repair the data folder, then \
         try again."
    )]
    NoJournal(String),
    /// What was done could not be written down; the first text says what, the other one why.
    #[error(
        "{0}, but the journal could not write it down ({1}). It is written as soon as it can, at the \
         latest when the app quits. Until then the journal and reports lack it. Make room on the disk, or \
         end the program that holds the file."
    )]
    JournalOwed(String, String),
    /// What was decided about tokens cannot be written down.
    #[error(
        "{decided} of {of} decisions were saved: the app’s journal cannot be written ({reason}). The \
         tokens on the server are not affected. Make room on the disk or repair the data folder, then \
         decide again."
    )]
    Undecided {
        /// How many tokens were decided about.
        decided: usize,
        /// How many were to be.
        of: usize,
        /// What the storage says.
        reason: String,
    },
    /// What was seen of the tokens cannot be written down, or read.
    #[error(
        "The app's history of use cannot be kept ({0}). The list is as the server gave it; when tokens \
         are used is not recorded meanwhile. Make room on the disk or repair the data folder."
    )]
    NoHistory(String),
    /// The history was damaged; it is kept at this path, and a new one was begun.
    #[error(
        "The app's history of use was damaged, or another program changed its structure. It was moved to {} and a new one was begun. The tokens \
         on the server are not affected.",
        .0.display()
    )]
    HistoryDamaged(PathBuf),
    /// The app's own storage failed.
    #[error(
        "The app's own storage on this computer failed ({0}). The tokens on the server are not affected."
    )]
    Store(#[from] StoreError),
    /// The journal was damaged; it is kept at this path, and a new one was begun.
    #[error(
        "The app's journal was damaged, or another program changed its structure. It was moved to {} and a new one was begun. Tokens that were \
         created and not handed over before are not known any more: look for them in the list.",
        .0.display()
    )]
    JournalDamaged(PathBuf),
    /// The remembered list was damaged; it is kept at this path.
    #[error(
        "What this app remembered was damaged, or another program changed its structure. It was moved to {}. The tokens on the server are not \
         affected. Connect again to see them.",
        .0.display()
    )]
    ListDamaged(PathBuf),
    /// The embedded sandbox did not start.
    #[error(
        "The sandbox did not start: {0}. Nothing else is affected. Try again, or connect to a server."
    )]
    Sandbox(String),
    /// The window with the server's own sign-in page failed.
    #[error(
        "The sign-in window could not be used ({0}). Nothing was sent. Choose another way to sign in."
    )]
    SignInWindow(String),
    /// A worker of the app stopped.
    #[error(
        "Part of the app stopped working. The tokens on the server are not affected. Restart the app."
    )]
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

/// What failed in the exchange is the same whoever asked.
impl From<entri_api::SignInError> for Error {
    fn from(error: entri_api::SignInError) -> Self {
        match error {
            entri_api::SignInError::Api(error) => Self::Api(error),
            error => Self::SignIn(error),
        }
    }
}

/// Something that failed while the rest went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What a page may branch on.
    pub code: Code,
    /// What happened, what it means, what to do.
    pub message: String,
}

impl Problem {
    /// The same, said of one connection among others.
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
