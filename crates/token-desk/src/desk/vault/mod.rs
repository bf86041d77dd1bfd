//! Where the value of a new token waits until it is delivered, and nowhere else.

mod fingerprints;
mod found;
#[cfg(test)]
mod tests;
mod waiting;
mod window;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, Secret};

use crate::error::Error;
use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::rotation::destination::Destination;
use crate::model::token::TokenKey;
use crate::model::token::created::{Created, SecretHandle};
use crate::redact::Redactor;
use crate::storage::journal::InHand;
pub use fingerprints::Fingerprints;
use found::FoundValues;
pub use waiting::{AtStake, Waiting};
pub use window::{Coming, Window};

/// The secrets of tokens created but not yet closed, and values that were found.
#[derive(Default)]
pub struct Vault {
    slots: Mutex<Slots>,
}

#[derive(Default)]
struct Slots {
    last: SecretHandle,
    window: Window,
    /// How many creates of this window are in flight.
    coming: usize,
    held: HashMap<SecretHandle, Slot>,
    found: FoundValues,
    /// What the app signed in with before it moved to a new token, and whose value that is.
    former: Option<(TokenKey, ApiToken)>,
}

/// Where a value is delivered to.
pub struct To<'a> {
    /// The place, as the journal names it.
    pub place: &'a str,
    /// How a value gets there again, if that may be kept.
    pub again: Option<&'a Destination>,
}

impl<'a> From<&'a str> for To<'a> {
    fn from(place: &'a str) -> Self {
        Self { place, again: None }
    }
}

/// A create whose value was wiped.
pub struct Closed {
    pub begun: Arc<InHand>,
    /// Whether the value was copied or delivered.
    pub delivered: bool,
}

impl Slots {
    /// Whether a value went to a place besides the clipboard.
    fn is_delivered(&self, handle: SecretHandle) -> bool {
        self.held.get(&handle).is_some_and(|slot| slot.told.delivered.is_some())
    }
}

struct Slot {
    secret: Secret,
    /// The create it belongs to; the journal records what happens to the value.
    begun: Arc<InHand>,
    /// What the page may know about it.
    told: Waiting,
    /// Why places of its rotation don't have it, by their ids.
    failed: HashMap<String, String>,
}

