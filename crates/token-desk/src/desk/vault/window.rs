//! Creates that are in flight, and the window that waits for their values.

use super::Vault;

/// The window that started a create. Once it is closed, nobody can retrieve the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window(pub(super) u64);

/// A create whose value is on its way to the vault, until this is dropped.
pub struct Coming<'a> {
    pub(super) vault: &'a Vault,
    pub(super) window: Window,
}

impl Coming<'_> {
    /// The window that waits for it: the one that was open when the create began or, while there was none, the
    /// next one.
    pub fn window(&self) -> Window {
        self.window
    }
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        self.vault.with(|slots| {
            if slots.window == self.window {
                slots.coming -= 1;
            }
        });
    }
}
