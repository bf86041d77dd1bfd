//! The embedded sandbox: a real Entri-compatible server in this process, on loopback. It has a year behind
//! it, so that what a year of looking shows can be seen in the first minute.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, Drill, Practice, Sandbox, StartError, clear_drills};
use token_desk::{
    ConnectRequest, ConnectionId, CredentialRequest, Desk, Error, Past, Persistence, Secret, Shown,
    TokenId,
};
use tokio::sync::Mutex;

const PAST: TimeDelta = TimeDelta::days(365);

/// The one sandbox of this process; started when first asked for.
#[derive(Default)]
pub struct EmbeddedSandbox {
    running: Mutex<Option<Sandbox>>,
    /// The drill that somebody is in.
    drill: Mutex<Option<Practice>>,
    /// Held while a drill is begun or ended, so that a second one waits for the first.
    turn: Mutex<()>,
}

/// How far a drill is.
pub struct Drilled {
    /// What somebody practices in it.
    pub drill: Drill,
    /// How many seconds it has taken, or took.
    pub seconds: i64,
    /// After how many seconds each step was seen.
    pub steps: Vec<Option<i64>>,
    /// Whether nothing more can be done.
    pub over: bool,
}

impl EmbeddedSandbox {
    /// Connects the desk to the sandbox, through the same code that connects to Entri.
    pub async fn connect(&self, desk: &Desk, now: DateTime<Utc>) -> Result<(), Error> {
        let mut running = self.running.lock().await;
        if running.is_none() {
            let config = Config { past: Some(PAST), ..Config::default() };
            let sandbox = Sandbox::start(config).await.map_err(failed)?;
            let uses = uses(&sandbox).map_err(failed)?;
            desk.recall_sandbox(Past { since: now - PAST, uses });
            *running = Some(sandbox);
        }
        let ready = running.as_ref().map(Sandbox::ready).ok_or(Error::Worker)?;
        let request = ConnectRequest {
            address: ready.base_url.clone(),
            credential: CredentialRequest::ApiToken(Secret::new(ready.admin_token.clone())),
            organization_id: None,
        };
        // A key has one organization and no second factor, so this is the only step.
        desk.connect(request, Persistence::Sandbox, now).await.map(|_| ())
    }

    /// Ends the sandbox that is running, if any, and all that was made in it: the next one starts anew, at another
    /// address, so that nothing decided or noted before is about its tokens.
    pub async fn close(&self) {
        let _turn = self.turn.lock().await;
        *self.drill.lock().await = None;
        *self.running.lock().await = None;
    }

    /// Shows the sandbox, opened if it isn't yet, and begins a drill in it in place of one that is going on. Nothing of
    /// it concerns another connection.
    pub async fn begin(
        &self,
        drill: Drill,
        desk: &Desk,
        now: DateTime<Utc>,
    ) -> Result<ConnectionId, Error> {
        let _turn = self.turn.lock().await;
        if desk.sandbox().is_none() {
            self.connect(desk, now).await?;
        }
        let id = desk.sandbox().ok_or(Error::NotConnected)?;
        *self.drill.lock().await = None;
        self.clear(desk, now).await?;
        let practice = {
            let running = self.running.lock().await;
            drill.begin(running.as_ref().ok_or(Error::NotConnected)?).map_err(failed)?
        };
        desk.show(Shown::One(id), now).await?;
        desk.sync(id, now).await;
        if drill == Drill::Leak {
            plant(desk, &practice).await?;
        }
        *self.drill.lock().await = Some(practice);
        Ok(id)
    }

    /// Plays everybody else's part in the drill up to now, and says how far it is; `None` if there is none.
    pub async fn go_on(&self) -> Result<Option<Drilled>, Error> {
        let (mut drill, running) = (self.drill.lock().await, self.running.lock().await);
        let (Some(practice), Some(sandbox)) = (&mut *drill, &*running) else { return Ok(None) };
        if !practice.is_over() {
            practice.go_on(sandbox).map_err(failed)?;
        }
        Ok(Some(Drilled {
            drill: practice.drill(),
            seconds: practice.took(sandbox.now()),
            steps: practice.steps(),
            over: practice.is_over(),
        }))
    }

