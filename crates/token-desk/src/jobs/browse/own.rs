//! The token that the app is signed in with, if no list shows which one it is.

use token_audit::RevokeGrade;

use crate::desk::Desk;
use crate::model::connection::{ConnectionId, Method};

impl Desk {
    /// Whether a token may be the one that the app itself signs in with, according to the preview
    /// of its value. It never is if the list shows which token that is, or if the token can be
    /// revoked without confirmation, because then it no longer works.
    pub(crate) fn may_be_own(
        &self,
        connection: ConnectionId,
        preview: Option<&str>,
        grade: RevokeGrade,
    ) -> bool {
        let state = self.state();
        let Some(held) = state.connection(connection) else { return false };
        if grade == RevokeGrade::OneClick || held.list.shows_own() {
            return false;
        }
        match &held.client {
            Some(client) => client.may_match_preview(preview),
            // Until the keychain gives the API token, no preview can be compared with it.
            None => held.connection.method == Method::ApiToken && preview.is_none(),
        }
    }
}
