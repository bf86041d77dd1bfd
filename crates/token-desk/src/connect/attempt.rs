//! Attempts to connect that wait for the admin's next answer. The newest one counts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use entri_api::{BaseUrl, Challenge, Credential, SignInError, User};

use super::{Choices, Persistence, Step};
use crate::error::Error;

/// What holds through all steps.
#[derive(Clone)]
pub(super) struct Attempt {
    pub(super) base_url: BaseUrl,
    pub(super) persistence: Persistence,
    pub(super) organization_id: Option<String>,
}

/// The attempt that waits.
#[derive(Default)]
pub(crate) struct Attempts {
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    last: u32,
    step: Option<(Attempt, WaitsFor)>,
}

enum WaitsFor {
    Factor(Arc<Challenge>),
    Organization(Credential, Option<User>),
}

impl Attempts {
    pub(super) fn wait_for_factor(&self, attempt: Attempt, challenge: Challenge) -> Step {
        let methods = challenge.methods().to_vec();
        let attempt = self.wait(attempt, WaitsFor::Factor(Arc::new(challenge)));
        Step::SecondFactor { attempt, methods }
    }

    pub(super) fn wait_for_organization(
        &self,
        attempt: Attempt,
        credential: Credential,
        user: Option<User>,
        choices: Choices,
    ) -> Step {
        let attempt = self.wait(attempt, WaitsFor::Organization(credential, user));
        Step::Organization { attempt, choices }
    }

    /// The second factor this attempt waits for.
    pub(super) fn challenge(&self, number: u32) -> Result<Arc<Challenge>, Error> {
        let waiting = self.lock();
        match &waiting.step {
            Some((_, WaitsFor::Factor(challenge))) if waiting.last == number => {
                Ok(Arc::clone(challenge))
            }
            _ => Err(SignInError::StartOver.into()),
        }
    }

    /// The attempt whose second factor was taken: it waits no longer.
    pub(super) fn factor_passed(&self, number: u32) -> Result<Attempt, Error> {
        self.take(number).map(|(attempt, _)| attempt)
    }

    /// The attempt whose organization was chosen.
    pub(super) fn chosen(
        &self,
        number: u32,
        id: String,
    ) -> Result<(Attempt, Credential, Option<User>), Error> {
        match self.take(number)? {
            (attempt, WaitsFor::Organization(credential, user)) => {
                Ok((Attempt { organization_id: Some(id), ..attempt }, credential, user))
            }
            (_, WaitsFor::Factor(_)) => Err(SignInError::StartOver.into()),
        }
    }

    fn wait(&self, attempt: Attempt, step: WaitsFor) -> u32 {
        let mut waiting = self.lock();
        waiting.last = waiting.last.wrapping_add(1);
        waiting.step = Some((attempt, step));
        waiting.last
    }

    fn take(&self, number: u32) -> Result<(Attempt, WaitsFor), Error> {
        let mut waiting = self.lock();
        let step = if waiting.last == number { waiting.step.take() } else { None };
        step.ok_or_else(|| SignInError::StartOver.into())
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