    /// Copies the value again that somebody is to find.
    pub async fn copy_value(&self, desk: &Desk) -> Result<(), Error> {
        match &*self.drill.lock().await {
            Some(practice) => plant(desk, practice).await,
            None => Ok(()),
        }
    }

    /// Ends the drill, however far it is, with all that it left in the sandbox.
    pub async fn end_drill(&self, desk: &Desk, now: DateTime<Utc>) -> Result<(), Error> {
        let _turn = self.turn.lock().await;
        if self.drill.lock().await.take().is_none() {
            return Ok(());
        }
        self.clear(desk, now).await?;
        if let Some(id) = desk.sandbox() {
            desk.sync(id, now).await;
        }
        Ok(())
    }

    /// Takes away what earlier drills left, so that nobody takes their tokens for that of the next one.
    async fn clear(&self, desk: &Desk, now: DateTime<Utc>) -> Result<(), Error> {
        let left = match &*self.running.lock().await {
            Some(sandbox) => clear_drills(sandbox).map_err(failed)?,
            None => return Ok(()),
        };
        let left: Vec<_> = left.into_iter().map(TokenId).collect();
        desk.end_drills(&left, now).await
    }
}

async fn plant(desk: &Desk, practice: &Practice) -> Result<(), Error> {
    let id = TokenId(practice.token().to_owned());
    desk.plant(id, practice.value().to_owned()).await
}

#[expect(clippy::needless_pass_by_value, reason = "maps an error")]
fn failed(error: StartError) -> Error {
    Error::Sandbox(error.to_string())
}

/// The uses of each token, by its id.
fn uses(sandbox: &Sandbox) -> Result<HashMap<TokenId, Vec<DateTime<Utc>>>, StartError> {
    let tokens = sandbox.truth()?.into_iter();
    tokens.map(|token| Ok((TokenId(token.id.clone()), sandbox.uses(&token.id)?))).collect()
}

#[cfg(test)]
mod tests {
    use token_desk::{RotateRequest, TokenKey};

    use super::*;

    #[tokio::test]
    async fn of_two_drills_begun_at_once_one_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let (now, embedded) = (Utc::now(), EmbeddedSandbox::default());
        let desk = Desk::open(folder.path(), now).unwrap();
        embedded.connect(&desk, now).await.unwrap();
        let begin = || embedded.begin(Drill::Rotation, &desk, now);
        let (one, other) = tokio::join!(begin(), begin());
        assert_eq!(one.unwrap(), other.unwrap());
        let running = embedded.running.lock().await;
        let all = running.as_ref().unwrap().truth().unwrap().into_iter();
        let left: Vec<_> = all.filter(|it| it.name == "drill-nightly" && !it.revoked).collect();
        assert_eq!(left.len(), 1);
        assert_eq!(embedded.drill.lock().await.as_ref().unwrap().token(), left[0].id);
    }

    #[tokio::test]
    async fn a_rotation_that_its_drill_ended_says_that_both_tokens_are_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (now, embedded) = (Utc::now(), EmbeddedSandbox::default());
        let desk = Desk::open(folder.path(), now).unwrap();
        let connection = embedded.begin(Drill::Rotation, &desk, now).await.unwrap();
        let id = TokenId(embedded.drill.lock().await.as_ref().unwrap().token().to_owned());
        let key = TokenKey { connection, id };
        let form = desk.plan_rotation(&key, now).unwrap().form;
        let request = RotateRequest {
            key,
            name: form.name,
            expiry: form.expiry,
            left_out: vec![],
            by_hand: vec![],
            quiet: TimeDelta::zero(),
            longest_job: TimeDelta::zero(),
        };
        desk.rotate(request, now).await.unwrap();
        embedded.end_drill(&desk, now).await.unwrap();
        let ended = desk.rotations(now).await.unwrap().pop().unwrap();
        assert_eq!(ended.waits_for.1, "Both tokens are gone", "{ended:?}");
    }
}
