//! Whether the token to revoke is there, and alone with its id.

use entri_api::{Incomplete, Presence, Token, TokenId};

use crate::desk::Desk;
use crate::error::{Error, NotRevoked};
use crate::model::connection::ConnectionId;
use crate::model::gaps::{Gap, Why};

/// The token; `None` if it is proven to be gone.
///
/// # Errors
/// [`Error::PresenceUnknown`] if nobody can tell, [`NotRevoked::DuplicateId`] if several have the id.
pub(super) fn present(presence: Presence, id: &TokenId) -> Result<Option<Token>, Error> {
    match presence {
        Presence::Present(token) => Ok(Some(*token)),
        Presence::Absent(_) => Ok(None),
        Presence::Unknown(Incomplete::RepeatedId) => {
            Err(NotRevoked::DuplicateId { id: id.clone() }.into())
        }
        Presence::Unknown(reason) => Err(Error::PresenceUnknown { reason }),
    }
}

impl Desk {
    /// Makes sure that no two tokens of a connection have this id, as far as its lists show.
    ///
    /// # Errors
    /// [`NotRevoked::DuplicateId`] where two have it, [`NotRevoked::MayBeDoubled`] if nobody can tell: of the
    /// lists of before the app's start the disk keeps only that some ids are doubled.
    pub(super) fn is_the_only_one(&self, id: ConnectionId, token: &TokenId) -> Result<(), Error> {
        let state = self.state();
        let Some(held) = state.connection(id) else { return Ok(()) };
        if held.ambiguous.contains(token) {
            return Err(NotRevoked::DuplicateId { id: token.clone() }.into());
        }
        let doubled = |gap: &Gap| gap.why == Why::Incomplete(Incomplete::RepeatedId);
        let known = !held.ambiguous.is_empty() || !held.status.gaps.iter().any(doubled);
        if known { Ok(()) } else { Err(NotRevoked::MayBeDoubled.into()) }
    }
}
