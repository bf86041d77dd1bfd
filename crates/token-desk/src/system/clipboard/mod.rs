//! The system clipboard: puts a secret there, verifies it, and clears it if nothing else was copied since.

mod board;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use board::{Board, Held};
use entri_api::Secret;
use sha2::{Digest, Sha256};

use crate::elapsed::Stopwatch;
use crate::error::Error;
use crate::model::token::created::SecretHandle;

/// How often the time is checked. Time passes while the computer sleeps, so an expired copy is cleared as soon
/// as it wakes.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What happened to a copied secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipboardState {
    /// The clipboard still held the value and was emptied.
    Cleared,
    /// Something else had been copied meanwhile, and was left alone.
    Replaced,
    /// It couldn't be cleared and may still be there.
    Failed,
}

type Notify = Arc<dyn Fn(SecretHandle, ClipboardState) + Send + Sync>;

/// The app's only clipboard. Dropping it releases what it put there.
#[derive(Clone)]
pub struct Clipboard {
    state: Arc<Mutex<State>>,
    notify: Notify,
}

#[derive(Default)]
struct State {
    /// Opened at the first copy and kept: on X11 the content lives only as long as its owner.
    system: Option<Box<dyn Board>>,
    copied: Option<Copied>,
    /// How long a copy stays; `None` while it stays until the app quits.
    clears_after: Option<Duration>,
}

struct Copied {
    handle: SecretHandle,
    /// The secret is wiped before its copy is cleared; the digest is enough to recognize it.
    digest: [u8; 32],
    since: Stopwatch,
}

impl Clipboard {
    /// A clipboard that tells `notify` what became of each copy. Copies stay until the app quits.
    pub fn new(notify: impl Fn(SecretHandle, ClipboardState) + Send + Sync + 'static) -> Self {
        Self { state: Arc::default(), notify: Arc::new(notify) }
    }

    /// Clears a copy after this time, also one that is there already; `None`, when the app quits.
    pub fn clear_after(&self, clears_after: Option<Duration>) {
        self.lock().clears_after = clears_after;
    }

    /// Whether there is a clipboard to copy to.
    pub fn check(&self) -> Result<(), Error> {
        self.lock().open().map(drop)
    }

    /// Puts `secret` on the clipboard, out of any history, and reads it back.
    ///
    /// Success means that the clipboard was read back and had exactly this text.
    pub fn copy(&self, handle: SecretHandle, secret: &Secret) -> Result<(), Error> {
        let mut state = self.lock();
        let text = secret.expose();
        state.open()?;
        // From here on it may be there, whatever the clipboard says: so it goes in any case.
        let copied = Copied { handle, digest: digest(text), since: Stopwatch::start() };
        let watched = state.copied.replace(copied).is_some();
        let outcome = state.put(text);
        drop(state);
        if !watched {
            self.watch();
        }
        outcome
    }

    /// Copies a text that isn't a secret, so it is never cleared.
    pub fn copy_text(&self, text: String) -> Result<(), Error> {
        self.lock().open()?.put(text).map_err(|_| Error::ClipboardText)
    }

    /// The value that is on the clipboard now, and that quitting would clear there.
    pub fn holds(&self) -> Option<SecretHandle> {
        let mut state = self.lock();
        let (handle, ours) = state.copied.as_ref().map(|copied| (copied.handle, copied.digest))?;
        state.is_ours(&ours).is_ok_and(|is| is).then_some(handle)
    }

    /// Clears our copy immediately, when the app quits.
    pub fn clear_now(&self) {
        let mut state = self.lock();
        if let Some(copied) = state.copied.take() {
            let outcome = state.clear(&copied.digest);
            tracing::debug!(?outcome, "clipboard at quit");
            if outcome == ClipboardState::Failed {
                tracing::warn!("a copied token may still be on the clipboard");
            }
        }
    }

    fn watch(&self) {
        let keeper = self.clone();
        let spawned = thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
            while let Some((handle, outcome)) = keeper.look() {
                match outcome {
                    None => thread::sleep(LOOK_EVERY),
                    Some(outcome) => (keeper.notify)(handle, outcome),
                }
            }
        });
        if spawned.is_err() {
            // Without a watcher nothing would ever clear it, so it is cleared now.
            self.clear_now();
        }
    }

    /// `None` when nothing of ours is left to watch.
    fn look(&self) -> Option<(SecretHandle, Option<ClipboardState>)> {
        let mut state = self.lock();
        let copied = state.copied.as_ref()?;
        let handle = copied.handle;
        if state.clears_after.is_none_or(|after| copied.since.elapsed() < after) {
            return Some((handle, None));
        }
        let copied = state.copied.take()?;
        Some((handle, Some(state.clear(&copied.digest))))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn open(&mut self) -> Result<&mut dyn Board, Error> {
        if self.system.is_none() {
            self.system = Some(board::open().map_err(|_| Error::Clipboard)?);
        }
        match &mut self.system {
            Some(system) => Ok(&mut **system),
            None => Err(Error::Clipboard),
        }
    }

    /// Puts a secret there, and looks whether it is.
    fn put(&mut self, text: &str) -> Result<(), Error> {
        let system = self.open()?;
        system.put_secret(text).map_err(|_| Error::Clipboard)?;
        match system.held() {
            Ok(Held::Text(seen)) if seen.expose() == text => Ok(()),
            _ => Err(Error::Clipboard),
        }
    }

    /// `clear` does not ask whose text it is, so we do.
    fn clear(&mut self, ours: &[u8; 32]) -> ClipboardState {
        match (self.is_ours(ours), self.system.as_mut()) {
            (Ok(true), Some(system)) => match system.empty() {
                Ok(()) => ClipboardState::Cleared,
                Err(_) => ClipboardState::Failed,
            },
            (Ok(false), _) => ClipboardState::Replaced,
            _ => ClipboardState::Failed,
        }
    }

    fn is_ours(&mut self, ours: &[u8; 32]) -> Result<bool, Error> {
        let held = self.open()?.held().map_err(|_| Error::Clipboard)?;
        Ok(matches!(held, Held::Text(seen) if digest(seen.expose()) == *ours))
    }
}

fn digest(text: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(text);
    // Hashed in place and wiped when dropped: moving the hasher would leave its last block, which
    // is the whole text, on the stack.
    hasher.finalize_reset().into()
}
