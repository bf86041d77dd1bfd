//! Whether a token is there (contract §6, "Absence").

use crate::client::Client;
use crate::completeness::{Completeness, Incomplete, Whole};
use crate::error::Error;
use crate::page::Pages;
use crate::token::{Token, TokenOwner};

/// Whether a token is in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It is, and this is its record.
    Present(Box<Token>),
    /// It is not, and the list was read whole.
    Absent(Whole),
    /// Nobody can tell: the list could not be read whole, or several tokens have the id.
    Unknown(Incomplete),
}

impl Client {
    /// Looks for a token in its owner's list. The API has no route for one token (contract §5), so
    /// the list is read to its end: a second token with the id may be on any page.
    ///
    /// A server that does not say how many tokens there are is asked twice before a token counts as
    /// absent: a change of somebody else's can move one from an unread page to a read one.
    pub async fn find_token(&self, owner: &TokenOwner, id: &str) -> Result<Presence, Error> {
        let (presence, counted) = self.look_for(owner, id).await?;
        match presence {
            Presence::Absent(_) if !counted => Ok(self.look_for(owner, id).await?.0),
            presence => Ok(presence),
        }
    }

    /// The presence, and whether the server said how many tokens there are.
    async fn look_for(&self, owner: &TokenOwner, id: &str) -> Result<(Presence, bool), Error> {
        let (mut found, mut ambiguous) = (None::<Token>, false);
        let mut pages: Pages<'_, Token> = self.tokens(owner);
        while let Some(page) = pages.next().await? {
            if page.anew {
                found = None;
            }
            let mut with_id = page.items.into_iter().filter(|token| token.id == id);
            let Some(token) = with_id.next() else { continue };
            // One that comes again on another page as it was has only moved. Two that differ are
            // two, whatever a second reading shows.
            let moved = found.as_ref().is_none_or(|known| is_same(known, &token));
            ambiguous |= with_id.next().is_some() || !moved;
            found = Some(token);
        }
        let presence = match (found, pages.completeness()) {
            _ if ambiguous => Presence::Unknown(Incomplete::RepeatedId),
            (Some(token), _) => Presence::Present(Box::new(token)),
            (None, Completeness::Whole(proof)) => Presence::Absent(proof),
            (None, Completeness::Incomplete(reason)) => Presence::Unknown(reason),
        };
        Ok((presence, pages.counted()))
    }
}

/// Whether two records with one id are of one token: its last use may have moved.
fn is_same(one: &Token, other: &Token) -> bool {
    (&one.name, one.created_at) == (&other.name, other.created_at)
}
