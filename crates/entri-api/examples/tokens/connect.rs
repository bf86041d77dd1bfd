//! The server and the way in, from the environment.

use std::env;

use entri_api::{
    ApiToken, BaseUrl, Client, Credential, Error, Secret, Session, SignIn, SignInError, sign_in,
};

const TOTP: &str = "ENTRI_TOTP";

/// The server, and how to sign in to it.
pub struct Connection {
    base_url: BaseUrl,
    way: Way,
    /// The organization, for a server that doesn't say which one the credential belongs to.
    pub organization_id: Option<String>,
}

enum Way {
    Given(Credential),
    Password { email: String, password: Secret, totp: Option<Secret> },
}

/// Why there is no connection, in words.
pub enum Failure {
    /// Environment variables are missing or contradict each other.
    Usage(String),
    /// The server refused the request, or couldn't be reached.
    Refused(String),
}

/// Reads the environment; exactly one way in must be given.
pub fn connection() -> Result<Connection, String> {
    let base_url = named("ENTRI_BASE_URL").ok_or("Set ENTRI_BASE_URL.")?;
    let base_url = BaseUrl::parse(&base_url).map_err(|error| error.to_string())?;
    let [token, cookie] = ["ENTRI_API_TOKEN", "ENTRI_SESSION_COOKIE"].map(secret);
    let (email, password) = (named("ENTRI_EMAIL"), secret("ENTRI_PASSWORD"));
    let way = match (token, cookie, email, password) {
        (Some(token), None, None, None) => {
            let token = ApiToken::parse(token).map_err(|error| error.to_string())?;
            Way::Given(token.into())
        }
        (None, Some(cookie), None, None) => {
            let session = Session::parse(&base_url, &cookie).map_err(|error| error.to_string())?;
            Way::Given(session.into())
        }
        (None, None, Some(email), Some(password)) => {
            Way::Password { email, password, totp: secret(TOTP) }
        }
        (None, None, None, None) => return Err("Say how to sign in.".to_owned()),
        (None, None, _, _) => return Err("Set ENTRI_EMAIL and ENTRI_PASSWORD.".to_owned()),
        _ => return Err("Give one way to sign in, not several.".to_owned()),
    };
    Ok(Connection { base_url, way, organization_id: named("ENTRI_ORGANIZATION_ID") })
}

impl Connection {
    /// Whether the session is our own, to be ended in the end.
    pub fn signs_in(&self) -> bool {
        matches!(self.way, Way::Password { .. })
    }

    /// The client, signed in.
    pub async fn open(self) -> Result<Client, Failure> {
        let Self { base_url, way, .. } = self;
        let credential = match way {
            Way::Given(credential) => credential,
            Way::Password { email, password, totp } => {
                session(&base_url, &email, password, totp).await?.into()
            }
        };
        Client::new(base_url, credential)
            .map_err(|error: Error| Failure::Refused(error.to_string()))
    }
}

async fn session(
    base_url: &BaseUrl,
    email: &str,
    password: Secret,
    totp: Option<Secret>,
) -> Result<Session, Failure> {
    let refused = |error: SignInError| Failure::Refused(error.to_string());
    let challenge = match sign_in(base_url, email, password).await.map_err(refused)? {
        SignIn::Done(signed_in) => return Ok(signed_in.session),
        SignIn::SecondFactor(challenge) => challenge,
    };
    let missing = || Failure::Usage(format!("Set {TOTP} to the code of the second factor."));
    let code = totp.ok_or_else(missing)?;
    Ok(challenge.verify_totp(code).await.map_err(refused)?.session)
}

/// An empty variable is as good as none.
fn named(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn secret(name: &str) -> Option<Secret> {
    named(name).map(Secret::new)
}
