//! The credential of a connection: an API token or a session.

use std::hash::{BuildHasher, RandomState};

use reqwest::header::HeaderValue;

use crate::error::Error;
use crate::secret::Secret;
use crate::session::{Session, SessionError};
use crate::value::VALUE_PREFIX;

/// The credential of a connection: one of these, never both (docs/entri-api.md#credentials).
#[derive(Debug, Clone)]
pub enum Credential {
    /// An API token, sent in the header `X-API-Key`.
    ApiToken(ApiToken),
    /// A session, sent as the cookies of a sign-in or as a bearer token.
    Session(Session),
}

/// Which kind of [`Credential`] a connection uses, without the secret itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// An API token, which works until it expires or is revoked.
    ApiToken,
    /// A session, which ends at sign-out or once it isn't renewed.
    Session,
}

impl Credential {
    /// Reads a credential from the text that [`Credential::to_secret`] wrote.
    ///
    /// # Errors
    /// [`SessionError::Kept`] for any other text: the admin has to connect again.
    pub fn from_secret(secret: &Secret) -> Result<Self, SessionError> {
        match ApiToken::parse(secret.clone()) {
            Ok(token) => Ok(Self::ApiToken(token)),
            Err(_) => Session::from_secret(secret).map(Self::Session),
        }
    }

    /// The credential as one text, for the keychain.
    #[must_use]
    pub fn to_secret(&self) -> Secret {
        match self {
            Self::ApiToken(token) => token.0.clone(),
            Self::Session(session) => session.to_secret(),
        }
    }

    /// Whether this is an API token or a session.
    #[must_use]
    pub fn kind(&self) -> CredentialKind {
        match self {
            Self::ApiToken(_) => CredentialKind::ApiToken,
            Self::Session(_) => CredentialKind::Session,
        }
    }
}

impl From<ApiToken> for Credential {
    fn from(token: ApiToken) -> Self {
        Self::ApiToken(token)
    }
}

impl From<Session> for Credential {
    fn from(session: Session) -> Self {
        Self::Session(session)
    }
}

/// An API token as the admin pasted it. Sent as `X-API-Key` (docs/entri-api.md#credentials).
#[derive(Debug, Clone)]
pub struct ApiToken(Secret);

/// Why a text is not an API token (docs/entri-api.md#token-format).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    /// The text is empty or holds only spaces.
    #[error("Paste an API token. It starts with “entri_”.")]
    Empty,
    /// The text doesn't begin with `entri_`.
    #[error("This isn’t an API token: those start with “entri_”. Copy it again.")]
    Prefix,
    /// The text ends after the prefix `entri_`.
    #[error("The API token is incomplete. Copy it again.")]
    Cut,
    /// The text contains a space, a line break or another character that no header can carry.
    #[error("The API token contains a space or line break. Copy it again.")]
    Blank,
}

impl ApiToken {
    /// Takes a text that has the form of an API token; spaces around it are dropped.
    pub fn parse(secret: Secret) -> Result<Self, CredentialError> {
        let text = secret.expose().trim();
        let Some(value) = text.strip_prefix(VALUE_PREFIX) else {
            let empty = text.is_empty();
            return Err(if empty { CredentialError::Empty } else { CredentialError::Prefix });
        };
        match value {
            "" => Err(CredentialError::Cut),
            _ if !text.chars().all(|character| character.is_ascii_graphic()) => {
                Err(CredentialError::Blank)
            }
            _ if text.len() == secret.expose().len() => Ok(Self(secret)),
            _ => Ok(Self(Secret::new(text.to_owned()))),
        }
    }

    /// A value of the same length that no server can know.
    pub(crate) fn made_up_alike(&self) -> Self {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let random = RandomState::new();
        let letter = |at: usize| {
            let [byte, ..] = random.hash_one(at).to_le_bytes();
            char::from(LETTERS[usize::from(byte) % LETTERS.len()])
        };
        let hidden = self.0.expose().len() - VALUE_PREFIX.len();
        let made_up = VALUE_PREFIX.chars().chain((0..hidden).map(letter)).collect();
        Self(Secret::new(made_up))
    }

    pub(crate) fn exposed(&self) -> &str {
        self.0.expose()
    }

    /// Whether the text is this value.
    #[must_use]
    pub fn is_same(&self, text: &Secret) -> bool {
        self.0.expose() == text.expose()
    }

    /// Its beginning and end, as they may be shown.
    #[must_use]
    pub fn mask(&self) -> String {
        self.0.mask()
    }

    /// The value as a secret text.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }

    /// Marked sensitive, so that no log of the HTTP layer shows it.
    pub(crate) fn into_header(self) -> Result<HeaderValue, Error> {
        let mut header = HeaderValue::from_str(self.0.expose())
            .map_err(|_| Error::Setup("the API token does not fit into a header".to_owned()))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_form_of_a_token_is_taken() {
        let parse = |text: &str| ApiToken::parse(Secret::new(text.to_owned())).map(|_| ());
        assert_eq!(parse(""), Err(CredentialError::Empty));
        assert_eq!(parse("  "), Err(CredentialError::Empty));
        assert_eq!(parse("ghp_abc"), Err(CredentialError::Prefix));
        assert_eq!(parse("entri_"), Err(CredentialError::Cut));
        assert_eq!(parse("entri_ab cd"), Err(CredentialError::Blank));
        assert_eq!(parse("entri_ab\ncd"), Err(CredentialError::Blank));
        assert_eq!(parse("entri_äb"), Err(CredentialError::Blank));
        assert_eq!(parse(" entri_abcd\n"), Ok(()));
    }

    #[test]
    fn each_is_kept_as_one_text() {
        let read = |text: &str| Credential::from_secret(&Secret::new(text.to_owned()));
        let session = "https://a.example\nx.session_token=a.b; Path=/";
        for (text, kind) in
            [("entri_abcd", CredentialKind::ApiToken), (session, CredentialKind::Session)]
        {
            let credential = read(text).unwrap();
            assert_eq!((credential.kind(), credential.to_secret().expose()), (kind, text));
            assert!(!format!("{credential:?}").contains(&text[text.len() - 8..]));
        }
        for neither in ["", "entri_", "ghp_abc", "x.session_token=a.b"] {
            assert_eq!(read(neither).err(), Some(SessionError::Kept), "{neither}");
        }
    }

    #[test]
    fn nothing_prints_it() {
        let token = ApiToken::parse(Secret::new("entri_abcd".to_owned())).unwrap();
        assert!(!format!("{token:?}").contains("abcd"));
        let header = token.into_header().unwrap();
        assert!(!format!("{header:?}").contains("abcd"));
        assert_eq!(header, "entri_abcd");
    }
}
