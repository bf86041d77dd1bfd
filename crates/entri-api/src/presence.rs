//! Whether a token is there (contract §6, "Absence").

use crate::client::Client;
use crate::completeness::{Incomplete, Whole};
use crate::error::Error;
use crate::page::{PagePlace, Pages};
use crate::token::{Token, TokenOwner};

/// Whether a token is in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It is: this is its record, and where it was read.
    Present(Box<Token>, PagePlace),
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
        let mut found: Vec<(Token, PagePlace)> = Vec::new();
        let mut pages: Pages<'_, Token> = self.tokens(owner);
        while let Some(page) = pages.next().await? {
            if page.anew {
                found.clear();
            }
            let with_id = page.items.into_iter().filter(|token| token.id == id);
            let mut with_id: Vec<_> = with_id.map(|token| (token, page.place.clone())).collect();
            // One that comes again on another page as it was has only moved.
            if let ([known], [again]) = (&found[..], &with_id[..])
                && known.0 == again.0
            {
                found.clear();
            }
            found.append(&mut with_id);
        }
        let completeness = pages.completeness();
        let presence = match (found.pop(), completeness.proof()) {
            (Some((token, place)), _) if found.is_empty() => {
                Presence::Present(Box::new(token), place)
            }
            (Some(_), _) => Presence::Unknown(Incomplete::RepeatedId),
            (None, Some(proof)) => Presence::Absent(proof),
            (None, None) => {
                Presence::Unknown(completeness.reason().unwrap_or(Incomplete::CutShort))
            }
        };
        Ok((presence, pages.counted()))
    }
}