impl Vault {
    /// A create begins, whose value is waited for in the window that is open now.
    pub fn expect(&self) -> Coming<'_> {
        let window = self.with(|slots| {
            slots.coming += 1;
            slots.window
        });
        Coming { vault: self, window }
    }

    /// Whether this window is no longer the one that is open.
    pub fn is_closed(&self, window: Window) -> bool {
        self.with(|slots| slots.window != window)
    }

    /// Takes a value in; `created` describes its token, given the handle that identifies the value.
    /// The value is wiped if the create began in a window that is closed by now.
    pub fn park(
        &self,
        coming: &Coming<'_>,
        secret: Secret,
        begun: InHand,
        created: impl FnOnce(SecretHandle) -> Created,
    ) -> Created {
        self.with(|slots| {
            slots.last += 1;
            let created = created(slots.last);
            if coming.window == slots.window {
                let told = Waiting { created: created.clone(), copied: None, delivered: None };
                let (begun, failed) = (Arc::new(begun), HashMap::new());
                slots.held.insert(slots.last, Slot { secret, begun, told, failed });
            }
            created
        })
    }

    /// The token whose value has waited longest; `None` if no value is waiting.
    pub fn waiting(&self) -> Option<Waiting> {
        self.with(|slots| {
            let first = slots.held.iter().min_by_key(|(handle, _)| **handle);
            first.map(|(_, slot)| slot.told.clone())
        })
    }

    /// Lends the value to `use_it` while that runs.
    pub fn lend<T>(
        &self,
        handle: SecretHandle,
        use_it: impl FnOnce(&Secret) -> T,
    ) -> Result<T, Error> {
        self.with(|slots| slots.held.get(&handle).map(|slot| use_it(&slot.secret)))
            .ok_or(Error::SecretGone)
    }

    /// The value of this token, if it waits here.
    pub fn value_of(&self, key: &TokenKey) -> Option<Secret> {
        self.with(|slots| {
            let slot = slots.held.values().find(|it| it.told.created.key.as_ref() == Some(key));
            let former = || slots.former.as_ref().filter(|(of, _)| of == key);
            slot.map(|slot| slot.secret.clone())
                .or_else(|| slots.found.of(key))
                .or_else(|| former().map(|(_, value)| value.clone().into_secret()))
        })
    }

    /// Holds what the app signed in with until now.
    pub fn keep_former(&self, key: TokenKey, value: ApiToken) {
        self.with(|slots| slots.former = Some((key, value)));
    }

    /// Wipes what the app once signed in with, if that is what it holds for one of these.
    pub fn forget_former(&self, is_of: impl Fn(&TokenKey) -> bool) {
        self.with(|slots| slots.former.take_if(|(of, _)| is_of(of)));
    }

    /// The token whose value this is; `None` if its id isn't known.
    pub fn key_of(&self, handle: SecretHandle) -> Result<Option<TokenKey>, Error> {
        self.with(|slots| slots.held.get(&handle).map(|slot| slot.told.created.key.clone()))
            .ok_or(Error::SecretGone)
    }

    /// The scopes that the server gave the token of a value.
    pub fn scopes_of(&self, handle: SecretHandle) -> Result<Vec<String>, Error> {
        self.with(|slots| slots.held.get(&handle).map(|slot| slot.told.created.scopes.clone()))
            .ok_or(Error::SecretGone)
    }

    /// Whether a text contains part of any waiting value, in any form.
    pub fn finds(&self, text: &str) -> bool {
        self.with(|slots| {
            let found = slots.found.secrets();
            let mut all = slots.held.values().map(|slot| slot.secret.clone()).chain(found);
            all.any(|secret| Redactor::of_value(&secret).finds(text))
        })
    }

    /// The connection that the value's token belongs to.
    pub fn connection(&self, handle: SecretHandle) -> Result<ConnectionId, Error> {
        self.with(|slots| slots.held.get(&handle).map(|slot| slot.begun.connection()))
            .ok_or(Error::SecretGone)
    }

    /// The connections whose waiting values were typed, in any form.
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

    /// What would be lost if all values were wiped now. The clipboard holds the value `copied`; `is_there` says
    /// whether a token still exists, and `sandbox` is the connection whose tokens end with the app.
    pub fn at_stake(
        &self,
        copied: Option<SecretHandle>,
        sandbox: Option<ConnectionId>,
        is_there: impl Fn(&Created) -> bool,
    ) -> AtStake {
        let (unheld, creates, on_clipboard) = self.with(|slots| {
            let unheld = slots.held.values().filter(|slot| !slot.told.is_had());
            let unheld: Vec<_> =
                unheld.map(|slot| (slot.begun.connection(), slot.told.created.clone())).collect();
            (unheld, slots.coming, copied.is_some_and(|handle| !slots.is_delivered(handle)))
        });
        // Asked without the lock, since it takes others.
        let there: Vec<_> = unheld.into_iter().filter(|(_, created)| is_there(created)).collect();
        let of_sandbox = there.iter().filter(|(of, _)| Some(*of) == sandbox).count();
        let values = there.into_iter().map(|(_, created)| created.name).collect();
        AtStake { values, of_sandbox, creates, on_clipboard }
    }

    /// Delivers the value; the journal records it before and after. That may take time, so nothing
    /// is locked meanwhile.
    pub fn deliver<'a, T>(
        &self,
        handle: SecretHandle,
        to: impl Into<To<'a>>,
        now: DateTime<Utc>,
        give: impl FnOnce(&Secret) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let To { place, again } = to.into();
        let lent = |slot: &Slot| (slot.secret.clone(), Arc::clone(&slot.begun));
        let (secret, begun) =
            self.with(|slots| slots.held.get(&handle).map(lent)).ok_or(Error::SecretGone)?;
        begun.step(Deed::Delivering, Some(place), now);
        let given = give(&secret);
        let stage = if given.is_ok() { Deed::Delivered } else { Deed::NotDelivered };
        let again = again.map(Destination::to_kept);
        begun.step_with(stage, Some(place), again.as_slice(), now);
        self.with(|slots| {
            if let Some(slot) = slots.held.get_mut(&handle).filter(|_| given.is_ok()) {
                slot.told.note(place, now);
            }
        });
        given
    }

    /// Wipes the value and returns its create. Unless `anyway` is set, fails for a value that was neither copied nor
    /// delivered.
    pub fn close(&self, handle: SecretHandle, anyway: bool) -> Result<Option<Closed>, Error> {
        self.with(|slots| match slots.held.get(&handle) {
            Some(slot) if !slot.told.is_had() && !anyway => Err(Error::NotCopied),
            // Dropping the slot wipes its memory; closing twice is not a mistake.
            _ => Ok(slots
                .held
                .remove(&handle)
                .map(|Slot { begun, told, .. }| Closed { begun, delivered: told.is_had() })),
        })
    }

    /// Wipes every value as the window is closed, whether or not it was delivered; returns the
    /// connections of their tokens.
    pub fn wipe(&self) -> Vec<ConnectionId> {
        let held = self.with(|slots| {
            slots.window.0 += 1;
            slots.coming = 0;
            slots.found = FoundValues::default();
            slots.former = None;
            std::mem::take(&mut slots.held)
        });
        held.into_values().map(|slot| slot.begun.connection()).collect()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Slots) -> T) -> T {
        act(&mut self.slots.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
