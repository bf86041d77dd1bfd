//! The system clipboard: put a secret there, prove it, and take it away again if it is still ours.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use arboard::Clipboard as SystemClipboard;
#[cfg(target_os = "macos")]
use arboard::SetExtApple;
#[cfg(all(unix, not(target_os = "macos")))]
use arboard::SetExtLinux;
#[cfg(windows)]
use arboard::SetExtWindows;
use entri_api::Secret;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::vault::SecretHandle;

/// How long a copied secret stays on the clipboard.
pub const CLEARS_AFTER: Duration = Duration::from_secs(30);
/// How often the deadline is looked at. The deadline is wall-clock time, so that a computer that
/// slept through it clears at once when it wakes.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What became of a copied secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipboardState {
    /// It was taken away.
    Cleared,
    /// Something else had been copied meanwhile; that was left alone.
    Replaced,
    /// It could not be taken away and may still be there.
    Failed,
}

type Notify = Arc<dyn Fn(SecretHandle, ClipboardState) + Send + Sync>;

/// The one clipboard of the app. Dropping it gives up what it put there.
#[derive(Clone)]
pub struct Clipboard {
    state: Arc<Mutex<State>>,
    clears_after: Duration,
    notify: Notify,
}

#[derive(Default)]
struct State {
    /// Opened at the first copy and kept: on X11 the content lives only as long as its owner.
    system: Option<SystemClipboard>,
    held: Option<Held>,
}

struct Held {
    handle: SecretHandle,
    /// The secret itself is wiped before its copy is cleared; its digest is enough to know it.
    digest: [u8; 32],
    deadline: SystemTime,
}

impl Clipboard {
    /// A clipboard that clears after `clears_after` and tells `notify` what became of each copy.
    pub fn new(
        clears_after: Duration,
        notify: impl Fn(SecretHandle, ClipboardState) + Send + Sync + 'static,
    ) -> Self {
        Self { state: Arc::default(), clears_after, notify: Arc::new(notify) }
    }

    /// How long a copy stays.
    pub fn clears_after(&self) -> Duration {
        self.clears_after
    }

    /// Puts `secret` on the clipboard, out of any history, and reads it back.
    ///
    /// Success means that the clipboard was seen to hold exactly this text.
    pub fn copy(&self, handle: SecretHandle, secret: &Secret) -> Result<(), Error> {
        let mut state = self.lock();
        let text = secret.expose();
        let system = state.open()?;
        system.set().exclude_from_history().text(text).map_err(|_| Error::Clipboard)?;
        let seen = Secret::new(system.get_text().map_err(|_| Error::Clipboard)?);
        if seen.expose() != text {
            return Err(Error::Clipboard);
        }
        let watched = state.held.is_some();
        state.held = Some(Held {
            handle,
            digest: digest(text),
            deadline: SystemTime::now() + self.clears_after,
        });
        drop(state);
        if !watched {
            self.watch();
        }
        Ok(())
    }

    /// Puts a text there that is no secret, so it stays.
    pub fn copy_text(&self, text: String) -> Result<(), Error> {
        self.lock().open()?.set_text(text).map_err(|_| Error::ClipboardText)
    }

    /// Clears at once what is still ours: for the moment the app quits.
    pub fn clear_now(&self) {
        let mut state = self.lock();
        if let Some(held) = state.held.take() {
            let outcome = state.clear(&held.digest);
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
            // Without a watcher nothing would ever clear it, so it goes now.
            self.clear_now();
        }
    }

    /// `None` when nothing of ours is left to watch.
    fn look(&self) -> Option<(SecretHandle, Option<ClipboardState>)> {
        let mut state = self.lock();
        let held = state.held.as_ref()?;
        let handle = held.handle;
        if SystemTime::now() < held.deadline {
            return Some((handle, None));
        }
        let held = state.held.take()?;
        Some((handle, Some(state.clear(&held.digest))))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn open(&mut self) -> Result<&mut SystemClipboard, Error> {
        if self.system.is_none() {
            self.system = Some(SystemClipboard::new().map_err(|_| Error::Clipboard)?);
        }
        self.system.as_mut().ok_or(Error::Clipboard)
    }

    /// `clear` does not ask whose text it is, so we do.
    fn clear(&mut self, ours: &[u8; 32]) -> ClipboardState {
        let Some(system) = self.system.as_mut() else { return ClipboardState::Failed };
        match system.get_text().map(Secret::new) {
            Ok(seen) if digest(seen.expose()) == *ours => match system.clear() {
                Ok(()) => ClipboardState::Cleared,
                Err(_) => ClipboardState::Failed,
            },
            Ok(_) | Err(arboard::Error::ContentNotAvailable) => ClipboardState::Replaced,
            Err(_) => ClipboardState::Failed,
        }
    }
}

fn digest(text: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(text);
    // In place, and wiped when dropped: one that is moved leaves its last block, which is the whole
    // text, on the stack.
    hasher.finalize_reset().into()
}
