//! Whether a token is there (docs/entri-api.md#lists).

use std::collections::{HashMap, HashSet};

use crate::client::{Client, Pages};
use crate::completeness::{Completeness, Incomplete, Whole};
use crate::error::Error;
use crate::model::id::TokenId;
use crate::model::token::{Token, TokenOwner};
use crate::page::Page;
use crate::wire::List;

/// Whether a token is in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It is, and this is its record.
    Present(Box<Token>),
    /// It doesn't exist: the list is complete and lacks it.
    Absent(Whole),
    /// Nobody can tell: the list is incomplete, or several tokens have the id.
    Unknown(Incomplete),
}

/// What one reading of an owner's list says about some tokens, and their positions, so that each can be
/// rechecked without reading the whole list.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// By id, with the number of its page.
    tokens: HashMap<TokenId, (Token, usize)>,
    /// Ids that several tokens have.
    ambiguous: HashSet<TokenId>,
    /// The path and query of each page, and how many tokens it had.
    pages: Vec<(String, usize)>,
    completeness: Completeness,
    /// Whether the record of any token has a field for last use.
    last_used_reported: bool,
    /// Whether the list was read twice, which proves that a token is absent.
    twice: bool,
}

impl Sighting {
    /// Whether a token was there.
    #[must_use]
    pub fn presence(&self, id: &TokenId) -> Presence {
        match (self.tokens.get(id), self.completeness) {
            _ if self.ambiguous.contains(id) => Presence::Unknown(Incomplete::RepeatedId),
            (Some((token, _)), _) => Presence::Present(Box::new(token.clone())),
            (None, Completeness::Whole(proof)) => Presence::Absent(proof),
            (None, Completeness::Incomplete(reason)) => Presence::Unknown(reason),
        }
    }

    /// Whether the list reports a last use for any of its tokens, not only for those looked for
    /// (docs/entri-api.md#tokens).
    #[must_use]
    pub fn last_used_reported(&self) -> bool {
        self.last_used_reported
    }

    /// A token in the second reading exists; a token in neither is absent if both were complete.
    fn confirm(&mut self, again: Self) {
        for (id, found) in again.tokens {
            self.tokens.entry(id).or_insert(found);
        }
        self.ambiguous.extend(again.ambiguous);
        (self.completeness, self.twice) = (again.completeness, true);
    }

    fn take(&mut self, ids: &HashSet<TokenId>, page: Page<Token>) {
        if page.anew {
            self.tokens.clear();
            self.pages.clear();
        }
        self.last_used_reported |= page.items.iter().any(|token| token.last_used_reported);
        let number = self.pages.len();
        self.pages.push((page.place, page.items.len()));
        for token in page.items.into_iter().filter(|token| ids.contains(&token.id)) {
            // A token that is repeated unchanged on another page has only moved. Two that differ are two,
            // whatever a second reading shows.
            let known = self.tokens.get(&token.id);
            if known.is_some_and(|(known, page)| *page == number || !is_same(known, &token)) {
                self.ambiguous.insert(token.id.clone());
            }
            self.tokens.insert(token.id.clone(), (token, number));
        }
    }

    /// The pages where a token of this page may be after so many have left the list, likeliest
    /// first. Newer tokens may have moved it the other way, too.
    fn places_near(&self, page: usize, gone: usize) -> impl Iterator<Item = &str> {
        let full = self.pages.iter().rev().skip(1).map(|(_, length)| *length).min();
        let back = gone.div_ceil(full.unwrap_or(usize::MAX).max(1));
        let numbers = (page.saturating_sub(back)..=page).rev().chain([page + 1]);
        numbers.filter_map(|number| self.pages.get(number)).map(|(place, _)| &**place)
    }
}

impl Client {
    /// Looks for a token in its owner's list. The API has no route for one token
    /// (docs/entri-api.md#tokens), so the list is read to its end: a second token with the id may be on any
    /// page.
    ///
    /// The list is read twice before a token counts as absent: a change of somebody else's can move one
    /// from an unread page to a read one, and where one token comes as another goes the count still fits.
    pub async fn find_token(&self, owner: &TokenOwner, id: &TokenId) -> Result<Presence, Error> {
        let ids = HashSet::from([id.clone()]);
        let mut sighting = self.find_tokens(owner, &ids).await?;
        self.confirmed(owner, &mut sighting, &ids, id).await
    }

    /// Looks for some of an owner's tokens in one reading of its list.
    pub async fn find_tokens(
        &self,
        owner: &TokenOwner,
        ids: &HashSet<TokenId>,
    ) -> Result<Sighting, Error> {
        let mut pages: Pages<'_, Token> = self.tokens(owner);
        let mut sighting = Sighting {
            tokens: HashMap::new(),
            ambiguous: HashSet::new(),
            pages: Vec::new(),
            completeness: pages.completeness(),
            last_used_reported: false,
            twice: false,
        };
        while let Some(page) = pages.next().await? {
            sighting.take(ids, page);
        }
        sighting.completeness = pages.completeness();
        Ok(sighting)
    }

    /// Whether the token exists, given a reading of the list that was just made: see
    /// [`Self::find_token`]. The second reading counts for all of these `ids` that the first one
    /// lacks.
    pub async fn confirmed(
        &self,
        owner: &TokenOwner,
        sighting: &mut Sighting,
        ids: &HashSet<TokenId>,
        id: &TokenId,
    ) -> Result<Presence, Error> {
        if !sighting.twice && matches!(sighting.presence(id), Presence::Absent(_)) {
            let again = self.find_tokens(owner, ids).await?;
            sighting.confirm(again);
        }
        Ok(sighting.presence(id))
    }

    /// Looks for a token on the page where an earlier reading saw it, and on the neighboring ones;
    /// `gone` is how many tokens have left the list since. `None` if the list has to be read again.
    pub async fn find_again(
        &self,
        sighting: &Sighting,
        id: &TokenId,
        gone: usize,
    ) -> Result<Option<Presence>, Error> {
        let Some((_, page)) = sighting.tokens.get(id) else {
            let proven = sighting.twice || sighting.completeness.proof().is_none();
            return Ok(proven.then(|| sighting.presence(id)));
        };
        if sighting.ambiguous.contains(id) {
            return Ok(Some(sighting.presence(id)));
        }
        for place in sighting.places_near(*page, gone) {
            let page: List<Token> = self.list(place).await?;
            let tokens = page.items.into_iter().flatten();
            let with_id: Vec<Token> = tokens.filter(|token| token.id == *id).collect();
            match <[Token; 1]>::try_from(with_id) {
                Ok([token]) => return Ok(Some(Presence::Present(Box::new(token)))),
                Err(none) if none.is_empty() => {}
                Err(_) => return Ok(Some(Presence::Unknown(Incomplete::RepeatedId))),
            }
        }
        Ok(None)
    }
}

/// Whether two records with one id are of one token: its last use may have moved.
fn is_same(one: &Token, other: &Token) -> bool {
    (&one.name, one.created_at) == (&other.name, other.created_at)
}
