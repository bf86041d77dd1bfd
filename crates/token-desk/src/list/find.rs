//! Finds tokens of an inventory by their id, name or preview.

use entri_api::TokenId;
use foldhash::{HashMap, HashMapExt, HashSet};

use token_audit::by_others;

use super::inventory::{Index, Inventory};
use crate::model::time::dates::Stamp;
use crate::model::token::TokenKey;
use crate::model::token::own_uses::OwnUses;

impl Inventory {
    /// Marks the token that the app is signed in with: the only one whose preview fits. If two fit, none is
    /// marked, since either may be somebody else's. Returns whether anything changed.
    pub fn mark_own(&mut self, fits: impl Fn(&str) -> bool) -> bool {
        let own = self.only_one(fits).into_iter().collect();
        let changed = self.own != own;
        self.own = own;
        changed
    }

    /// Sets the last uses of a list of one connection to those by others than the app. Returns whether that changed
    /// anything.
    pub(crate) fn leave_out(&mut self, own_uses: &OwnUses) -> bool {
        if own_uses.is_empty() {
            return false;
        }
        let mut changed = false;
        for (id, index) in self.find_all(own_uses.keys().map(TokenId::borrowed)) {
            let used = &mut self.last_used[index as usize];
            let others = Stamp::from(by_others((*used).into(), &own_uses[id.0]));
            changed |= *used != others;
            *used = others;
        }
        changed
    }

    /// Whether a token is known to be the one that the app is signed in with.
    pub(crate) fn shows_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// That token's row, unless it is known only from an earlier list.
    pub(crate) fn own_row(&self) -> Option<Index> {
        let [own] = self.own[..] else { return None };
        self.last_listed(own).is_none().then_some(own)
    }

    fn only_one(&self, fits: impl Fn(&str) -> bool) -> Option<Index> {
        let mut own = self.indices().filter(|&index| fits(self.preview(index)));
        let only = own.next()?;
        own.next().is_none().then_some(only)
    }

    /// Where the token stands.
    #[must_use]
    pub fn find(&self, TokenKey { connection, id }: &TokenKey) -> Option<Index> {
        let id = id.borrowed();
        let finder = memchr::memmem::Finder::new(id.0);
        let mut from = 0;
        loop {
            let hit = from + finder.find(self.text.as_bytes().get(from..)?)?;
            // A token's text is its name and then its id, so a hit must fill the id's place exactly.
            let index = self.id_at.binary_search(&u32::try_from(hit).ok()?).ok();
            let index = index.and_then(|index| Index::try_from(index).ok());
            let sought =
                |&index: &Index| self.id(index) == id && self.connection(index) == *connection;
            if let Some(index) = index.filter(sought) {
                return Some(index);
            }
            // The id may begin within this hit, where the name ends in what the id begins with.
            from = hit + 1;
        }
    }

    /// Where the tokens with these ids stand in a list of one connection. It is gone through once, however
    /// many they are.
    pub(crate) fn find_all<'a>(
        &self,
        ids: impl IntoIterator<Item = TokenId<&'a str>>,
    ) -> HashMap<TokenId<&'a str>, Index> {
        let ids: HashSet<_> = ids.into_iter().map(|id| id.0).collect();
        let mut found = HashMap::with_capacity(ids.len());
        for index in self.indices() {
            if let Some(id) = ids.get(self.id(index).0) {
                found.entry(TokenId(*id)).or_insert(index);
            }
        }
        found
    }

    /// Whether a token has exactly this name.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        !name.is_empty() && self.indices().any(|index| self.name(index) == name)
    }
}
