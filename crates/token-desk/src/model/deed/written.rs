//! What an entry says, also where only a newer version of the app knows what that means.

use std::borrow::Cow;

use super::Deed;

/// What one entry of the journal says, as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Something this version knows.
    Deed(Deed),
    /// The code of something that only a newer version of the app knows. It says nothing about any token.
    Newer(String),
}

impl From<String> for Written {
    fn from(code: String) -> Self {
        Deed::with_code(&code).map_or(Self::Newer(code), Self::Deed)
    }
}

impl Written {
    /// The code in the file.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Deed(deed) => deed.code(),
            Self::Newer(code) => code,
        }
    }

    /// What was done, if this version knows it.
    #[must_use]
    pub fn deed(&self) -> Option<Deed> {
        match self {
            Self::Deed(deed) => Some(*deed),
            Self::Newer(_) => None,
        }
    }

    /// What happened, in words, as a step of an act that this began.
    #[must_use]
    pub fn says(&self, of: Option<Deed>) -> Cow<'static, str> {
        match self {
            Self::Deed(deed) => deed.words(of).into(),
            Self::Newer(code) => {
                format!("Something a newer version of Entri Tokens wrote: “{code}”").into()
            }
        }
    }
}
