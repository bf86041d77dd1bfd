//! Tokens looked up by their keys, all together: each list is gone through once, however many they are.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use entri_api::TokenId;
use token_audit::{Policy, Subject};

use crate::desk::Desk;
use crate::list::{Index, Inventory, subjects};
use crate::model::connection::ConnectionId;
use crate::model::time::clocks::Clocks;
use crate::model::token::{TokenKey, TokenRecord};

/// Where a token stands: in the list of its connection, whatever is shown.
pub(crate) struct Found {
    pub(crate) list: Arc<Inventory>,
    pub(crate) index: Index,
}

impl Found {
    pub(crate) fn token(&self) -> TokenRecord<'_> {
        self.list.record(self.index)
    }
}

impl Desk {
    /// The tokens with these keys, in their order; `None` if one is not in its list.
    pub(crate) fn find_all(&self, keys: &[TokenKey]) -> Vec<Option<Found>> {
        let mut ids: BTreeMap<ConnectionId, Vec<TokenId<&str>>> = BTreeMap::new();
        for key in keys {
            ids.entry(key.connection).or_default().push(key.id.borrowed());
        }
        let lists: HashMap<_, _> = ids
            .into_iter()
            .filter_map(|(connection, ids)| {
                let list = self.list_of(connection).ok()?;
                let found = list.find_all(ids);
                Some((connection, (list, found)))
            })
            .collect();
        let find = |TokenKey { connection, id }: &TokenKey| {
            let (list, found) = lists.get(connection)?;
            Some(Found { list: Arc::clone(list), index: *found.get(&id.borrowed())? })
        };
        keys.iter().map(find).collect()
    }

    /// The policy for each of these tokens, and the facts the rules need, with these lists to compare with.
    pub(crate) fn subjects(
        &self,
        tokens: &[Found],
        lists: &[(ConnectionId, Arc<Inventory>)],
        clocks: &Clocks,
    ) -> Vec<(Policy, Subject)> {
        let policies = self.state().policies();
        let found: Vec<_> = tokens.iter().map(|it| (&*it.list, it.index)).collect();
        let judged_by = found.iter().map(|(list, at)| policies.of(list.connection(*at)));
        judged_by.zip(subjects(&found, lists, &policies, clocks)).collect()
    }
}
