//! The embedded sandbox: a real Entri-compatible server in this process, on loopback. It has a year behind
//! it, so that what a year of looking shows can be seen in the first minute.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, Sandbox, StartError};
use token_desk::{
    ConnectRequest, CredentialRequest, Desk, Error, Past, Persistence, Secret, TokenId,
};
use tokio::sync::Mutex;

const PAST: TimeDelta = TimeDelta::days(365);

/// The one sandbox of this process; started when first asked for.
#[derive(Default)]
pub struct EmbeddedSandbox {
    running: Mutex<Option<Sandbox>>,
}

impl EmbeddedSandbox {
    /// Connects the desk to the sandbox, through the same code that connects to Entri.
    pub async fn connect(&self, desk: &Desk, now: DateTime<Utc>) -> Result<(), Error> {
        let mut running = self.running.lock().await;
        if running.is_none() {
            let failed = |error: StartError| Error::Sandbox(error.to_string());
            let config = Config { past: Some(PAST), ..Config::default() };
            let sandbox = Sandbox::start(config).await.map_err(failed)?;
            let uses = uses(&sandbox).map_err(failed)?;
            desk.recall_sandbox(Past { since: now - PAST, uses });
            *running = Some(sandbox);
        }
        let ready = running.as_ref().map(Sandbox::ready).ok_or(Error::Worker)?;
        let request = ConnectRequest {
            address: ready.base_url.clone(),
            credential: CredentialRequest::ApiToken(Secret::new(ready.admin_token.clone())),
            organization_id: None,
        };
        // A key has one organization and no second factor, so this is the only step.
        desk.connect(request, Persistence::Sandbox, now).await.map(|_| ())
    }

    /// Ends the sandbox that is running, if any, and all that was made in it: the next one starts anew, at another
    /// address, so that nothing decided or noted before is about its tokens.
    pub async fn close(&self) {
        *self.running.lock().await = None;
    }
}

/// The uses of each token, by its id.
fn uses(sandbox: &Sandbox) -> Result<HashMap<TokenId, Vec<DateTime<Utc>>>, StartError> {
    let tokens = sandbox.truth()?.into_iter();
    tokens.map(|token| Ok((TokenId(token.id.clone()), sandbox.uses(&token.id)?))).collect()
}
