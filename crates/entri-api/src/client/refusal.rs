//! Whether a server refuses a token's value: what proves that a revoke took effect.

use std::time::Duration;

use serde_json::{Map, Value};

use super::Client;
use super::organization::CURRENT;
use crate::credential::ApiToken;
use crate::error::Error;
use crate::transport::{Answer, PREFIXES, Transport};

/// All answers have to come within this time: a server that changes its mind in between proves nothing.
const WITHIN: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const LIMIT: usize = 64 * 1024;
const UNAUTHORIZED: u16 = 401;

/// What a server's answers say about a value whose token was revoked.
#[derive(Debug)]
pub enum Refusal {
    /// It is refused as a made-up value is, and before and after that this client's own credential is accepted.
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
    Refused(Form),
}

/// What is alike in the answers to all values that the server doesn't know.
#[derive(PartialEq)]
enum Form {
    /// The names of the fields of a JSON object, and the values of those that are written for programs.
    Fields(Vec<(String, Option<Value>)>),
    /// A body that is no JSON object, as it is.
    Text(Vec<u8>),
}

/// Fields that say what happened in the same way each time. A message may name the token.
const FOR_PROGRAMS: [&str; 3] = ["code", "error", "statusCode"];

impl Client {
    /// Asks whether the value of a revoked token is refused: with this client's own credential, with the value, with
    /// a made-up value of the same length, and with the own credential again. That is asked where the API answers
    /// this client, and under the other prefix as well if it accepts the client's credential there
    /// (docs/entri-api.md#hosts). A value that isn't revoked yet counts as used by this. Takes 10 s at most.
    pub async fn refuses(&self, value: &ApiToken) -> Refusal {
        let asked = tokio::time::timeout(WITHIN, self.ask_everywhere(value)).await;
        let late = || Err(Error::Timeout { host: self.transport.host() });
        asked.unwrap_or_else(|_| late()).unwrap_or_else(Refusal::Unclear)
    }

    async fn ask_everywhere(&self, value: &ApiToken) -> Result<Refusal, Error> {
        let given = self.transport.with_key(value.clone())?;
        let made_up = self.transport.with_key(value.made_up_alike())?;
        for prefix in PREFIXES {
            match ask(&self.transport, prefix).await {
                Ok(Answered::Accepted) => match self.ask_under(prefix, &given, &made_up).await? {
                    Refusal::Proven => {}
                    other => return Ok(other),
                },
                // Whatever answers there isn't known to be the API.
                _ if prefix != self.transport.prefix() => {}
                Ok(Answered::Refused(_)) => return Ok(Refusal::NothingAccepted),
                Err(error) => return Err(error),
            }
        }
        Ok(Refusal::Proven)
    }

    /// Asks where the own credential was just accepted.
    async fn ask_under(
        &self,
        prefix: &'static str,
        given: &Transport,
        made_up: &Transport,
    ) -> Result<Refusal, Error> {
        let refusal = judge(&ask(given, prefix).await?, &ask(made_up, prefix).await?);
        // Meanwhile the server may have begun to turn everybody away.
        match ask(&self.transport, prefix).await? {
            Answered::Accepted => Ok(refusal),
            Answered::Refused(_) => Ok(Refusal::NothingAccepted),
        }
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
    let mut answer = transport.answer(prefix, CURRENT, LIMIT).await?;
    if answer.status() != UNAUTHORIZED {
        return answer.success()?.whole().map(|_| Answered::Accepted);
    }
    match answer.cut.take() {
        Some(cut) => Err(cut),
        None => Ok(Answered::Refused(form(answer))),
    }
}

fn form(answer: Answer) -> Form {
    match serde_json::from_slice::<Map<String, Value>>(&answer.body) {
        Ok(fields) => Form::Fields(fields.into_iter().map(for_programs).collect()),
        Err(_) => Form::Text(answer.body),
    }
}

fn for_programs((name, value): (String, Value)) -> (String, Option<Value>) {
    let value = FOR_PROGRAMS.contains(&name.as_str()).then_some(value);
    (name, value)
}
