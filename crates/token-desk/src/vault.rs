//! Where the value of a new token waits until it is handed over, and nowhere else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use entri_api::Secret;

use crate::connection::ConnectionId;
use crate::error::Error;
use crate::journal::{InHand, Stage};

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

/// A create whose value was wiped.
pub struct Closed {
    pub begun: Arc<InHand>,
    /// Whether somebody has it.
    pub handed_over: bool,
}

struct Slot {
    secret: Secret,
    /// The create it came of; the journal hears of what becomes of the value.
    begun: Arc<InHand>,
    handed_over: bool,
}

impl Vault {
    /// Takes a secret in.
    pub fn park(&self, secret: Secret, begun: InHand) -> SecretHandle {
        self.with(|slots| {
            slots.last += 1;
            let slot = Slot { secret, begun: Arc::new(begun), handed_over: false };
            slots.held.insert(slots.last, slot);
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

    /// The connection whose token it is of.
    pub fn connection(&self, handle: SecretHandle) -> Result<ConnectionId, Error> {
        self.with(|slots| slots.held.get(&handle).map(|slot| slot.begun.connection()))
            .ok_or(Error::SecretGone)
    }

    /// Gives the value to somebody; the journal is told before and after. That may take its time,
    /// so nothing is locked meanwhile.
    pub fn hand_over<T>(
        &self,
        handle: SecretHandle,
        to: &str,
        now: DateTime<Utc>,
        give: impl FnOnce(&Secret) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let lent = |slot: &Slot| (slot.secret.clone(), Arc::clone(&slot.begun));
        let (secret, begun) =
            self.with(|slots| slots.held.get(&handle).map(lent)).ok_or(Error::SecretGone)?;
        begun.step(Stage::HandingOver, Some(to), now);
        let given = give(&secret);
        let stage = if given.is_ok() { Stage::HandedOver } else { Stage::NotHandedOver };
        begun.step(stage, Some(to), now);
        self.with(|slots| {
            if let Some(slot) = slots.held.get_mut(&handle) {
                slot.handed_over |= given.is_ok();
            }
        });
        given
    }

    /// Wipes the value, and gives the create it came of; one that nobody has is kept, unless
    /// `anyway`.
    pub fn close(&self, handle: SecretHandle, anyway: bool) -> Result<Option<Closed>, Error> {
        self.with(|slots| match slots.held.get(&handle) {
            Some(slot) if !slot.handed_over && !anyway => Err(Error::NotCopied),
            // Dropping the slot wipes its memory; closing twice is not a mistake.
            _ => Ok(slots
                .held
                .remove(&handle)
                .map(|Slot { begun, handed_over, .. }| Closed { begun, handed_over })),
        })
    }

    /// Wipes every value, whoever has it or not; gives the connections they were of.
    pub fn wipe(&self) -> Vec<ConnectionId> {
        let held = self.with(|slots| std::mem::take(&mut slots.held));
        held.into_values().map(|slot| slot.begun.connection()).collect()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Slots) -> T) -> T {
        act(&mut self.slots.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn parked() -> (Vault, SecretHandle) {
        let vault = Vault::default();
        let handle = vault.park(Secret::new("entri_abcdefgh1234".to_owned()), InHand::sample());
        (vault, handle)
    }

    #[test]
    fn a_value_nobody_has_stays_until_told_otherwise() {
        let (vault, handle) = parked();
        assert!(matches!(vault.close(handle, false), Err(Error::NotCopied)));
        assert!(vault.lend(handle, |_| ()).is_ok());
        assert!(vault.close(handle, true).unwrap().is_some_and(|closed| !closed.handed_over));
        assert!(matches!(vault.lend(handle, |_| ()), Err(Error::SecretGone)));
        assert!(vault.close(handle, false).unwrap().is_none(), "closing twice is not a mistake");
    }

    #[test]
    fn a_handed_over_value_closes_at_once() {
        let (vault, handle) = parked();
        vault.hand_over(handle, "a test", now(), |_| Ok(())).unwrap();
        assert!(vault.close(handle, false).unwrap().is_some_and(|closed| closed.handed_over));
        assert!(vault.lend(handle, |_| ()).is_err());
    }

    #[test]
    fn a_hand_over_that_fails_takes_nothing_back_and_gives_nothing() {
        let (vault, handle) = parked();
        let fails = |_: &Secret| Err::<(), _>(Error::Clipboard);
        assert!(vault.hand_over(handle, "a test", now(), fails).is_err());
        assert!(matches!(vault.close(handle, false), Err(Error::NotCopied)));
        vault.hand_over(handle, "a test", now(), |_| Ok(())).unwrap();
        assert!(vault.hand_over(handle, "a test", now(), fails).is_err());
        assert!(vault.close(handle, false).is_ok(), "somebody has it all the same");
    }

    #[test]
    fn nothing_is_locked_while_somebody_takes_the_value() {
        let (vault, handle) = parked();
        let other = vault.park(Secret::new("entri_other".to_owned()), InHand::sample());
        let given = vault.hand_over(handle, "a test", now(), |secret| {
            assert!(vault.lend(other, |_| ()).is_ok() && vault.close(other, true).is_ok());
            assert!(vault.close(handle, true).is_ok(), "its own slot can go meanwhile");
            assert_eq!(secret.expose(), "entri_abcdefgh1234");
            Ok(())
        });
        assert!(given.is_ok() && matches!(vault.lend(handle, |_| ()), Err(Error::SecretGone)));
    }

    #[test]
    fn handles_are_never_used_twice() {
        let (vault, first) = parked();
        vault.close(first, true).unwrap();
        let second = vault.park(Secret::new("entri_other".to_owned()), InHand::sample());
        assert_ne!(first, second);
    }
}
