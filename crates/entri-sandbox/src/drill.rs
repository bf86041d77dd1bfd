//! A drill: a token leaks, or is to be rotated, while others use it as they would. A stopwatch says how long each step
//! took, and at the end, which ones are missing. Whoever practices works in the app.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::StoredToken;
use crate::sandbox::Sandbox;
use crate::start::StartError;
use crate::state::Credential;

/// How often somebody uses the token.
const EVERY: TimeDelta = TimeDelta::seconds(5);
/// How long after the replacement was created its first use is.
const SWITCHES: TimeDelta = TimeDelta::seconds(10);
/// How long after that somebody uses the old token once more, whom nobody thought of.
const FORGOTTEN: TimeDelta = TimeDelta::seconds(20);
/// Answers that are further apart belong to no proof.
const PROOF: TimeDelta = TimeDelta::seconds(10);

const CREATED: &str = "replacement created";
const IN_USE: &str = "new one in use";
const USED_AGAIN: &str = "old one used again";
const OLD_REVOKED: &str = "old one revoked";

/// What somebody practices in a drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drill {
    /// Its value turned up somewhere, and somebody uses it.
    Leak,
    /// It is replaced while it is in use.
    Rotation,
}

/// A drill that goes on.
pub struct Practice {
    drill: Drill,
    begun: DateTime<Utc>,
    /// The id of the token that it is about.
    token: String,
    value: String,
    used: DateTime<Utc>,
    /// When each step was seen.
    steps: Vec<(&'static str, DateTime<Utc>)>,
}

impl FromStr for Drill {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "leak" => Ok(Self::Leak),
            "rotation" => Ok(Self::Rotation),
            _ => Err(format!("--drill wants leak or rotation, not {text}")),
        }
    }
}

impl Drill {
    /// The steps, in order.
    fn steps(self) -> &'static [&'static str] {
        match self {
            Self::Leak => &["revoked", "proven dead", "replaced"],
            Self::Rotation => &[CREATED, IN_USE, USED_AGAIN, OLD_REVOKED],
        }
    }

    fn token_name(self) -> &'static str {
        match self {
            Self::Leak => "drill-leaked",
            Self::Rotation => "drill-nightly",
        }
    }

    /// Whether a token has the name of its own, or one that the app proposes for the replacement.
    fn is_about(self, name: &str) -> bool {
        let rest = name.strip_prefix(self.token_name());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" (r"))
    }

    /// Adds the token that it is about.
    ///
    /// # Errors
    /// Those of [`Sandbox::add_token`].
    pub fn begin(self, sandbox: &Sandbox) -> Result<Practice, StartError> {
        let (token, value) = sandbox.add_known_token(self.token_name())?;
        let now = sandbox.now();
        Ok(Practice { drill: self, begun: now, token, value, used: now, steps: Vec::new() })
    }
}

/// Revokes the tokens of all drills until now, as somebody else would, and what was created in their place under the
/// names that the app proposes. Returns the ids of all of them, also of those that were revoked before.
///
/// # Errors
/// The storage failed.
pub fn clear_drills(sandbox: &Sandbox) -> Result<Vec<String>, StartError> {
    let of_drill = |name: &str| [Drill::Leak, Drill::Rotation].iter().any(|it| it.is_about(name));
    let all = sandbox.truth()?.into_iter().filter(|token| of_drill(&token.name));
    all.map(|token| {
        if !token.revoked {
            sandbox.revoke_elsewhere(&token.id)?;
        }
        Ok(token.id)
    })
    .collect()
}

impl Practice {
    /// What somebody practices in it.
    #[must_use]
    pub fn drill(&self) -> Drill {
        self.drill
    }

    /// The id of the token that it is about.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The value of that token.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What to do, for whoever practices.
    #[must_use]
    pub fn task(&self) -> String {
        match self.drill {
            Drill::Leak => format!(
                "This was in a support ticket, and somebody uses it: {}\nMake it useless, prove that, and replace it under the \
                 name that the app proposes.",
                self.value
            ),
            Drill::Rotation => format!(
                "Rotate “{}” without an outage. With 0 hours of quiet, nothing waits for a day.",
                self.drill.token_name()
            ),
        }
    }

    /// Plays everybody else's part up to now, and returns what came of it since the last call, a line each.
    ///
    /// # Errors
    /// The storage failed.
    pub fn go_on(&mut self, sandbox: &Sandbox) -> Result<Vec<String>, StartError> {
        let (now, known) = (sandbox.now(), self.steps.len());
        match self.drill {
            Drill::Leak => self.leak(sandbox, now)?,
            Drill::Rotation => self.rotation(sandbox, now)?,
        }
        let since = self.steps.iter().skip(known);
        Ok(since.map(|(step, at)| format!("+{} s  {step}", self.seconds(*at))).collect())
    }

