//! The embedded sandbox: a real Entri-compatible server in this process, on loopback.

use chrono::{DateTime, Utc};
use entri_sandbox::{Config, Sandbox};
use token_desk::{ConnectRequest, CredentialRequest, Desk, Error, Persistence, Secret};
use tokio::sync::Mutex;

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
            let sandbox = Sandbox::start(Config::default()).await;
            *running = Some(sandbox.map_err(|error| Error::Sandbox(error.to_string()))?);
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
}
