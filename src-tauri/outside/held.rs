//! A revoke that somebody pressed and can still stop, because it isn't sent yet.
//!
//! The page waits and then asks for the revoke, so a page that is gone sends nothing. A press counts for a shorter time
//! than that, so it is kept here: for one token, and only until the revoke is stopped or due.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use token_desk::TokenKey;

/// How much sooner the page's timer may ring.
const EARLY: Duration = Duration::from_millis(200);
/// What wasn't asked for by then never will be: its page is gone.
const LAPSES_AFTER: Duration = Duration::from_secs(30);

/// The one revoke that is held, if any.
#[derive(Default)]
pub struct Held(Mutex<Option<Pressed>>);

/// A revoke that somebody pressed.
struct Pressed {
    key: TokenKey,
    at: Instant,
    /// For how long it can be stopped. The page counts these seconds (`ui/src/revoke/Revoke.svelte`).
    stoppable_for: Duration,
    claimed: Option<Instant>,
}

/// That a revoke was stopped, or never held.
#[derive(Debug, PartialEq, Eq)]
pub struct Stopped;

impl Held {
    /// Holds it for so long. `claimed` is what is to be given back if it doesn't happen.
    pub fn hold(
        &self,
        key: TokenKey,
        stoppable_for: Duration,
        claimed: Option<Instant>,
        at: Instant,
    ) {
        *self.lock() = Some(Pressed { key, at, stoppable_for, claimed });
    }

    /// Stops it; returns what it had claimed.
    pub fn stop(&self) -> Option<Instant> {
        self.lock().take()?.claimed
    }

    /// Takes it to be sent, with what it had claimed. One that is asked for too soon or too late isn't sent.
    pub fn take(&self, key: &TokenKey, now: Instant) -> Result<Option<Instant>, Stopped> {
        let pressed = self.lock().take().ok_or(Stopped)?;
        let waited = now.duration_since(pressed.at);
        let due = waited + EARLY >= pressed.stoppable_for && waited < LAPSES_AFTER;
        if due && pressed.key == *key { Ok(pressed.claimed) } else { Err(Stopped) }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Pressed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use token_desk::{ConnectionId, TokenId};

    use super::*;

    const FIVE: Duration = Duration::from_secs(5);

    fn key(id: &str) -> TokenKey {
        TokenKey { connection: ConnectionId(1), id: TokenId(id.to_owned()) }
    }

    /// Held, and then asked for after that many milliseconds.
    fn after(milliseconds: u64, of: &str) -> Result<Option<Instant>, Stopped> {
        let (held, at) = (Held::default(), Instant::now());
        held.hold(key("t"), FIVE, Some(at), at);
        let taken = held.take(&key(of), at + Duration::from_millis(milliseconds));
        taken.inspect(|claimed| assert_eq!(*claimed, Some(at)))
    }

    #[test]
    fn a_revoke_is_sent_once_it_could_be_stopped_for_long_enough() {
        assert!(after(5_000, "t").is_ok());
        assert_eq!(after(4_000, "t"), Err(Stopped), "too soon");
        assert_eq!(after(31_000, "t"), Err(Stopped), "nobody waits for it");
        assert_eq!(after(5_000, "other"), Err(Stopped), "another token");
    }

    #[test]
    fn it_is_sent_once_and_not_after_it_was_stopped() {
        let (held, at) = (Held::default(), Instant::now());
        let due = at + FIVE;
        held.hold(key("t"), FIVE, Some(at), at);
        assert_eq!(held.stop(), Some(at));
        assert_eq!(held.take(&key("t"), due), Err(Stopped));
        held.hold(key("t"), FIVE, None, at);
        assert_eq!(held.take(&key("t"), due), Ok(None));
        assert_eq!(held.take(&key("t"), due), Err(Stopped));
    }
}
