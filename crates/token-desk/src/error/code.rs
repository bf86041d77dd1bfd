//! The codes by which a page chooses how to react to an error.

use super::{Error, KeychainError};

/// A code for each way in which a page can react to an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The address has to be corrected.
    Address,
    /// A credential has to be entered: there is none, or it has the wrong form.
    Credential,
    /// The keychain doesn't return the credential right now; trying again may help.
    Keychain,
    /// The second factor can no longer be given; start over with email and password.
    StartOver,
    /// The organization's id has to be entered.
    OrganizationNeeded,
    /// The server couldn't be reached; nothing was sent.
    Unreachable,
    /// The server refused the credential.
    Unauthorized,
    /// The credential is valid but may not do this.
    Forbidden,
    /// A field has to be corrected.
    Invalid,
    /// What was asked for doesn't exist, or no longer does.
    NotFound,
    /// The server failed or answered in a form that can't be read; trying again may help.
    Server,
    /// A request was sent, and its effect is unknown.
    OutcomeUnknown,
    /// The token was used since its preview was made.
    UsedSince,
    /// Revoking the token requires more confirmation than when its preview was made.
    ChangedSince,
    /// The typed name or number doesn't match.
    NameMismatch,
    /// The value hasn't been copied or delivered yet.
    NotCopied,
    /// The clipboard doesn't hold the value.
    Clipboard,
    /// The keychain didn't remove the credential.
    CredentialStays,
    /// The app isn't connected to any server.
    NotConnected,
    /// Some settings couldn't be read; the next change of one mends it, and trying again doesn't.
    Settings,
    /// The app itself failed, or its storage.
    Internal,
}

impl Error {
    /// The code by which a page chooses its reaction.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Address(_) => Code::Address,
            Self::Keychain(error) => keychain_code(*error),
            Self::Credential(_)
            | Self::Session(_)
            | Self::CliTokenGone { .. }
            | Self::ValueElsewhere { .. }
            | Self::CredentialMissing
            | Self::CredentialGone => Code::Credential,
            Self::SignIn(error) => sign_in_code(error),
            Self::Api(error) | Self::TooManyMaybe(error) => api_code(error),
            Self::CannotManage | Self::RoleTooLow => Code::Forbidden,
            Self::OrganizationNeeded { .. } => Code::OrganizationNeeded,
            Self::OtherOrganization { .. } | Self::Stopped | Self::UsesFrozen(_) => Code::Server,
            Self::BulkRevokePaused { .. } => Code::Unreachable,
            Self::NotConnected => Code::NotConnected,
            Self::HoldsValue | Self::Form(_) | Self::File(_) | Self::Delivery(_) => Code::Invalid,
            Self::TokenGone | Self::BulkRevokeGone | Self::Rotation(_) => Code::NotFound,
            Self::NotRevoked(error) => error.code(),
            Self::NameMismatch | Self::CountMismatch { .. } => Code::NameMismatch,
            Self::NotCopied => Code::NotCopied,
            Self::Clipboard | Self::ClipboardText => Code::Clipboard,
            Self::CredentialStays(_) => Code::CredentialStays,
            Self::PresenceUnknown { .. } | Self::StillUnclear { .. } => Code::OutcomeUnknown,
            Self::SecretGone
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
            | Self::BulkRevokeRuns
            | Self::SignInReplaced
            | Self::Worker => Code::Internal,
        }
    }
}

fn keychain_code(error: KeychainError) -> Code {
    if error.may_pass() { Code::Keychain } else { Code::Credential }
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
