//! Credentials are typed in a native window, because anything typed in a page stays in the memory of the page's
//! process, where it can't be wiped. The window also says which server receives it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use token_desk::{Secret, text};

use super::question::Question;

/// How long a credential whose sign-in failed is offered again.
pub(super) const KEPT_FOR: Duration = Duration::from_secs(120);

/// Which credential is typed, and for which server.
#[derive(Debug, Clone, Copy)]
pub enum Credential<'a> {
    /// An API token, sent with every request.
    ApiToken { origin: &'a str },
    /// The password of an account.
    Password { origin: &'a str, email: &'a str },
    /// A session cookie, copied from a browser.
    Cookie { origin: &'a str },
}

impl Credential<'_> {
    /// The label of the field in the native window.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::ApiToken { .. } => "API token",
            Self::Password { .. } => "Password",
            Self::Cookie { .. } => "Session cookie",
        }
    }

    /// The origin of the server that receives it.
    pub(super) fn origin(&self) -> &str {
        match self {
            Self::ApiToken { origin } | Self::Password { origin, .. } | Self::Cookie { origin } => {
                origin
            }
        }
    }

    pub(super) fn question(self) -> Question {
        match self {
            Self::ApiToken { origin } => Question::new(
                "Enter the API token",
                "An owner’s or admin’s token (entri_…). Sent to this server and stored in your system keychain.",
                "Connect",
            )
            .about(origin),
            Self::Password { origin, email } => Question::new(
                "Enter the password",
                "Sent to this server once and never stored. The session is saved in your system keychain.",
                "Sign in",
            )
            .about_lines(&[origin, &text::visible(email)]),
            Self::Cookie { origin } => Question::new(
                "Enter the session cookie",
                "Copy it from a signed-in browser. Its name ends in session_token. Sent to this server and stored in your system keychain.",
                "Connect",
            )
            .about(origin),
        }
    }
}

/// The last typed credential, if its sign-in failed. It is offered again only for the same server.
#[derive(Default)]
pub(super) struct Typed(Mutex<Option<Kept>>);

struct Kept {
    label: &'static str,
    origin: String,
    secret: Secret,
    since: Instant,
}

impl Typed {
    pub fn keep(&self, label: &'static str, origin: &str, secret: Secret) {
        let (origin, since) = (origin.to_owned(), Instant::now());
        *self.lock() = Some(Kept { label, origin, secret, since });
    }

    /// Returns it for a request about the same kind and server. It is offered only once.
    pub fn of(&self, label: &str, origin: &str) -> Option<Secret> {
        let kept = self.lock().take()?;
        let same = kept.label == label && kept.origin == origin;
        (same && kept.since.elapsed() < KEPT_FOR).then_some(kept.secret)
    }

    /// Wipes it if its time is over by `now`.
    pub fn forget_old(&self, now: Instant) {
        let mut kept = self.lock();
        if kept.as_ref().is_some_and(|it| now.duration_since(it.since) >= KEPT_FOR) {
            *kept = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_wiped_when_its_time_is_over() {
        let typed = Typed::default();
        typed.keep("API token", "https://a.example", Secret::new("entri_x".to_owned()));
        typed.forget_old(Instant::now());
        assert!(typed.lock().is_some(), "a newer one stays");
        typed.forget_old(Instant::now() + KEPT_FOR);
        assert!(typed.lock().is_none());
    }

    #[test]
    fn what_was_typed_for_a_server_is_offered_for_no_other() {
        let (typed, secret) = (Typed::default(), || Secret::new("entri_x".to_owned()));
        typed.keep("API token", "https://a.example", secret());
        assert!(typed.of("API token", "https://b.example").is_none());
        assert!(typed.of("API token", "https://a.example").is_none(), "it is gone by then");
        typed.keep("API token", "https://a.example", secret());
        assert!(typed.of("Password", "https://a.example").is_none());
        typed.keep("API token", "https://a.example", secret());
        assert!(typed.of("API token", "https://a.example").is_some());
    }
}
