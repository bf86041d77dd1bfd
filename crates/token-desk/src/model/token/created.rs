//! A token that was just created.

use token_audit::Date;

use crate::model::token::TokenKey;

/// A token that was just created. Its value waits in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Identifies the waiting value.
    pub handle: SecretHandle,
    /// The masked value, which may be shown.
    pub mask: String,
    /// Identifies the token; `None` if the response couldn't be read.
    pub key: Option<TokenKey>,
    /// The token's name, according to the server.
    pub name: String,
    /// When it expires, according to the server; `Date::None` if never.
    pub expires: Date,
    /// The token's scopes, according to the server.
    pub scopes: Vec<String>,
    /// How the token differs from what was requested, as a sentence.
    pub differs: Option<String>,
    /// The number of the rotation it was created for, in its connection's journal.
    pub rotation: Option<i64>,
}

/// Identifies a value in the vault; says nothing about the value itself.
pub type SecretHandle = u32;
