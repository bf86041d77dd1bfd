//! The token that the app itself signs in with, where no list shows which one that is.

use token_audit::RevokeGrade;

use crate::connection::{ConnectionId, Method};
use crate::desk::Desk;

impl Desk {
    /// Whether a token may be the one that the app itself signs in with, by what the server shows of its
    /// value: the list shows of none that it is. Never of one that takes no confirmation, since it no
    /// longer works.
    pub(crate) fn may_be_own(
        &self,
        connection: ConnectionId,
        preview: Option<&str>,
        grade: RevokeGrade,
    ) -> bool {
        let state = self.state();
        let Some(line) = state.line(connection) else { return false };
        if grade == RevokeGrade::OneClick || line.list.shows_own() {
            return false;
        }
        match &line.client {
            Some(client) => client.may_match_preview(preview),
            // The API token is not known before it is asked for.
            None => line.connection.method == Method::ApiToken && preview.is_none(),
        }
    }
}