    fn leak(&mut self, sandbox: &Sandbox, now: DateTime<Utc>) -> Result<(), StartError> {
        let all = sandbox.lives()?;
        let ended = all.iter().find(|it| it.token.id == self.token && it.token.revoked);
        let Some(ended) = ended.and_then(|it| it.ended.as_ref()) else {
            return self.use_it(sandbox, now);
        };
        let replaced = all.iter().map(|it| &it.token).any(|it| {
            it.id != self.token && is_since(ended.at, it) && self.drill.is_about(&it.name)
        });
        self.reach("revoked", true, now);
        self.reach("proven dead", self.is_proven(&sandbox.credentials()), now);
        self.reach("replaced", replaced, now);
        Ok(())
    }

    /// Whether somebody saw that this value is refused like any that is made up, while their own is accepted.
    fn is_proven(&self, asked: &[(Credential, DateTime<Utc>)]) -> bool {
        let refused = asked.iter().filter(|(it, _)| *it == Credential::Revoked(self.token.clone()));
        refused.into_iter().any(|(_, at)| {
            let beside = |wanted: Credential| {
                asked.iter().any(|(it, when)| *it == wanted && (*when - *at).abs() <= PROOF)
            };
            beside(Credential::Unknown) && beside(Credential::Accepted)
        })
    }

    fn rotation(&mut self, sandbox: &Sandbox, now: DateTime<Utc>) -> Result<(), StartError> {
        let all = sandbox.truth()?;
        let revoked = all.iter().any(|it| it.id == self.token && it.revoked);
        let is_new = |it: &&StoredToken| is_since(self.begun, it) && it.name.contains("(r2)");
        let new = all.iter().find(is_new);
        self.reach(CREATED, new.is_some(), now);
        let switched = self.at(CREATED).is_some_and(|at| now - at >= SWITCHES);
        if let (true, Some(new)) = (switched, new) {
            sandbox.touch(&new.id, now)?;
            self.reach(IN_USE, true, now);
        }
        let forgotten = self.at(IN_USE).is_some_and(|at| now - at >= FORGOTTEN);
        if forgotten && !revoked && self.at(USED_AGAIN).is_none() {
            sandbox.touch(&self.token, now)?;
            self.reach(USED_AGAIN, true, now);
        } else if !switched && !revoked {
            self.use_it(sandbox, now)?;
        }
        self.reach(OLD_REVOKED, revoked, now);
        Ok(())
    }

    fn use_it(&mut self, sandbox: &Sandbox, now: DateTime<Utc>) -> Result<(), StartError> {
        if now - self.used >= EVERY {
            self.used = now;
            sandbox.touch(&self.token, now)?;
        }
        Ok(())
    }

    fn at(&self, step: &str) -> Option<DateTime<Utc>> {
        self.steps.iter().find(|(it, _)| *it == step).map(|(_, at)| *at)
    }

    fn reach(&mut self, step: &'static str, is_reached: bool, now: DateTime<Utc>) {
        if is_reached && self.at(step).is_none() {
            self.steps.push((step, now));
        }
    }

    fn seconds(&self, at: DateTime<Utc>) -> i64 {
        (at - self.begun).num_seconds()
    }

    /// When each step was seen, in seconds since the beginning.
    #[must_use]
    pub fn steps(&self) -> Vec<Option<i64>> {
        let steps = self.drill.steps().iter();
        steps.map(|step| self.at(step).map(|at| self.seconds(at))).collect()
    }

    /// Whether nothing more can be done: every step was seen, or the old token is revoked for good.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.steps().iter().all(Option::is_some) || self.at(OLD_REVOKED).is_some()
    }

    /// How many seconds it took by `now`, or until it was over.
    #[must_use]
    pub fn took(&self, now: DateTime<Utc>) -> i64 {
        let over = self.steps.last().filter(|_| self.is_over());
        self.seconds(over.map_or(now, |(_, at)| *at))
    }

    /// How long it took, and which steps are missing.
    #[must_use]
    pub fn summary(&self) -> String {
        let steps = self.drill.steps().iter();
        let missing: Vec<_> = steps.copied().filter(|step| self.at(step).is_none()).collect();
        let took = self.steps.last().map_or(0, |(_, at)| self.seconds(*at));
        match missing[..] {
            [] => format!("Done in {took} s, no step missed."),
            _ => format!("{took} s. Missed: {}.", missing.join(", ")),
        }
    }
}

/// Whether a token was created at this time or later, which is kept in whole seconds.
fn is_since(time: DateTime<Utc>, token: &StoredToken) -> bool {
    token.created.timestamp() >= time.timestamp()
}
