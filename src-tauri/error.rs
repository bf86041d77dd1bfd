//! Errors as the page sees them.

use serde::Serialize;
use specta::Type;
use token_desk::{Code, Error, Problem};

/// The result of every command that can fail.
pub type Answer<T> = Result<T, ErrorView>;

/// An error in words: what happened, what it means and what to do, with a code for the page.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ErrorView {
    /// The code by which the page chooses its reaction.
    pub code: ErrorCode,
    /// The sentence to show.
    pub message: String,
}

/// A code for each way in which the page reacts to an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the others are documented at `token_desk::Code`")]
pub enum ErrorCode {
    Address,
    Credential,
    Keychain,
    StartOver,
    OrganizationNeeded,
    Unreachable,
    Unauthorized,
    Forbidden,
    Invalid,
    NotFound,
    Server,
    OutcomeUnknown,
    UsedSince,
    ChangedSince,
    NameMismatch,
    NotCopied,
    CredentialStays,
    Clipboard,
    NotConnected,
    /// The next change of a setting mends it.
    Settings,
    Internal,
    /// The person who was asked outside the page didn't say yes.
    Declined,
    /// The page must reload, because it lost the answer to one of its calls.
    PageLost,
}

impl ErrorView {
    /// For a call that was sent before.
    #[must_use]
    pub fn page_lost() -> Self {
        let message =
            "The window lost a response and was reloaded. Nothing was done twice.".to_owned();
        Self { code: ErrorCode::PageLost, message }
    }
}

impl From<Code> for ErrorCode {
    fn from(code: Code) -> Self {
        match code {
            Code::Address => Self::Address,
            Code::Credential => Self::Credential,
            Code::Keychain => Self::Keychain,
            Code::StartOver => Self::StartOver,
            Code::OrganizationNeeded => Self::OrganizationNeeded,
            Code::Unreachable => Self::Unreachable,
            Code::Unauthorized => Self::Unauthorized,
            Code::Forbidden => Self::Forbidden,
            Code::Invalid => Self::Invalid,
            Code::NotFound => Self::NotFound,
            Code::Server => Self::Server,
            Code::OutcomeUnknown => Self::OutcomeUnknown,
            Code::UsedSince => Self::UsedSince,
            Code::ChangedSince => Self::ChangedSince,
            Code::NameMismatch => Self::NameMismatch,
            Code::NotCopied => Self::NotCopied,
            Code::CredentialStays => Self::CredentialStays,
            Code::Clipboard => Self::Clipboard,
            Code::NotConnected => Self::NotConnected,
            Code::Settings => Self::Settings,
            Code::Internal => Self::Internal,
        }
    }
}

impl From<Error> for ErrorView {
    fn from(error: Error) -> Self {
        Problem::from(&error).into()
    }
}

impl From<Problem> for ErrorView {
    fn from(problem: Problem) -> Self {
        Self { code: problem.code.into(), message: problem.message }
    }
}
