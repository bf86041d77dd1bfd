//! Whether a server refuses a token's value: what proves that a revoke took effect.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Map, Value};

use super::Client;
use super::organization::CURRENT;
use crate::credential::ApiToken;
use crate::error::Error;
use crate::transport::{Answer, PREFIXES, Transport, is_no_route};

/// All answers have to come within this time: a server that changes its mind in between proves nothing.
const WITHIN: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const LIMIT: usize = 64 * 1024;
const UNAUTHORIZED: u16 = 401;

/// What a server's answers say about a value whose token was revoked.
#[derive(Debug)]
pub enum Refusal {
    /// It is refused exactly as a made-up value is, while this client's own credential is accepted.
    Proven,
    /// It is still accepted.
    Accepted,
    /// A made-up value is accepted, too: no answer of this server says anything about a value.
    AnythingAccepted,
    /// This client's own credential is refused, too: something may turn everybody away.
    NothingAccepted,
    /// It is refused, but not as a made-up value is: the server may still know it.
    KnownYet,
    /// One of the requests got an answer that neither accepts nor refuses a credential, or none.
    Unclear(Error),
}

/// How a server answers a credential.
enum Answered {
    Accepted,
    /// With the form of the answer, which is the same for all values that the server doesn't know.
    Refused(Form),
}

/// The content type and the fields of an answer, without what they say.
type Form = (String, BTreeSet<String>);

impl Client {
    /// Asks whether the value of a revoked token is refused: one GET each with this client's own credential,
    /// with the value, and with a made-up value of the same length, under every prefix at which the API answers
    /// (docs/entri-api.md#hosts). A value that isn't revoked yet counts as used by this. Takes 10 s at most.
    pub async fn refuses(&self, value: &ApiToken) -> Refusal {
        let asked = tokio::time::timeout(WITHIN, self.ask_everywhere(value)).await;
        let late = || Err(Error::Timeout { host: self.transport.host() });
        asked.unwrap_or_else(|_| late()).unwrap_or_else(Refusal::Unclear)
    }

    async fn ask_everywhere(&self, value: &ApiToken) -> Result<Refusal, Error> {
        let (given, made_up) = (
            self.transport.with_key(value.clone())?,
            self.transport.with_key(value.made_up_alike())?,
        );
        let mut last = None;
        for prefix in PREFIXES {
            let own = match ask(&self.transport, prefix).await {
                Err(error) if is_no_route(&error) => {
                    last.get_or_insert(Refusal::Unclear(error));
                    continue;
                }
                own => own?,
            };
            if let Answered::Refused(_) = own {
                return Ok(Refusal::NothingAccepted);
            }
            match judge(&ask(&given, prefix).await?, &ask(&made_up, prefix).await?) {
                Refusal::Proven => last = Some(Refusal::Proven),
                other => return Ok(other),
            }
        }
        last.ok_or_else(|| Error::Setup("no prefix of the API is known".to_owned()))
    }
}

fn judge(given: &Answered, made_up: &Answered) -> Refusal {
    match (given, made_up) {
        (_, Answered::Accepted) => Refusal::AnythingAccepted,
        (Answered::Accepted, _) => Refusal::Accepted,
        (Answered::Refused(given), Answered::Refused(made_up)) if given == made_up => {
            Refusal::Proven
        }
        _ => Refusal::KnownYet,
    }
}

async fn ask(transport: &Transport, prefix: &'static str) -> Result<Answered, Error> {
    let answer = transport.answer(prefix, CURRENT, LIMIT).await?;
    if answer.status() == UNAUTHORIZED {
        return Ok(Answered::Refused(form(&answer)));
    }
    answer.success()?.whole().map(|_| Answered::Accepted)
}

fn form(answer: &Answer) -> Form {
    let fields: Map<String, Value> = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.content_type(), fields.into_iter().map(|(name, _)| name).collect())
}
