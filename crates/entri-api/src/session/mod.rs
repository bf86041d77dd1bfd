//! A session: the result of a sign-in with email and password (docs/entri-api.md#sign-in).

mod browser;
mod cookie;
mod info;
mod jar;
mod paste;
mod stored;

use std::fmt;

use crate::address::BaseUrl;
use crate::secret::Secret;

pub use browser::{BrowserCookie, session_among};
pub use info::SessionInfo;
pub(crate) use jar::Jar;

/// A session of one server: its cookies, as they came. The values are wiped when it is dropped.
#[derive(Clone)]
pub struct Session(pub(crate) Jar);

/// Why a text is not a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// The text is empty or holds only spaces.
    #[error("Paste the session cookie. Its name ends in “session_token”.")]
    Empty,
    /// It is an API token, which is entered elsewhere.
    #[error("This is an API token, not a session cookie. Paste it as an API token.")]
    ApiToken,
    /// There are cookies, but none whose name ends in `session_token`.
    #[error(
        "The session cookie isn’t among these cookies. Copy the one whose name ends in “session_token”, or all of them."
    )]
    OtherCookie,
    /// The signature is missing, as from the `token` in a response's body
    /// (docs/entri-api.md#sign-in).
    #[error(
        "The session cookie is incomplete: the signature after the dot is missing. Copy the cookie’s value from the browser."
    )]
    Unsigned,
    /// The text contains a space, a line break or another character that no cookie can carry.
    #[error("The cookie contains a space or line break. Copy it again.")]
    Blank,
    /// The session in the keychain can't be read.
    #[error("The saved session is unreadable. Sign in again.")]
    Kept,
}

impl Session {
    /// Takes a session cookie that a person copied from a browser where they are signed in to this
    /// server: `name=value`, a whole `Cookie:` line, or the value alone; URL-encoded or not
    /// (docs/entri-api.md#google-and-github).
    pub fn parse(base_url: &BaseUrl, pasted: &Secret) -> Result<Self, SessionError> {
        paste::read(base_url, pasted.expose()).map(Self)
    }

    /// The session as one text, for the keychain. It is bound to the server's origin and holds no
    /// API token; see [`Session::from_secret`].
    #[must_use]
    pub fn to_secret(&self) -> Secret {
        stored::write(&self.0)
    }

    /// Reads a session from the text that [`Session::to_secret`] wrote.
    pub fn from_secret(secret: &Secret) -> Result<Self, SessionError> {
        stored::read(secret.expose()).map(Self).ok_or(SessionError::Kept)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[session]")
    }
}

#[cfg(test)]
mod tests;
