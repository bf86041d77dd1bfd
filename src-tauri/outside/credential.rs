//! What one signs in with is typed in a window of the system's own: what is typed in a page stays in the
//! memory of the page's process, which nobody can wipe. The window also says which server gets it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use token_desk::Secret;

use super::question::Question;

/// How long what led to nothing is offered again.
const KEPT_FOR: Duration = Duration::from_secs(120);

/// What is to be typed, and for which server.
#[derive(Debug, Clone, Copy)]
pub enum Credential<'a> {
    /// An API token.
    ApiToken { origin: &'a str },
    /// The password of an account.
    Password { origin: &'a str, email: &'a str },
    /// A session cookie.
    Cookie { origin: &'a str },
}

impl Credential<'_> {
    /// The field's name.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::ApiToken { .. } => "API token",
            Self::Password { .. } => "Password",
            Self::Cookie { .. } => "Session cookie",
        }
    }

    pub(super) fn question(self) -> Question {
        match self {
            Self::ApiToken { origin } => Question::new(
                "Enter the API token",
                "Of an owner or admin; it begins with entri_. It goes to this server, and is kept in the \
                 system’s keychain.",
                "Connect",
            )
            .about(origin),
            Self::Password { origin, email } => Question::new(
                "Enter the password",
                "It goes to this server once, and is not kept. The session is, in the system’s keychain.",
                "Sign in",
            )
            .about_lines(&[origin, email]),
            Self::Cookie { origin } => Question::new(
                "Enter the session cookie",
                "As copied from a browser that is signed in; its name ends in session_token. It goes to \
                 this server, and is kept in the system’s keychain.",
                "Connect",
            )
            .about(origin),
        }
    }
}

/// What was typed last, as long as it has led to nothing.
#[derive(Default)]
pub(super) struct Typed(Mutex<Option<Kept>>);

struct Kept {
    label: &'static str,
    secret: Secret,
    since: Instant,
}

impl Typed {
    pub fn keep(&self, label: &'static str, secret: Secret) {
        *self.lock() = Some(Kept { label, secret, since: Instant::now() });
    }

    /// Gives it up, to who asks for one of that kind.
    pub fn of(&self, label: &str) -> Option<Secret> {
        let kept = self.lock().take()?;
        (kept.label == label && kept.since.elapsed() < KEPT_FOR).then_some(kept.secret)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
