//! The turn of one token: revoked if nothing speaks against that, as soon as the server lets itself
//! be asked.

use std::time::Duration;

use entri_api::Error as ApiError;
use token_audit::RevokeGrade;

use super::part::Part;
use crate::elapsed::Stopwatch;
use crate::error::{Code, Error};
use crate::jobs::revoke::{Decided, Guard, Guarded, Left, Looked, SHORT};
use crate::model::bulk_revoke::{CleanupOutcome, CleanupProgress, PlannedToken, Waits};
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
    /// What came of a token; `None` if the admin stopped it before.
    ///
    /// # Errors
    /// What concerns the other tokens too.
    pub(super) async fn turn(
        &self,
        guard: &mut Guard<'_>,
        token: &PlannedToken,
        done: usize,
    ) -> Result<Option<CleanupOutcome>, Error> {
        let (began, mut asked) = (Stopwatch::start(), false);
        loop {
            self.tell(done, token, None);
            // Somebody may have decided meanwhile, to keep it.
            let kept = self.desk.kept(&token.key, (self.clock)());
            if kept.is_some_and(|decision| !token.was_planned_with(&decision)) {
                return Ok(Some(CleanupOutcome::Skipped(KEPT.to_owned())));
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
                    if began.elapsed() >= *lock(&self.desk.inner.cleanups.patience) {
                        return Err(Error::CleanupPaused { reason: error.to_string() });
                    }
                    Waits::Unreachable
                }
                _ if concerns_all(&error) => return Err(error),
                _ => return Ok(Some(CleanupOutcome::Failed(error.to_string()))),
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
        self.desk.cleanup_is_at(CleanupProgress { done, total, name, waits });
    }
}

fn decided(token: &PlannedToken) -> Decided<'_> {
    Decided {
        id: &token.key.id,
        project_id: token.project_id.as_deref(),
        name: &token.name,
        created: token.created,
        last_used: token.last_used,
        revoked: false,
        own: false,
        may_be_own: token.may_be_own,
        grade: if token.in_use { RevokeGrade::TypeName } else { RevokeGrade::Confirm },
    }
}

fn outcome(guarded: Guarded) -> CleanupOutcome {
    match guarded {
        Guarded::Revoked => CleanupOutcome::Revoked,
        Guarded::Gone => CleanupOutcome::AlreadyGone,
        Guarded::Left(Left::UsedSince(used), _) => CleanupOutcome::UsedSince(used),
        Guarded::Left(left, _) => CleanupOutcome::Skipped(left.reason().to_owned()),
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

/// What fails for one token may do for the next, a refusal of the one too. Without a sign-in nothing does,
/// and in another organization nothing may.
fn concerns_all(error: &Error) -> bool {
    matches!(error, Error::SignInReplaced | Error::OtherOrganization { .. })
        || matches!(error.code(), Code::Unauthorized | Code::Credential)
}
