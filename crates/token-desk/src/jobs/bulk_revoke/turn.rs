//! The turn of one token: revoked if nothing speaks against that, as soon as the server lets itself
//! be asked.

use std::time::Duration;

use entri_api::Error as ApiError;
use entri_api::ProjectId;
use token_audit::RevokeGrade;

use super::part::Part;
use crate::elapsed::Stopwatch;
use crate::error::{Code, Error};
use crate::jobs::revoke::{Decided, Guard, Guarded, Left, Looked, Reason, SHORT};
use crate::model::bulk_revoke::{BulkRevokeOutcome, BulkRevokeProgress, PlannedToken, Waits};
use crate::system::threads::lock;

/// How long to wait before a server that could not be reached is asked again.
const AGAIN: Duration = Duration::from_secs(3);

/// Why a token is left that the app signs in with.
pub(super) const OWN: &str = "Entri Tokens is signed in with it.";
/// Why a token is left that somebody decided to keep.
pub(super) const KEPT: &str = "It was marked to be kept in the meantime.";
/// Why a token is left that somebody took out of the plan.
pub(super) const UNTICKED: &str = "It was taken out of the plan.";

impl Part<'_> {
    /// Revokes one token and returns its outcome; `None` if the admin stopped it before.
    ///
    /// # Errors
    ///
    /// A failure that concerns the other tokens, too.
    pub(super) async fn turn(
        &self,
        guard: &mut Guard<'_>,
        token: &PlannedToken,
        done: usize,
    ) -> Result<Option<BulkRevokeOutcome>, Error> {
        let (began, mut asked) = (Stopwatch::start(), false);
        loop {
            self.tell(done, token, None);
            // Somebody may have decided meanwhile, to keep it.
            let kept = self.desk.kept(&token.key, (self.clock)());
            if kept.is_some_and(|decision| !token.was_planned_with(&decision)) {
                return Ok(Some(BulkRevokeOutcome::Skipped(KEPT.to_owned())));
            }
            let error = match self.revoked(guard, token).await {
                Ok(guarded) => return Ok(guarded.map(outcome)),
                Err(error) => error,
            };
            let waits = match &error {
                Error::Api(ApiError::RateLimited { wait, .. }) if !asked => {
                    asked = true;
                    Waits::Asked(wait.unwrap_or(SHORT))
                }
                error if is_unreachable(error) => {
                    if began.elapsed() >= *lock(&self.desk.inner.bulk_revokes.patience) {
                        return Err(Error::BulkRevokePaused { reason: error.to_string() });
                    }
                    Waits::Unreachable
                }
                _ if concerns_all(&error) => return Err(error),
                _ => return Ok(Some(BulkRevokeOutcome::Failed(error.to_string()))),
            };
            self.tell(done, token, Some(waits));
            if !self.wait(waits).await {
                return Ok(None);
            }
        }
    }

    /// Looks at a token and revokes it; `None` if the admin stopped it before a DELETE was sent.
    async fn revoked(
        &self,
        guard: &mut Guard<'_>,
        token: &PlannedToken,
    ) -> Result<Option<Guarded>, Error> {
        let (decided, now) = (decided(token), (self.clock)());
        let Some(looked) = self.unless_stopped(guard.look(&decided, now)).await else {
            return Ok(None);
        };
        match looked? {
            Looked::Clear(fresh) => guard.delete(&decided, &fresh, now).await.map(Some),
            Looked::Ended(guarded) => Ok(Some(guarded)),
        }
    }

    /// Waits; whether it was not stopped meanwhile.
    async fn wait(&self, waits: Waits) -> bool {
        let time = match waits {
            Waits::Asked(time) => time,
            Waits::Unreachable => AGAIN,
        };
        self.unless_stopped(tokio::time::sleep(time)).await.is_some()
    }

    fn tell(&self, done: usize, token: &PlannedToken, waits: Option<Waits>) {
        let (total, name) = (self.total, token.name.clone());
        self.desk.bulk_revoke_is_at(BulkRevokeProgress { done, total, name, waits });
    }
}

fn decided(token: &PlannedToken) -> Decided<'_> {
    Decided {
        id: &token.key.id,
        project_id: token.project_id.as_ref().map(ProjectId::borrowed),
        name: &token.name,
        created: token.created,
        last_used: token.last_used,
        revoked: false,
        own: false,
        may_be_own: token.may_be_own,
        grade: if token.needs_care { RevokeGrade::TypeName } else { RevokeGrade::Confirm },
        reason: Reason::Decided,
    }
}

fn outcome(guarded: Guarded) -> BulkRevokeOutcome {
    match guarded {
        Guarded::Revoked(_) => BulkRevokeOutcome::Revoked,
        Guarded::Gone => BulkRevokeOutcome::AlreadyGone,
        Guarded::Left(Left::UsedSince(used), _) => BulkRevokeOutcome::UsedSince(used),
        Guarded::Left(left, _) => BulkRevokeOutcome::Skipped(left.reason().to_owned()),
    }
}

/// Whether the server could not be reached, so that nothing was done yet: a DELETE that was sent has
/// another error.
fn is_unreachable(error: &Error) -> bool {
    matches!(
        error,
        Error::Api(
            ApiError::Unreachable { .. }
                | ApiError::Tls { .. }
                | ApiError::Timeout { .. }
                | ApiError::Interrupted { .. }
        )
    )
}

/// Whether a failure concerns all tokens. One token's failure or refusal says nothing about the
/// next; but without a sign-in none can be revoked, and in another organization none may be.
fn concerns_all(error: &Error) -> bool {
    matches!(error, Error::SignInReplaced | Error::OtherOrganization { .. })
        || matches!(error.code(), Code::Unauthorized | Code::Credential)
}
