//! A sign-in on the server's own page: over once the server says that it is one.

use std::time::Duration;

use entri_api::{BaseUrl, BrowserCookie, Client, Secret, Session, session_among};
use tokio::time::sleep;

use crate::digest::sha256;
use crate::error::Error;

/// Between two questions to the server.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks at the cookies of a window for as long as somebody signs in there.
pub struct SignInWatch {
    base_url: BaseUrl,
    /// The digest of the cookies that the server didn't accept as a session.
    refused: Option<String>,
}

impl SignInWatch {
    /// For the sign-in at this server.
    #[must_use]
    pub fn new(base_url: BaseUrl) -> Self {
        Self { base_url, refused: None }
    }

    /// The cookies of a session that lives, as the server says when asked with them; `None` if there
    /// is none yet. Cookies that it refused are not asked about again; after a question it waits a second.
    pub async fn look(&mut self, cookies: &[BrowserCookie<'_>]) -> Option<Secret> {
        let cookies = session_among(&self.base_url, cookies)?;
        let digest = sha256(cookies.expose());
        if self.refused.as_ref() == Some(&digest) {
            return None;
        }
        match self.is_session(&cookies).await {
            Ok(true) => return Some(cookies),
            Ok(false) => self.refused = Some(digest),
            // The server may be asked again, since it didn't refuse.
            Err(error) => tracing::info!(%error, "the sign-in could not be confirmed"),
        }
        sleep(PAUSE).await;
        None
    }

    async fn is_session(&self, cookies: &Secret) -> Result<bool, Error> {
        let session = Session::parse(&self.base_url, cookies)?;
        let client = Client::new(self.base_url.clone(), session)?;
        Ok(client.session_info().await?.is_some())
    }
}
