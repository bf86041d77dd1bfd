//! The client's own session: what it is, whether it lives, its end (docs/entri-api.md#sign-in).

use bytes::Bytes;
use tokio::sync::watch;

use super::{CHANGE_LIMIT, Client, LIST_LIMIT};
use crate::error::Error;
use crate::session::{Session, SessionInfo};
use crate::transport::{Answer, LiveSession, SESSION_CHECK, unclear};
use crate::wire;

const SIGN_OUT: &str = "/sign-out";
const ACT: &str = "sign out";

impl Client {
    /// The current session, to be stored instead of the previous one: any response may have renewed
    /// its cookies. `None` for an API token, and after the end of the session.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        let jar = self.transport.session()?.jar().clone();
        jar.is_signed_in().then_some(Session(jar))
    }

    /// Notifies when [`Client::session`] changes: a count that goes up. `None` for an API token.
    #[must_use]
    pub fn session_changes(&self) -> Option<watch::Receiver<u64>> {
        self.transport.session().map(LiveSession::changes)
    }

    /// Asks the server whether the session is alive, past any cache of it. `None` when it is not,
    /// and for an API token.
    pub async fn session_info(&self) -> Result<Option<SessionInfo>, Error> {
        if self.session().is_none() {
            return Ok(None);
        }
        match self.transport.get_auth(SESSION_CHECK, LIST_LIMIT).await {
            Ok(answer) if answer.is_empty() => Ok(None),
            Ok(answer) => {
                wire::session_info(&answer.body).map(Some).ok_or_else(|| answer.unexpected())
            }
            Err(Error::Unauthorized { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Ends the session on the server, and forgets its cookies: this client sends nothing from
    /// then on. For an API token there is nothing to do.
    ///
    /// # Errors
    /// The session may be alive still, and is kept.
    pub async fn sign_out(&self) -> Result<(), Error> {
        let Some(session) = self.transport.session().filter(|it| it.jar().is_signed_in()) else {
            return Ok(());
        };
        let body = Bytes::from_static(b"{}");
        let answer = self.transport.post_auth(SIGN_OUT, body, CHANGE_LIMIT, &[]).await;
        match answer.and_then(Answer::success) {
            Ok(answer) => answer.done(ACT)?,
            // It had ended before.
            Err(Error::Unauthorized { .. }) => {}
            Err(error) => return Err(unclear(ACT, error)),
        }
        session.end();
        Ok(())
    }
}
