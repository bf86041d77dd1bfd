//! Where the value of a new token waits until it is delivered, and nowhere else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use entri_api::Secret;

use crate::error::Error;
use crate::model::connection::ConnectionId;
use crate::model::token::created::{Created, SecretHandle};
use crate::redact::Redactor;
use crate::storage::journal::{CLIPBOARD, InHand, Stage};

/// The window that started a create. Once it is closed, nobody can retrieve the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window(u64);

/// The secrets of tokens created but not yet closed.
#[derive(Default)]
pub struct Vault {
    slots: Mutex<Slots>,
}

#[derive(Default)]
struct Slots {
    last: SecretHandle,
    window: Window,
    held: HashMap<SecretHandle, Slot>,
}

/// A new token whose value waits, and who has that so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The token.
    pub created: Created,
    /// When the value was last seen on the clipboard; `None` if it never was.
    pub copied: Option<DateTime<Utc>>,
    /// Where else it is, and since when: the last such place.
    pub handed_over: Option<(String, DateTime<Utc>)>,
}

/// A create whose value was wiped.
pub struct Closed {
    pub begun: Arc<InHand>,
    /// Whether somebody has it.
    pub handed_over: bool,
}

struct Slot {
    secret: Secret,
    /// The create it belongs to; the journal records what happens to the value.
    begun: Arc<InHand>,
    /// What may be known of it.
    told: Waiting,
}

impl Waiting {
    fn is_had(&self) -> bool {
        self.copied.is_some() || self.handed_over.is_some()
    }

    fn note(&mut self, to: &str, now: DateTime<Utc>) {
        if to == CLIPBOARD {
            self.copied = Some(now);
        } else {
            self.handed_over = Some((to.to_owned(), now));
        }
    }
}

impl Vault {
    /// The window that is open now or, while there is none, the next one.
    pub fn window(&self) -> Window {
        self.with(|slots| slots.window)
    }

    /// Takes a secret in; `created` says of which token, with the handle that names the secret. One whose
    /// create was begun in a window that is closed is wiped.
    pub fn park(
        &self,
        window: Window,
        secret: Secret,
        begun: InHand,
        created: impl FnOnce(SecretHandle) -> Created,
    ) -> Created {
        self.with(|slots| {
            slots.last += 1;
            let created = created(slots.last);
            if window == slots.window {
                let told = Waiting { created: created.clone(), copied: None, handed_over: None };
                slots.held.insert(slots.last, Slot { secret, begun: Arc::new(begun), told });
            }
            created
        })
    }

    /// The token whose value has waited longest, if one waits.
    pub fn waiting(&self) -> Option<Waiting> {
        self.with(|slots| {
            let first = slots.held.iter().min_by_key(|(handle, _)| **handle);
            first.map(|(_, slot)| slot.told.clone())
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

    /// Whether a text holds a part of any value, in whichever form.
    pub fn finds(&self, text: &str) -> bool {
        self.with(|slots| {
            slots.held.values().any(|slot| Redactor::of_value(&slot.secret).finds(text))
        })
    }

    /// The connection whose token it is of.
    pub fn connection(&self, handle: SecretHandle) -> Result<ConnectionId, Error> {
        self.with(|slots| slots.held.get(&handle).map(|slot| slot.begun.connection()))
            .ok_or(Error::SecretGone)
    }

    /// The connections whose new tokens' values were typed, in any form they are known by.
    pub fn owners_of(&self, typed: &Secret) -> Vec<ConnectionId> {
        self.with(|slots| {
            let is_in = |slot: &&Slot| Redactor::of_value(&slot.secret).finds_in(typed);
            slots.held.values().filter(is_in).map(|slot| slot.begun.connection()).collect()
        })
    }

    /// The token of a value that was neither copied nor delivered.
    pub fn unheld(&self, handle: SecretHandle) -> Option<Created> {
        self.with(|slots| {
            let slot = slots.held.get(&handle).filter(|slot| !slot.told.is_had());
            slot.map(|slot| slot.told.created.clone())
        })
    }

    /// Gives the value to somebody; the journal records it before and after. That may take its time,
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
            if let Some(slot) = slots.held.get_mut(&handle).filter(|_| given.is_ok()) {
                slot.told.note(to, now);
            }
        });
        given
    }

