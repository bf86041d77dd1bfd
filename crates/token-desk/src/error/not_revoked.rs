//! Why a token was not revoked.

use entri_api::TokenId;

use super::Code;

/// Every reason to leave a token alone that was to be revoked.
#[derive(Debug, thiserror::Error)]
pub enum NotRevoked {
    /// The token was used after its revoke was planned.
    #[error(
        "Not revoked: “{name}” was used {when}, after this list was loaded. Review it and try again."
    )]
    UsedSince {
        /// The name of the token.
        name: String,
        /// When it was used, in words.
        when: String,
    },
    /// The last use of a token was known, and is now missing or unreadable.
    #[error(
        "Not revoked: the server no longer reports the last use of “{name}” in a readable form, so it may be in use. Review it and try again."
    )]
    UseNotCompared {
        /// The name of the token.
        name: String,
    },
    /// The server doesn't let this user read the list that the token is in.
    #[error(
        "Not revoked: {host} doesn’t let you read the list this token is in{message}. Sign in as someone who manages tokens there."
    )]
    ListForbidden {
        /// The host of the server.
        host: String,
        /// The reason that the server gives.
        message: entri_api::ServerMessage,
    },
    /// The token's id now belongs to another token.
    #[error(
        "Not revoked: another token, “{other}”, now has the ID that “{name}” had. Review it and try again."
    )]
    OtherToken {
        /// The name of the token to be revoked.
        name: String,
        /// The name of the token that has the id now.
        other: String,
    },
    /// Revoking the token requires more confirmation than when it was planned.
    #[error(
        "Not revoked: “{name}” has changed since this list was loaded, and now needs another confirmation. Review it and try again."
    )]
    ChangedSince {
        /// The name of the token.
        name: String,
    },
    /// Two tokens in the fresh list have the id.
    #[error(
        "Not revoked: the server lists the ID {id} twice, so it isn’t certain which token would be revoked."
    )]
    DuplicateId {
        /// The id that both tokens have.
        id: TokenId,
    },
    /// Several tokens in the last-known list share an id, and the app didn't keep which ones.
    #[error(
        "Not revoked: several tokens of this connection share an ID, and this may be one of them. Refresh the list, then try again."
    )]
    MayBeDoubled,
    /// The server says it has no such token, but still lists it.
    #[error(
        "{host} says it has no such token, but still lists it. The token was not revoked and may still work. Try again, or revoke it on Entri’s own page."
    )]
    StillListed {
        /// The host of the server.
        host: String,
    },
}

impl NotRevoked {
    /// The code by which a page chooses its reaction.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::UsedSince { .. } | Self::UseNotCompared { .. } => Code::UsedSince,
            Self::ChangedSince { .. } | Self::OtherToken { .. } => Code::ChangedSince,
            Self::ListForbidden { .. } => Code::Forbidden,
            Self::MayBeDoubled | Self::StillListed { .. } => Code::Server,
            Self::DuplicateId { .. } => Code::Internal,
        }
    }
}
