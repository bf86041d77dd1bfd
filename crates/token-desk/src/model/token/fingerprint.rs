//! Fingerprints of values, by which a value is known again without being kept.

use crate::model::token::TokenKey;
use crate::model::token::identity::Identity;

/// The HMAC-SHA-256 of a value, under a key that only the keychain has.
pub(crate) type Print = [u8; 32];

/// A token whose value the app once held.
#[derive(Clone)]
pub(crate) struct Fingerprint {
    pub key: TokenKey,
    /// The token at that time: its id may come to name another one.
    pub token: Identity,
    pub print: Print,
    /// Whether the server itself said whose value it was, not just a preview that fits.
    pub sure: bool,
}
