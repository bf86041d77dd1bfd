//! The sign-in's own routes (docs/entri-api.md#sign-in).

use bytes::Bytes;
use reqwest::Method;

use super::answer::Answer;
use super::http::Limits;
use super::proof::{LiveSession, Proof};
use super::send::{Outgoing, SESSION_CHECK};
use super::{Transport, origin};
use crate::address::BaseUrl;
use crate::credential::CredentialKind;
use crate::error::Error;
use crate::message::ServerMessage;
use crate::secret::Secret;
use crate::session::Jar;
use crate::wire;

/// Where `BetterAuth` answers; it knows no versions (docs/entri-api.md#sign-in).
pub(super) const AUTH_PREFIX: &str = "/api/auth";
/// The most that is read of an answer about a session, in bytes.
const LIMIT: usize = 64 * 1024;

impl Transport {
    /// For a sign-in: with nothing to prove yet.
    pub(crate) fn signed_out(base_url: BaseUrl, limits: Limits) -> Result<Self, Error> {
        let proof = Proof::Session(LiveSession::new(Jar::new(&base_url)));
        Self::with_proof(base_url, proof, limits)
    }

    /// Reads from the sign-in's own routes.
    pub(crate) async fn get_auth(&self, path: &str, limit: usize) -> Result<Answer, Error> {
        self.check_signed_in()?;
        self.patiently(path, || self.get_once(AUTH_PREFIX, path, limit)).await
    }

    /// Posts to the sign-in's own routes, and returns the response whatever its status. It is sent
    /// again only if it was refused for its `Origin` alone, because then nothing was done
    /// (docs/entri-api.md#sign-in).
    pub(crate) async fn post_auth(
        &self,
        path: &str,
        body: Bytes,
        limit: usize,
        secrets: &[Secret],
    ) -> Result<Answer, Error> {
        let mut origin = None;
        loop {
            let body = Some(body.clone());
            let (method, prefix) = (Method::POST, AUTH_PREFIX);
            let outgoing = Outgoing { method, prefix, path, body, limit };
            let mut answer = self.exchange(outgoing, origin.as_deref()).await?;
            answer.secrets.extend_from_slice(secrets);
            let code = answer.code().unwrap_or_default();
            match origin::instead(&code, answer.origin.as_deref(), &self.base_url) {
                Some(other) => origin = Some(other),
                None if origin::is_refusal(&code) => return Err(answer.origin_refused()),
                None => {
                    if let (Some(origin), Some(session)) = (origin, self.session()) {
                        session.take_origin(&origin);
                    }
                    return Ok(answer);
                }
            }
        }
    }

    /// The meaning of a 401 to a session: it has ended, unless the sign-in routes say it is valid. Then the
    /// server requires an API token (docs/entri-api.md#tolerance).
    pub(super) async fn explain_unauthorized(&self, error: Error) -> Error {
        match error {
            Error::Unauthorized { host, message, credential: CredentialKind::Session }
                if self.is_alive().await =>
            {
                Error::ApiTokenWanted { host, message }
            }
            error => error,
        }
    }

    /// Asked once: whoever waits for this was refused already.
    async fn is_alive(&self) -> bool {
        if self.check_signed_in().is_err() {
            return false;
        }
        let answer = self.get_once(AUTH_PREFIX, SESSION_CHECK, LIMIT).await;
        answer.is_ok_and(|answer| wire::session_info(&answer.body).is_some())
    }

    /// Without a session's cookie there is nothing to ask with.
    pub(crate) fn check_signed_in(&self) -> Result<(), Error> {
        match self.session() {
            Some(session) if !session.jar().is_signed_in() => Err(Error::Unauthorized {
                host: self.host(),
                message: ServerMessage::default(),
                credential: CredentialKind::Session,
            }),
            _ => Ok(()),
        }
    }
}