    /// Wipes the value and returns its create; a value that nobody has is kept, unless `anyway`.
    pub fn close(&self, handle: SecretHandle, anyway: bool) -> Result<Option<Closed>, Error> {
        self.with(|slots| match slots.held.get(&handle) {
            Some(slot) if !slot.told.is_had() && !anyway => Err(Error::NotCopied),
            // Dropping the slot wipes its memory; closing twice is not a mistake.
            _ => Ok(slots
                .held
                .remove(&handle)
                .map(|Slot { begun, told, .. }| Closed { begun, handed_over: told.is_had() })),
        })
    }

    /// Wipes every value, whoever has it or not, as the window is closed; returns the connections they were
    /// of.
    pub fn wipe(&self) -> Vec<ConnectionId> {
        let held = self.with(|slots| {
            slots.window.0 += 1;
            std::mem::take(&mut slots.held)
        });
        held.into_values().map(|slot| slot.begun.connection()).collect()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Slots) -> T) -> T {
        act(&mut self.slots.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use token_audit::Date;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn parked() -> (Vault, SecretHandle) {
        let vault = Vault::default();
        let handle = park(&vault, "entri_abcdefgh1234");
        (vault, handle)
    }

    fn park(vault: &Vault, secret: &str) -> SecretHandle {
        let secret = Secret::new(secret.to_owned());
        let created = |handle| Created {
            handle,
            mask: secret.mask(),
            key: None,
            name: "new".to_owned(),
            expires: Date::None,
            scopes: Vec::new(),
            differs: None,
        };
        vault.park(vault.window(), secret.clone(), InHand::sample(), created).handle
    }

    /// All values start the same way, so a common prefix reveals nothing.
    #[test]
    fn a_value_that_begins_as_another_one_is_not_that_one() {
        let (vault, _) = parked();
        for (typed, held) in [
            ("entri_abcdefgh1234", true),
            ("value: entri_ABCDEFGH", true),
            ("bcdefgh1", true),
            ("entri_abZ9876543210", false),
            ("entri_abcdefg", false),
        ] {
            let owners = vault.owners_of(&Secret::new(typed.to_owned()));
            assert_eq!(owners.len(), usize::from(held), "{typed}");
            assert_eq!(vault.finds(typed), held, "{typed}");
        }
    }

    #[test]
    fn whoever_comes_later_hears_what_waits_and_who_has_it() {
        let (vault, first) = parked();
        let second = park(&vault, "entri_other");
        let told = vault.waiting().unwrap();
        assert_eq!((told.created.handle, told.copied, told.handed_over), (first, None, None));
        vault.hand_over(first, "file ~/x", now(), |_| Ok(())).unwrap();
        vault.hand_over(first, CLIPBOARD, now(), |_| Ok(())).unwrap();
        let fails = |_: &Secret| Err::<(), _>(Error::Clipboard);
        assert!(vault.hand_over(first, "file ~/y", now(), fails).is_err());
        let told = vault.waiting().unwrap();
        assert_eq!(told.copied, Some(now()));
        assert_eq!(told.handed_over, Some(("file ~/x".to_owned(), now())));
        vault.close(first, false).unwrap();
        assert_eq!(vault.waiting().map(|told| told.created.handle), Some(second));
        vault.close(second, true).unwrap();
        assert_eq!(vault.waiting(), None);
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
        let other = park(&vault, "entri_other");
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
        let second = park(&vault, "entri_other");
        assert_ne!(first, second);
    }
}
