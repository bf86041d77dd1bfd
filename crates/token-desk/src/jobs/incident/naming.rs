//! Whose value it is, without asking any server.

use std::sync::Arc;

use entri_api::{ApiToken, PreviewFit};
use token_audit::OwnUse;
use token_audit::naming::{Fit, Naming, by_preview};

use crate::desk::Desk;
use crate::error::KeychainError;
use crate::list::{Index, Inventory};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::token::TokenKey;
use crate::model::token::fingerprint::{Fingerprint, Print};
use crate::model::token::identity::Likeness;
use crate::model::token::incident::Sureness;

const FINGERPRINT: &str = "matched by its fingerprint, nothing was sent";
const SIGN_IN: &str = "this app signs in with it, nothing was sent";
const PREVIEW: &str = "only its preview fits, nothing was sent";

/// Whose a value is.
pub(crate) enum Whose {
    /// It is the value of this token.
    Named {
        key: TokenKey,
        name: String,
        sureness: Sureness,
        how: &'static str,
        /// The test that named it, which was a use by the app.
        tested: Option<OwnUse>,
    },
    /// It may be the value of one of these tokens.
    OneOf { keys: Vec<TokenKey>, says: String },
    /// Nothing points at any token.
    Nobody { says: Option<String> },
}

/// A connection with its list, and whether that has all tokens.
pub(crate) type Listed = (Connection, Arc<Inventory>, bool);

impl Whose {
    pub fn connection(&self) -> Option<ConnectionId> {
        match self {
            Self::Named { key, .. } => Some(key.connection),
            Self::OneOf { keys, .. } => keys.first().map(|key| key.connection),
            Self::Nobody { .. } => None,
        }
    }
}

impl Desk {
    /// Whose value it is by fingerprints, by the app's own credentials, and by the previews in the lists; and whether
    /// all fingerprints could be compared. Asks the keychain.
    pub(super) fn whose(&self, value: &ApiToken) -> (Whose, bool) {
        let lists = self.listed_for_naming();
        let (named, unavailable) = self.by_fingerprint(value, &lists);
        let compared = unavailable.is_none();
        let named = named
            .or_else(|| self.by_sign_in(value))
            .or_else(|| by_previews(|preview| value.fit(preview), &lists));
        let whose = named.unwrap_or_else(|| Whose::Nobody {
            says: unavailable.map(|error| format!("{error}, so fingerprints can’t be compared.")),
        });
        (whose, compared)
    }

    /// All connections with their lists.
    pub(crate) fn listed_for_naming(&self) -> Vec<Listed> {
        let state = self.state();
        let listed = state.connections.iter().map(|held| {
            let complete = held.status.complete() && held.status.synced_at.is_some();
            (held.connection.clone(), Arc::clone(&held.list), complete)
        });
        listed.collect()
    }

    /// The token whose value has one of these fingerprints.
    pub(crate) fn named_by_prints(&self, prints: &[Print], lists: &[Listed]) -> Option<Whose> {
        let known = prints.iter().flat_map(|print| self.inner.fingerprints.with(print));
        known.into_iter().find_map(|it| named(it, lists))
    }

    fn by_fingerprint(
        &self,
        value: &ApiToken,
        lists: &[Listed],
    ) -> (Option<Whose>, Option<KeychainError>) {
        let (inner, secret) = (&self.inner, value.clone().into_secret());
        let mut unavailable = None;
        for sandbox in [true, false] {
            if !lists.iter().any(|(connection, ..)| connection.sandbox == sandbox) {
                continue;
            }
            match inner.fingerprints.of(&secret, sandbox, &inner.keychain) {
                Ok(print) => {
                    if let Some(named) = self.named_by_prints(&[print], lists) {
                        return (Some(named), None);
                    }
                }
                Err(error) => unavailable = Some(error),
            }
        }
        (None, unavailable)
    }

    /// The app's own token, if the list shows which one it is.
    fn by_sign_in(&self, value: &ApiToken) -> Option<Whose> {
        let state = self.state();
        state.connections.iter().find_map(|held| {
            let own = held.client.as_ref().is_some_and(|client| client.signs_in_with(value));
            let index = held.list.own_row().filter(|_| own)?;
            Some(Whose::Named {
                key: held.list.key(index),
                name: held.list.name(index).to_owned(),
                sureness: Sureness::Likely,
                how: SIGN_IN,
                tested: None,
            })
        })
    }
}

/// The token of a fingerprint, unless its connection is gone or another token has its id now.
fn named(of: Fingerprint, lists: &[Listed]) -> Option<Whose> {
    let Fingerprint { key, token, sure, .. } = of;
    let (_, list, _) = lists.iter().find(|(connection, ..)| connection.id == key.connection)?;
    let (name, is_same) = match list.find(&key).map(|index| list.record(index)) {
        Some(now) => match token.compare(now.name, now.created) {
            Likeness::Other => return None,
            likeness => (now.name.to_owned(), likeness == Likeness::Same),
        },
        None => (token.name, true),
    };
    let sureness = if sure && is_same { Sureness::Certain } else { Sureness::Likely };
    Some(Whose::Named { key, name, sureness, how: FINGERPRINT, tested: None })
}

/// By how the previews in all lists fit; `None` if none does.
pub(crate) fn by_previews(
    compared: impl Fn(Option<&str>) -> PreviewFit,
    lists: &[Listed],
) -> Option<Whose> {
    let rows: Vec<(&Inventory, Index)> = lists
        .iter()
        .flat_map(|(_, list, _)| list.indices().map(|index| (&**list, index)))
        .collect();
    let fits: Vec<_> =
        rows.iter().map(|(list, at)| fit(compared(list.record(*at).preview))).collect();
    let complete = lists.iter().all(|(.., complete)| *complete);
    let key = |at: &usize| rows[*at].0.key(rows[*at].1);
    match by_preview(&fits, complete) {
        Naming::Certain(at) | Naming::Likely(at) => {
            let (list, index) = rows[at];
            let name = list.name(index).to_owned();
            let (sureness, how) = (Sureness::Likely, PREVIEW);
            Some(Whose::Named { key: key(&at), name, sureness, how, tested: None })
        }
        Naming::OneOf(all) => {
            let keys: Vec<_> = all.iter().map(key).collect();
            let says = match keys.len() {
                1 => "The preview of this token fits, but others can’t be ruled out.".to_owned(),
                several => format!("The previews of {several} tokens fit."),
            };
            Some(Whose::OneOf { keys, says })
        }
        Naming::Nobody => None,
    }
}

fn fit(of: PreviewFit) -> Fit {
    match of {
        PreviewFit::Strong => Fit::Strong,
        PreviewFit::Weak => Fit::Weak,
        PreviewFit::Differs => Fit::Differs,
        PreviewFit::Open => Fit::Open,
    }
}
