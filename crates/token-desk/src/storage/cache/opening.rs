//! Something that is opened when it is first needed, and again after a failure, since the cause may have
//! passed.

use std::sync::{Mutex, OnceLock};

use crate::system::threads::lock;

/// Something that is opened at most once.
pub(crate) struct Opening<T> {
    opened: OnceLock<T>,
    /// Held while it is being opened, which may take a while.
    one: Mutex<()>,
}

impl<T> Default for Opening<T> {
    fn default() -> Self {
        Self { opened: OnceLock::new(), one: Mutex::default() }
    }
}

impl<T> Opening<T> {
    /// The opened value; `None` until it is first needed.
    pub fn get(&self) -> Option<&T> {
        self.opened.get()
    }

    /// Returns the opened value, or opens it now. A failure isn't remembered.
    pub fn get_or<E>(&self, open: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let _one = lock(&self.one);
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let opened = open()?;
        Ok(self.opened.get_or_init(|| opened))
    }
}
