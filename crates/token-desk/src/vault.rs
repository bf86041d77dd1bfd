//! Where the value of a new token waits until it is handed over, and nowhere else.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use entri_api::Secret;

use crate::error::Error;

/// Names one waiting secret; says nothing about its value.
pub type SecretHandle = u32;

/// The secrets of tokens created but not yet closed.
#[derive(Default)]
pub struct Vault {
    slots: Mutex<Slots>,
}

#[derive(Default)]
struct Slots {
    last: SecretHandle,
    held: HashMap<SecretHandle, Slot>,
}

struct Slot {
    secret: Secret,
    handed_over: bool,
}

impl Vault {
    /// Takes a secret in.
    pub fn park(&self, secret: Secret) -> SecretHandle {
        self.with(|slots| {
            slots.last += 1;
            slots.held.insert(slots.last, Slot { secret, handed_over: false });
            slots.last
        })
    }

    /// Lends the value to `use_it` for as long as that runs.
    pub fn lend<T>(
        &self,
        handle: SecretHandle,
        use_it: impl FnOnce(&Secret) -> T,
    ) -> Result<T, Error> {
        self.with(|slots| slots.held.get(&handle).map(|slot| use_it(&slot.secret)))
            .ok_or(Error::SecretGone)
    }

    /// Notes that somebody else holds the value now.
    pub fn handed_over(&self, handle: SecretHandle) {
        self.with(|slots| {
            if let Some(slot) = slots.held.get_mut(&handle) {
                slot.handed_over = true;
            }
        });
    }

    /// Wipes the value. One that nobody has is kept, unless `anyway`.
    pub fn close(&self, handle: SecretHandle, anyway: bool) -> Result<(), Error> {
        self.with(|slots| match slots.held.get(&handle) {
            Some(slot) if !slot.handed_over && !anyway => Err(Error::NotCopied),
            // Dropping the slot wipes its memory; closing twice is not a mistake.
            _ => {
                slots.held.remove(&handle);
                Ok(())
            }
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Slots) -> T) -> T {
        act(&mut self.slots.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parked() -> (Vault, SecretHandle) {
        let vault = Vault::default();
        let handle = vault.park(Secret::new("entri_abcdefgh1234".to_owned()));
        (vault, handle)
    }

    #[test]
    fn a_value_nobody_has_stays_until_told_otherwise() {
        let (vault, handle) = parked();
        assert!(matches!(vault.close(handle, false), Err(Error::NotCopied)));
        assert!(vault.lend(handle, |_| ()).is_ok());
        vault.close(handle, true).unwrap();
        assert!(matches!(vault.lend(handle, |_| ()), Err(Error::SecretGone)));
    }

    #[test]
    fn a_handed_over_value_closes_at_once() {
        let (vault, handle) = parked();
        vault.handed_over(handle);
        vault.close(handle, false).unwrap();
        assert!(vault.lend(handle, |_| ()).is_err());
    }

    #[test]
    fn handles_are_never_used_twice() {
        let (vault, first) = parked();
        vault.close(first, true).unwrap();
        assert_ne!(first, vault.park(Secret::new("entri_other".to_owned())));
    }
}
