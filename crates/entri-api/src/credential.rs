//! What a connection proves itself with.

use reqwest::header::HeaderValue;

use crate::error::Error;
use crate::secret::Secret;
use crate::session::{Session, SessionError};
use crate::value::VALUE_PREFIX;

/// The credential of a connection: one of these, never both (docs/entri-api.md#credentials).
#[derive(Debug, Clone)]
pub enum Credential {
    /// An API token.
    ApiToken(ApiToken),
    /// A session.
    Session(Session),
}

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// An API token.
    ApiToken,
    /// A session.
    Session,
}

impl Credential {
    /// Reads what [`Credential::to_secret`] gave.
    ///
    /// # Errors
    /// [`SessionError::Kept`] for what is neither: the admin has to connect again.
    pub fn from_secret(secret: &Secret) -> Result<Self, SessionError> {
        match ApiToken::parse(secret.clone()) {
            Ok(token) => Ok(Self::ApiToken(token)),
            Err(_) => Session::from_secret(secret).map(Self::Session),
        }
    }

    /// As one text to be kept in a keychain.
    #[must_use]
    pub fn to_secret(&self) -> Secret {
        match self {
            Self::ApiToken(token) => token.0.clone(),
            Self::Session(session) => session.to_secret(),
        }
    }

    /// Which one it is.
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
    /// Nothing was given.
    #[error("Paste an API token. It starts with “entri_”.")]
    Empty,
    /// It is something else.
    #[error("This isn’t an API token: those start with “entri_”. Copy it again.")]
    Prefix,
    /// Only the prefix was given.
    #[error("The API token is incomplete. Copy it again.")]
    Cut,
    /// There is a blank, a line break or another character no header can carry in it.
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
