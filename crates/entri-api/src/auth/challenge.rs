//! The second factor (docs/entri-api.md#sign-in).

use std::fmt;

use secrecy::zeroize::Zeroizing;
use serde::Serialize;

use super::error::Act;
use super::{SignInError, SignedIn, body, done, post};
use crate::secret::Secret;
use crate::transport::Transport;
use crate::wire;

const VERIFY_TOTP: &str = "/two-factor/verify-totp";
const SEND_CODE: &str = "/two-factor/send-otp";
const VERIFY_CODE: &str = "/two-factor/verify-otp";
const VERIFY_BACKUP_CODE: &str = "/two-factor/verify-backup-code";

/// A second factor that the server says it accepts. A backup code is accepted with any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// The code an authenticator app shows.
    Totp,
    /// A code that the server sends, by email as a rule.
    SentCode,
}

/// A sign-in that waits for its second factor. It lasts 10 minutes, five wrong codes, or until it
/// succeeds; then sign in again.
pub struct Challenge {
    transport: Transport,
    methods: Vec<SecondFactor>,
}

/// `trustDevice` is omitted: a device should be trusted only on request (docs/entri-api.md#sign-in).
#[derive(Serialize)]
struct CodeBody<'a> {
    code: &'a str,
}

impl Challenge {
    pub(super) fn new(transport: Transport, named: &[String]) -> Self {
        let methods = named.iter().filter_map(|name| match &**name {
            "totp" => Some(SecondFactor::Totp),
            "otp" => Some(SecondFactor::SentCode),
            _ => None,
        });
        let mut methods: Vec<_> = methods.collect();
        if methods.is_empty() {
            // Servers before 1.6.2 do not say.
            methods = vec![SecondFactor::Totp, SecondFactor::SentCode];
        }
        Self { transport, methods }
    }

    /// The factors the server accepts; both if it doesn't say.
    #[must_use]
    pub fn methods(&self) -> &[SecondFactor] {
        &self.methods
    }

    /// Signs in with the code an authenticator app shows, in the digits of any script; spaces, dashes
    /// and invisible characters in it are dropped, since one would cost a try.
    pub async fn verify_totp(&self, code: Secret) -> Result<SignedIn, SignInError> {
        self.verify(VERIFY_TOTP, plain(&code), Act::Code).await
    }

    /// Asks the server to send a code.
    pub async fn send_code(&self) -> Result<(), SignInError> {
        let nothing = Secret::new(String::new());
        let body = bytes::Bytes::from_static(b"{}");
        post(&self.transport, SEND_CODE, body, nothing, Act::Code).await.map(|_| ())
    }

    /// Signs in with a code the server sent, read as [`Self::verify_totp`] reads one.
    pub async fn verify_code(&self, code: Secret) -> Result<SignedIn, SignInError> {
        self.verify(VERIFY_CODE, plain(&code), Act::Code).await
    }

    /// Signs in with a backup code, such as `SU7uG-BWxx5`, which is used up by that. Only spaces
    /// around it are dropped.
    pub async fn verify_backup_code(&self, code: Secret) -> Result<SignedIn, SignInError> {
        let code = Secret::new(code.expose().trim().to_owned());
        self.verify(VERIFY_BACKUP_CODE, code, Act::BackupCode).await
    }

    async fn verify(&self, path: &str, code: Secret, act: Act) -> Result<SignedIn, SignInError> {
        let body = body(&CodeBody { code: code.expose() })?;
        let answer = post(&self.transport, path, body, code, act).await?;
        match wire::signed_in(&answer.body) {
            Some(wire::SignedIn::As(user)) => done(&self.transport, user),
            _ => Err(answer.unexpected().into()),
        }
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let methods = &self.methods;
        formatter.debug_struct("Challenge").field("methods", methods).finish_non_exhaustive()
    }
}

/// The letters and digits of a code, with digits as a server reads them.
fn plain(code: &Secret) -> Secret {
    let mut kept = Zeroizing::new(String::with_capacity(code.expose().len()));
    kept.extend(code.expose().chars().filter(|it| it.is_alphanumeric()).map(ascii_digit));
    Secret::new(kept.to_string())
}

/// Each script has its digits in one run from zero to nine; these are the zeros of those that a
/// keyboard or a phone's message may hold.
fn ascii_digit(character: char) -> char {
    const ZEROS: [char; 14] =
        ['０', '٠', '۰', '߀', '०', '০', '੦', '૦', '௦', '౦', '೦', '൦', '๐', '០'];
    let digit = |zero: &char| u32::from(character).checked_sub(u32::from(*zero));
    let digit = ZEROS.iter().filter_map(digit).find(|digit| *digit < 10);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_written() {
        let written = [
            "123456",
            "123 456",
            "123-456",
            "123–456",
            "１２３４５６",
            "١٢٣٤٥٦",
            "۱۲۳۴۵۶",
            "१२३४५६",
            "\u{200E}123456\u{200F}",
            "\u{2066}123\u{00A0}456\u{2069}",
        ];
        for code in written {
            assert_eq!(plain(&Secret::new(code.to_owned())).expose(), "123456", "{code:?}");
        }
        assert_eq!(plain(&Secret::new("a1B-2c".to_owned())).expose(), "a1B2c");
    }
}
