//! The code a page can branch on.

use super::Error;

/// Codes a page can branch on, one for each different reaction to an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The address needs a correction.
    Address,
    /// A credential is wanted.
    Credential,
    /// The keychain does not give the credential now; trying again may help.
    Keychain,
    /// The second factor is over; email and password are wanted again.
    StartOver,
    /// The organization's id is wanted.
    OrganizationNeeded,
    /// The server could not be reached; nothing was sent.
    Unreachable,
    /// The credential was refused.
    Unauthorized,
    /// The credential may not do this.
    Forbidden,
    /// A field needs a correction.
    Invalid,
    /// What was asked for is not there.
    NotFound,
    /// The server failed or answered in a way that cannot be read; trying again may help.
    Server,
    /// A request was sent, and its effect is unknown.
    OutcomeUnknown,
    /// The token was used since the plan was made.
    UsedSince,
    /// The token takes more to revoke than when the plan was made.
    ChangedSince,
    /// The typed name does not match.
    NameMismatch,
    /// The value hasn't been copied or delivered yet.
    NotCopied,
    /// The clipboard does not hold the value.
    Clipboard,
    /// The keychain does not let go of the credential.
    CredentialStays,
    /// Nothing is connected.
    NotConnected,
    /// The app itself failed.
    Internal,
}

impl Error {
    /// The code a page can branch on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Address(_) => Code::Address,
            Self::Keychain(error) if error.may_pass() => Code::Keychain,
            Self::Keychain(_)
            | Self::Credential(_)
            | Self::Session(_)
            | Self::CliTokenGone { .. }
            | Self::ValueElsewhere { .. }
            | Self::CredentialMissing
            | Self::CredentialGone => Code::Credential,
            Self::SignIn(error) => sign_in_code(error),
            Self::Api(error) => api_code(error),
            Self::CannotManage | Self::RoleTooLow | Self::ListForbidden { .. } => Code::Forbidden,
            Self::OrganizationNeeded { .. } => Code::OrganizationNeeded,
            Self::OtherOrganization { .. }
            | Self::NotRevoked { .. }
            | Self::MayBeDoubled
            | Self::Stopped => Code::Server,
            Self::CleanupPaused { .. } => Code::Unreachable,
            Self::NotConnected => Code::NotConnected,
            Self::HoldsValue | Self::Form(_) | Self::File(_) | Self::HandOff(_) => Code::Invalid,
            Self::TokenGone | Self::CleanupGone => Code::NotFound,
            Self::UsedSince { .. } | Self::UseNotCompared { .. } => Code::UsedSince,
            Self::ChangedSince { .. } | Self::OtherToken { .. } => Code::ChangedSince,
            Self::NameMismatch | Self::CountMismatch { .. } => Code::NameMismatch,
            Self::NotCopied => Code::NotCopied,
            Self::Clipboard | Self::ClipboardText => Code::Clipboard,
            Self::CredentialStays(_) => Code::CredentialStays,
            Self::PresenceUnknown { .. } | Self::StillUnclear { .. } => Code::OutcomeUnknown,
            Self::DuplicateId { .. }
            | Self::SecretGone
            | Self::NoJournal(_)
            | Self::JournalOwed(..)
            | Self::ListStays(_)
            | Self::Undecided { .. }
            | Self::JournalDamaged(_)
            | Self::ListDamaged(_)
            | Self::NoHistory(_)
            | Self::HistoryDamaged(_)
            | Self::Store(_)
            | Self::Sandbox(_)
            | Self::SignInWindow(_)
            | Self::CleanupRuns
            | Self::SignInReplaced
            | Self::Worker => Code::Internal,
        }
    }
}

fn sign_in_code(error: &entri_api::SignInError) -> Code {
    use entri_api::SignInError as SignIn;
    match error {
        SignIn::Api(error) => api_code(error),
        SignIn::StartOver | SignIn::TooManyCodes | SignIn::Locked { .. } => Code::StartOver,
        SignIn::Lost { .. } => Code::Server,
        _ => Code::Credential,
    }
}

fn api_code(error: &entri_api::Error) -> Code {
    use entri_api::Error as Api;
    match error {
        Api::Unreachable { .. } | Api::Tls { .. } => Code::Unreachable,
        Api::Unauthorized { .. } => Code::Unauthorized,
        Api::ApiTokenWanted { .. } | Api::ForeignSession { .. } => Code::Credential,
        Api::OriginRefused { .. } => Code::Address,
        Api::Forbidden { .. } => Code::Forbidden,
        Api::NotFound { .. } => Code::NotFound,
        Api::Invalid { .. } => Code::Invalid,
        Api::OutcomeUnknown { .. } => Code::OutcomeUnknown,
        _ => Code::Server,
    }
}
