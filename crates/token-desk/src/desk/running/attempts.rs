//! Attempts to connect that wait for the admin's next answer. The newest one counts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use entri_api::{BaseUrl, Challenge, Credential, OrganizationId, SignInError, User};

use crate::error::Error;
use crate::model::connection::sign_in::{Choices, Persistence, Step};

/// The part of a sign-in that stays the same through all steps.
#[derive(Clone)]
pub(crate) struct Attempt {
    pub(crate) base_url: BaseUrl,
    pub(crate) persistence: Persistence,
    pub(crate) organization_id: Option<OrganizationId>,
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
    Organization(Credential, Option<User>, Choices),
}

impl WaitsFor {
    fn step(&self, attempt: u32) -> Step {
        match self {
            Self::Factor(challenge) => {
                Step::SecondFactor { attempt, methods: challenge.methods().to_vec() }
            }
            Self::Organization(_, _, choices) => {
                Step::Organization { attempt, choices: choices.clone() }
            }
        }
    }
}

impl Attempts {
    pub(crate) fn wait_for_factor(&self, attempt: Attempt, challenge: Challenge) -> Step {
        self.wait(attempt, WaitsFor::Factor(Arc::new(challenge)))
    }

    pub(crate) fn wait_for_organization(
        &self,
        attempt: Attempt,
        credential: Credential,
        user: Option<User>,
        choices: Choices,
    ) -> Step {
        self.wait(attempt, WaitsFor::Organization(credential, user, choices))
    }

    /// The server of the attempt that waits, and what it waits for.
    pub(crate) fn step(&self) -> Option<(BaseUrl, Step)> {
        let waiting = self.lock();
        let (attempt, step) = waiting.step.as_ref()?;
        Some((attempt.base_url.clone(), step.step(waiting.last)))
    }

    /// Whatever waits does so no longer.
    pub(crate) fn forget(&self) {
        self.lock().step = None;
    }

    /// The second factor this attempt waits for.
    pub(crate) fn challenge(&self, number: u32) -> Result<Arc<Challenge>, Error> {
        let waiting = self.lock();
        match &waiting.step {
            Some((_, WaitsFor::Factor(challenge))) if waiting.last == number => {
                Ok(Arc::clone(challenge))
            }
            _ => Err(SignInError::StartOver.into()),
        }
    }

    /// The attempt of this number, which waits no longer: it has gone on, or was given up.
    pub(crate) fn take(&self, number: u32) -> Result<Attempt, Error> {
        let mut waiting = self.lock();
        let step = if waiting.last == number { waiting.step.take() } else { None };
        step.map(|(attempt, _)| attempt).ok_or_else(|| SignInError::StartOver.into())
    }

    /// The attempt whose organization was chosen. It waits on: another one can be chosen after one that
    /// refuses.
    pub(crate) fn chosen(
        &self,
        number: u32,
        id: OrganizationId,
    ) -> Result<(Attempt, Credential, Option<User>), Error> {
        let waiting = self.lock();
        match &waiting.step {
            Some((attempt, WaitsFor::Organization(credential, user, _)))
                if waiting.last == number =>
            {
                let attempt = Attempt { organization_id: Some(id), ..attempt.clone() };
                Ok((attempt, credential.clone(), user.clone()))
            }
            _ => Err(SignInError::StartOver.into()),
        }
    }

    fn wait(&self, attempt: Attempt, step: WaitsFor) -> Step {
        let mut waiting = self.lock();
        waiting.last = waiting.last.wrapping_add(1);
        let shown = step.step(waiting.last);
        waiting.step = Some((attempt, step));
        shown
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
