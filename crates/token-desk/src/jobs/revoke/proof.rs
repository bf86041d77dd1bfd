//! Whether the server refuses the value of a token that was just revoked.

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, Client, Refusal, Secret};

use crate::error::Error;
use crate::model::deed::Deed;
use crate::redact::Redactor;
use crate::storage::journal::InHand;
use crate::system::threads::blocking;

const NO_TOKEN: &str = "Its value doesn’t have the form of an API token, so whether the server refuses it wasn’t asked.";

/// What the server's answers prove about the value of a revoked token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The server refuses it as it refuses a value that never existed.
    Dead,
    /// Nothing is proven, for this reason.
    NotProven(String),
}

/// Asks the server about a value that is at hand, and records the answer with its revoke.
pub(super) async fn of(
    client: &Client,
    at_hand: Option<(Secret, Box<InHand>)>,
    now: DateTime<Utc>,
) -> Result<Option<Proof>, Error> {
    let Some((value, begun)) = at_hand else { return Ok(None) };
    let proof = match ApiToken::parse(value.clone()) {
        Ok(token) => Proof::from(client.refuses(&token).await),
        Err(_) => Proof::NotProven(NO_TOKEN.to_owned()),
    };
    // The server's own words may repeat the value.
    let proof = match proof {
        Proof::NotProven(reason) => {
            Proof::NotProven(Redactor::of_value(&value).redact(reason.as_bytes()))
        }
        Proof::Dead => Proof::Dead,
    };
    let said = proof.clone();
    blocking(move || match said {
        Proof::Dead => begun.step(Deed::ValueRefused, None, now),
        Proof::NotProven(reason) => begun.step(Deed::ValueNotProven, Some(&reason), now),
    })
    .await?;
    Ok(Some(proof))
}

impl From<Refusal> for Proof {
    fn from(refusal: Refusal) -> Self {
        let reason = match refusal {
            Refusal::Proven => return Self::Dead,
            Refusal::Accepted => {
                "The server still accepts its value. Some servers take a few minutes to refuse it. If it \
                 works after that, tell whoever runs the server."
            }
            Refusal::AnythingAccepted => {
                "The server accepts made-up values, too, so no test can show whether this one is refused."
            }
            Refusal::NothingAccepted => {
                "The server refuses this app’s own sign-in, too, so it may be refusing everybody."
            }
            Refusal::KnownYet => {
                "The server refuses its value in another way than a made-up one, so it may still know it."
            }
            Refusal::Unclear(error) => {
                return Self::NotProven(format!(
                    "Whether its value is refused isn’t known. {error}"
                ));
            }
        };
        Self::NotProven(reason.to_owned())
    }
}
