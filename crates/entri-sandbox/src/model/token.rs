//! A token as the server knows it, and what its value looks like.

use chrono::{DateTime, Utc};

/// A token as the server knows it: the truth that tests compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// The token's id, as stored.
    pub id: String,
    /// The id of its project; `None` if it belongs to the organization.
    pub project_id: Option<String>,
    /// The token's name, as stored.
    pub name: String,
    /// The scopes it was created with.
    pub scopes: Vec<String>,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it expires; `None` if never.
    pub expires: Option<DateTime<Utc>>,
    /// When it was last used; `None` if never.
    pub last_used: Option<DateTime<Utc>>,
    /// The number of the member who created it. It acts as that member.
    pub creator: u8,
    /// The last four characters of its value.
    pub last4: String,
    /// Whether it is revoked by now.
    pub revoked: bool,
}

/// A token's value: the documented prefix and forty characters (docs/entri-api.md#tokens).
pub fn secret(mut random: impl FnMut() -> u64) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut value = "entri_".to_owned();
    value.extend((0..40).map(|_| {
        let at = random() % ALPHABET.len() as u64;
        char::from(ALPHABET[usize::try_from(at).unwrap_or_default()])
    }));
    value
}
