//! Whose a value is, without beginning an incident.

use entri_api::{Secret, values_in};

use super::naming::Whose;
use crate::desk::Desk;
use crate::error::{Error, FoundError};
use crate::model::token::TokenKey;
use crate::model::token::incident::Sureness;
use crate::system::threads::blocking;

/// Whose a value is, as far as that is known without asking any server.
#[derive(Debug, Clone)]
pub struct Identified {
    /// The mask of the value.
    pub mask: String,
    /// The token, its name, how sure that is, and how it is known; `None` if nothing names one.
    pub token: Option<(TokenKey, String, Sureness, &'static str)>,
    /// The tokens that it may be, if several fit.
    pub candidates: Vec<TokenKey>,
    /// What there is to say besides.
    pub says: Option<String>,
    /// Whether the fingerprints of all values that the app ever held could be compared.
    pub compared: bool,
}

impl Desk {
    /// Whose each value in a text is. Nothing is sent, and nothing is written down.
    ///
    /// # Errors
    /// [`FoundError::NoValue`] if there is none in the text.
    pub async fn identify(&self, text: Secret) -> Result<Vec<Identified>, Error> {
        let values = values_in(&text);
        if values.is_empty() {
            return Err(FoundError::NoValue.into());
        }
        let desk = self.clone();
        blocking(move || {
            let read = values.into_iter().map(|value| desk.read_as(value));
            read.map(|it| Identified::of(it.value.mask(), it.whose, it.compared)).collect()
        })
        .await
    }
}

impl Identified {
    fn of(mask: String, whose: Whose, compared: bool) -> Self {
        let (token, candidates, says) = match whose {
            Whose::Named { key, name, sureness, how, .. } => {
                (Some((key, name, sureness, how)), Vec::new(), None)
            }
            Whose::OneOf { keys, says } => (None, keys, Some(says)),
            Whose::Nobody { says } => (None, Vec::new(), says),
        };
        Self { mask, token, candidates, says, compared }
    }
}
