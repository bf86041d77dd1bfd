//! Whether a token that was just read is still as it was confirmed.

use chrono::{DateTime, Utc};
use entri_api::Token;
use token_audit::{AsOf, Date, TokenFacts};

use super::{Decided, Guard, Reason};
use crate::jobs::revoke::Left;
use crate::model::time::dates::{Stamp, told};
use crate::model::token::identity::{Identity, Likeness};

impl Guard<'_> {
    /// The first difference from what was confirmed; `None` if the token can be revoked.
    pub(super) fn compare(
        &self,
        decided: &Decided<'_>,
        fresh: &Token,
        now: DateTime<Utc>,
    ) -> Option<Left> {
        if let Some(left) = other_token(decided, fresh) {
            return Some(left);
        }
        // If two tokens look alike, either may be meant, so neither is revoked without asking.
        let fits = |preview: &String| self.live.client.matches_preview(preview);
        let own = decided.own || fresh.preview.as_ref().is_some_and(fits);
        if own && !decided.own && !decided.may_be_own {
            return Some(Left::Own);
        }
        let last_used = self.by_others(fresh);
        // The last use of the app's own token says nothing, since checking it is itself a use.
        let matters = decided.reason != Reason::ValueFound;
        let used = !own && matters;
        if used && Stamp::from(last_used) != Stamp::from(decided.last_used) {
            return Some(last_used.at().map_or(Left::NotCompared, Left::UsedSince));
        }
        if used && self.is_use_silenced(decided, fresh) {
            return Some(Left::NotCompared);
        }
        let clocks = self.desk.clocks(now);
        let connection = self.live.connection.id;
        let facts = TokenFacts {
            created: told(fresh.created_at),
            expires: told(fresh.expires_at),
            last_used,
            last_used_reported: fresh.last_used_reported,
            revoked: fresh.revoked,
            own,
            as_of: AsOf { read: clocks.of(connection), ..clocks.as_of(connection) },
        };
        let grade = clocks.revoke_grade(connection, &facts, &fresh.name);
        let told = decided.own || decided.may_be_own;
        if !told && self.desk.may_be_own(connection, fresh.preview.as_deref(), grade) {
            return Some(Left::Own);
        }
        (matters && grade > decided.grade).then_some(Left::Changed)
    }

    /// Its last use by others than the app, as lists show it.
    fn by_others(&self, fresh: &Token) -> Date {
        let told = told(fresh.last_used_at);
        let state = self.desk.state();
        let held = state.connection(self.live.connection.id);
        held.map_or(told, |held| held.journaled.by_others(&fresh.id, told))
    }

    /// Whether the server used to report when this owner's tokens were used, and no longer does: the
    /// token may have been used since.
    fn is_use_silenced(&self, decided: &Decided<'_>, fresh: &Token) -> bool {
        if fresh.last_used_reported || self.lists.report_use(&self.owner(decided.project_id)) {
            return false;
        }
        let Ok(list) = self.desk.list_of(self.live.connection.id) else { return false };
        let mut records = list.records();
        records.any(|it| it.project_id == decided.project_id && it.last_used != Date::None)
    }
}

/// An id may be reused: it is the same token if its name and creation date are the same.
fn other_token(decided: &Decided<'_>, fresh: &Token) -> Option<Left> {
    let known = Identity { name: decided.name.to_owned(), created: decided.created };
    match known.compare(&fresh.name, told(fresh.created_at)) {
        Likeness::Same => None,
        Likeness::Undated => Some(Left::NotRecognized),
        Likeness::Doubtful | Likeness::Other => Some(Left::OtherToken { name: fresh.name.clone() }),
    }
}
