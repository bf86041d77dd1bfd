//! A token that was just created.

use token_audit::Date;

use crate::model::token::TokenKey;

/// A token that exists now. Its value waits in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Identifies the waiting value.
    pub handle: SecretHandle,
    /// What may be shown of the value.
    pub mask: String,
    /// Identifies the token; `None` if the response couldn't be read.
    pub key: Option<TokenKey>,
    /// Its name.
    pub name: String,
    /// When it expires, according to the server; none for never.
    pub expires: Date,
    /// Its scopes, according to the server.
    pub scopes: Vec<String>,
    /// How the token differs from what was requested, as a sentence.
    pub differs: Option<String>,
}

/// Names one waiting secret; says nothing about its value.
pub type SecretHandle = u32;
