//! Sign-in with email and password, as `BetterAuth` offers it to clients other than browsers
//! (docs/entri-api.md#sign-in).

mod challenge;
mod error;

use bytes::Bytes;
use secrecy::zeroize::Zeroizing;
use serde::Serialize;

use crate::address::BaseUrl;
use crate::error::Error;
use crate::model::person::User;
use crate::secret::Secret;
use crate::session::{Jar, Session};
use crate::transport::{Answer, Limits, Transport};
use crate::wire;

pub use challenge::{Challenge, SecondFactor};
pub use error::SignInError;
use error::{Act, lost, refusal};

/// The largest answer that is read, in bytes.
const LIMIT: usize = 64 * 1024;
const SIGN_IN: &str = "/sign-in/email";

/// The result of sending email and password.
#[derive(Debug)]
pub enum SignIn {
    /// Signed in: the server asked for no second factor.
    Done(SignedIn),
    /// The password was right, and a second factor is required within 10 minutes.
    SecondFactor(Challenge),
}

/// The result of a completed sign-in.
#[derive(Debug)]
pub struct SignedIn {
    /// The session, for a [`Client`](crate::Client) and for the keychain.
    pub session: Session,
    /// Who signed in, if the server says so.
    pub user: Option<User>,
}

/// `callbackURL` is omitted because it requests a redirect, and `rememberMe` because it is on by default
/// (docs/entri-api.md#sign-in).
#[derive(Serialize)]
struct SignInBody<'a> {
    email: &'a str,
    password: &'a str,
}

/// Signs in with email and password; spaces around the email address are dropped. The request is
/// sent once, because servers count attempts; it is repeated only if it was refused for its
/// `Origin` alone. The password is wiped.
pub async fn sign_in(
    base_url: &BaseUrl,
    email: &str,
    password: Secret,
) -> Result<SignIn, SignInError> {
    sign_in_within(base_url, email, password, Limits::STANDARD).await
}

pub(crate) async fn sign_in_within(
    base_url: &BaseUrl,
    email: &str,
    password: Secret,
    limits: Limits,
) -> Result<SignIn, SignInError> {
    let transport = Transport::signed_out(base_url.clone(), limits)?;
    let body = body(&SignInBody { email: email.trim(), password: password.expose() })?;
    let answer = post(&transport, SIGN_IN, body, password, Act::Password).await?;
    match wire::signed_in(&answer.body).ok_or_else(|| answer.unexpected())? {
        wire::SignedIn::As(user) => done(&transport, user).map(SignIn::Done),
        wire::SignedIn::SecondFactor(methods) => {
            Ok(SignIn::SecondFactor(Challenge::new(transport, &methods)))
        }
    }
}

/// Sends a request and returns its response if that is a complete 2xx.
async fn post(
    transport: &Transport,
    path: &str,
    body: Bytes,
    secret: Secret,
    act: Act,
) -> Result<Answer, SignInError> {
    let answer = transport.post_auth(path, body, LIMIT, &[secret]).await.map_err(lost)?;
    if !(200..300).contains(&answer.status()) {
        return Err(refusal(answer, act));
    }
    answer.whole().map_err(lost)
}

fn done(transport: &Transport, user: Option<User>) -> Result<SignedIn, SignInError> {
    let none = || SignInError::NoSession { host: transport.host() };
    let live = transport.session().ok_or_else(none)?;
    let jar = Some(live.jar().clone()).filter(Jar::is_signed_in).ok_or_else(none)?;
    // A challenge is good once, and keeps no session of its own.
    live.end();
    Ok(SignedIn { session: Session(jar), user })
}

/// Serializes into a buffer that is wiped when dropped. Its length is counted first, so that it
/// never grows and leaves no copy behind.
fn body(fields: &impl Serialize) -> Result<Bytes, Error> {
    let setup = |error: serde_json::Error| Error::Setup(error.to_string());
    let mut length = Length(0);
    serde_json::to_writer(&mut length, fields).map_err(setup)?;
    let mut buffer = Zeroizing::new(Vec::with_capacity(length.0));
    serde_json::to_writer(&mut *buffer, fields).map_err(setup)?;
    Ok(Bytes::from_owner(buffer))
}

/// Counts what is written to it.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
