//! Why the keychain could not be used.

/// Why the keychain gave no credential, in words that end in what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No keychain service runs, or it refused.
    #[error("No keychain is available on this computer")]
    Missing,
    /// It is locked, and nobody unlocked it.
    #[error("The keychain is locked")]
    Locked,
    /// It did not answer in time.
    #[error("The keychain didn’t respond within 5 seconds")]
    Silent,
    /// More than one entry carries our name, so that any of them may be planted.
    #[error("The keychain holds more than one entry for this connection")]
    Ambiguous,
    /// The entry is not text, or the value does not fit.
    #[error("The keychain entry is unusable")]
    Unusable,
}

impl KeychainError {
    /// Whether it may pass, with the credential still in the keychain.
    #[must_use]
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Missing | Self::Locked | Self::Silent)
    }

    /// What to do about it.
    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Self::Missing => "Start the keychain service of your desktop, then retry.",
            Self::Locked => "Unlock it, then retry.",
            Self::Silent => "Retry in a moment.",
            Self::Ambiguous => {
                "Remove its entries “Entri Tokens” from the keychain, then sign in again."
            }
            Self::Unusable => "Sign in again.",
        }
    }
}
