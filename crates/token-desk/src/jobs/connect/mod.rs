//! Connects to a server in any of the supported ways. Disconnecting is in `leave.rs`.
//!
//! Signing in may take more than one step: a second factor, or choosing an organization. The state so far is
//! kept here under the number of the attempt.

mod enter;
mod leave;
mod moved;
mod organization;
mod window;

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, BaseUrl, Credential, OrganizationId, Secret, Session, SignIn, sign_in};

use crate::desk::Desk;
use crate::desk::running::attempts::Attempt;
use crate::error::Error;
use crate::model::connection::sign_in::{Persistence, Step};
pub use window::SignInWatch;

/// What the admin entered to connect.
pub struct ConnectRequest {
    /// The server's address, as typed.
    pub address: String,
    /// What to sign in with.
    pub credential: CredentialRequest,
    /// The organization's id, if the server doesn't report it.
    pub organization_id: Option<OrganizationId>,
}

/// What to sign in with.
pub enum CredentialRequest {
    /// An API token, as pasted.
    ApiToken(Secret),
    /// An account. The password is wiped once it is sent.
    Password {
        /// The account's email address.
        email: String,
        /// The account's password, sent once.
        password: Secret,
    },
    /// A session cookie, as copied from a browser.
    Cookie(Secret),
}

impl CredentialRequest {
    /// The part that is wiped after use.
    fn secret(&self) -> &Secret {
        match self {
            Self::ApiToken(secret) | Self::Cookie(secret) => secret,
            Self::Password { password, .. } => password,
        }
    }
}

/// The input for the next step.
pub enum StepRequest {
    /// The code an authenticator app shows.
    Totp(Secret),
    /// The code the server sent.
    SentCode(Secret),
    /// One of the account's backup codes.
    BackupCode(Secret),
    /// The id of one of the organizations.
    Organization(OrganizationId),
}

impl StepRequest {
    /// The code, if the input is one.
    fn secret(&self) -> Option<&Secret> {
        match self {
            Self::Totp(code) | Self::SentCode(code) | Self::BackupCode(code) => Some(code),
            Self::Organization(_) => None,
        }
    }
}

impl Desk {
    /// Connects once the server has shown that the credential can read the organization's tokens. Call a sync
    /// afterwards to load the list.
    ///
    /// An existing connection to the same organization gets this credential instead of its own. Without a
    /// keychain the credential is kept in memory only. A waiting attempt is discarded.
    pub async fn connect(
        &self,
        request: ConnectRequest,
        persistence: Persistence,
        now: DateTime<Utc>,
    ) -> Result<Step, Error> {
        self.inner.attempts.forget();
        let base_url = BaseUrl::parse(&request.address)?;
        self.refuse_elsewhere(&base_url, request.credential.secret())?;
        let organization_id = request.organization_id.filter(|id| !id.0.trim().is_empty());
        let attempt = Attempt { base_url, persistence, organization_id };
        self.sign_in(attempt, request.credential, now).await
    }

    /// The value of a new token never goes to any other server, whoever enters it.
    fn refuse_elsewhere(&self, base_url: &BaseUrl, secret: &Secret) -> Result<(), Error> {
        let origin = base_url.origin();
        let is_own = |owner| self.connection(owner).is_ok_and(|it| it.base_url.origin() == origin);
        if self.inner.vault.owners_of(secret).into_iter().all(is_own) {
            return Ok(());
        }
        Err(Error::ValueElsewhere { host: base_url.host().to_owned() })
    }

    async fn sign_in(
        &self,
        attempt: Attempt,
        credential: CredentialRequest,
        now: DateTime<Utc>,
    ) -> Result<Step, Error> {
        let credential = match credential {
            CredentialRequest::ApiToken(token) => Credential::from(ApiToken::parse(token)?),
            CredentialRequest::Cookie(pasted) => {
                Credential::from(Session::parse(&attempt.base_url, &pasted)?)
            }
            CredentialRequest::Password { email, password } => {
                match sign_in(&attempt.base_url, &email, password).await? {
                    SignIn::Done(signed_in) => {
                        return self.enter(attempt, signed_in.session, signed_in.user, now).await;
                    }
                    SignIn::SecondFactor(challenge) => {
                        return Ok(self.inner.attempts.wait_for_factor(attempt, challenge));
                    }
                }
            }
        };
        self.enter(attempt, credential, None, now).await
    }

    /// Asks the server to send a code for the second factor.
    pub async fn send_code(&self, attempt: u32) -> Result<(), Error> {
        let challenge = self.inner.attempts.challenge(attempt)?;
        Ok(challenge.send_code().await?)
    }

    /// Continues an attempt with the next step.
    pub async fn continue_connect(
        &self,
        attempt: u32,
        request: StepRequest,
        now: DateTime<Utc>,
    ) -> Result<Step, Error> {
        let attempts = &self.inner.attempts;
        if let (Some(code), Some((base_url, _))) = (request.secret(), attempts.step()) {
            self.refuse_elsewhere(&base_url, code)?;
        }
        let signed_in = match request {
            StepRequest::Organization(id) => {
                let (chosen, credential, user) = attempts.chosen(attempt, id)?;
                let step = self.enter(chosen, credential, user, now).await?;
                self.give_up_attempt(attempt);
                return Ok(step);
            }
            StepRequest::Totp(code) => attempts.challenge(attempt)?.verify_totp(code).await?,
            StepRequest::SentCode(code) => attempts.challenge(attempt)?.verify_code(code).await?,
            StepRequest::BackupCode(code) => {
                attempts.challenge(attempt)?.verify_backup_code(code).await?
            }
        };
        let attempt = attempts.take(attempt)?;
        self.enter(attempt, signed_in.session, signed_in.user, now).await
    }

    /// The server and the step of the attempt that waits for an answer: the page that started it may be gone.
    /// It contains no secret.
    #[must_use]
    pub fn waiting_step(&self) -> Option<(BaseUrl, Step)> {
        self.inner.attempts.step()
    }

    /// Discards an attempt and its state. It isn't an error if it has already ended.
    pub fn give_up_attempt(&self, attempt: u32) {
        let _ = self.inner.attempts.take(attempt);
    }
}
