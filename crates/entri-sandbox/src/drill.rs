//! A drill: a token leaks, or is to be rotated, while others use it as they would. A stopwatch says how long each step
//! took, and at the end, which ones are missing. Whoever practices works in the app.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

use crate::sandbox::Sandbox;
use crate::start::StartError;

/// How often somebody uses the token.
const EVERY: TimeDelta = TimeDelta::seconds(5);
/// How long after the replacement was created its first use is.
const SWITCHES: TimeDelta = TimeDelta::seconds(10);
/// How long after that somebody uses the old token once more, whom nobody thought of.
const FORGOTTEN: TimeDelta = TimeDelta::seconds(20);
/// A proof asks with the app's own token, with the value, and with a made-up one.
const PROOF: usize = 3;

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
    /// What to do, for whoever practices.
    task: String,
    used: DateTime<Utc>,
    /// When each step was seen.
    steps: Vec<(&'static str, DateTime<Utc>)>,
    /// How many requests there were before the revoke.
    before: usize,
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
            Self::Rotation => {
                &["replacement created", "new one in use", "old one used again", "old one revoked"]
            }
        }
    }

    /// Adds the token that it is about.
    ///
    /// # Errors
    /// Those of [`Sandbox::add_token`].
    pub fn begin(self, sandbox: &Sandbox) -> Result<Practice, StartError> {
        let name = match self {
            Self::Leak => "drill-leaked",
            Self::Rotation => "drill-nightly",
        };
        let (token, value) = sandbox.add_known_token(name)?;
        let task = match self {
            Self::Leak => format!(
                "This was in a support ticket, and somebody uses it: {value}\nMake it useless, prove that, and replace it."
            ),
            Self::Rotation => format!(
                "Rotate “{name}” without an outage. With 0 hours of quiet, nothing waits for a day."
            ),
        };
        let now = sandbox.now();
        let (steps, before) = (Vec::new(), 0);
        Ok(Practice { drill: self, begun: now, token, task, used: now, steps, before })
    }
}

impl Practice {
    /// What to do, for whoever practices.
    #[must_use]
    pub fn task(&self) -> &str {
        &self.task
    }

    /// Plays everybody else's part up to now, and returns what came of it since the last call, a line each.
    ///
    /// # Errors
    /// The storage failed.
    pub fn go_on(&mut self, sandbox: &Sandbox) -> Result<Vec<String>, StartError> {
        let (now, known) = (sandbox.now(), self.steps.len());
        let all = sandbox.truth()?;
        let revoked = all.iter().any(|it| it.id == self.token && it.revoked);
        if !revoked {
            self.before = sandbox.requests().len();
        }
        let new = all.iter().find(|it| it.created >= self.begun && it.name.contains("(r2)"));
        match self.drill {
            Drill::Leak => self.leak(sandbox, revoked, now)?,
            Drill::Rotation => self.rotation(sandbox, (revoked, new.map(|it| &*it.id)), now)?,
        }
        let since = self.steps.iter().skip(known);
        Ok(since
            .map(|(step, at)| format!("+{} s  {step}", (*at - self.begun).num_seconds()))
            .collect())
    }

    fn leak(
        &mut self,
        sandbox: &Sandbox,
        revoked: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StartError> {
        if !revoked {
            return self.use_it(sandbox, now);
        }
        let since: Vec<_> = sandbox.requests().into_iter().skip(self.before).collect();
        let asked = since.iter().filter(|it| it.path.contains("/organizations/current")).count();
        let created = since.iter().any(|it| it.method == "POST" && it.path.contains("/tokens"));
        self.reach("revoked", true, now);
        self.reach("proven dead", asked >= PROOF, now);
        self.reach("replaced", created, now);
        Ok(())
    }

    fn rotation(
        &mut self,
        sandbox: &Sandbox,
        (revoked, new): (bool, Option<&str>),
        now: DateTime<Utc>,
    ) -> Result<(), StartError> {
        self.reach("replacement created", new.is_some(), now);
        let switched = self.at("replacement created").is_some_and(|at| now - at >= SWITCHES);
        if let (true, Some(new)) = (switched, new) {
            sandbox.touch(new, now)?;
            self.reach("new one in use", true, now);
        }
        let forgotten = self.at("new one in use").is_some_and(|at| now - at >= FORGOTTEN);
        if forgotten && !revoked && self.at("old one used again").is_none() {
            sandbox.touch(&self.token, now)?;
            self.reach("old one used again", true, now);
        } else if !switched && !revoked {
            self.use_it(sandbox, now)?;
        }
        self.reach("old one revoked", revoked, now);
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

    /// Whether every step was seen.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.drill.steps().iter().all(|step| self.at(step).is_some())
    }

    /// How long it took, and which steps are missing.
    #[must_use]
    pub fn summary(&self) -> String {
        let steps = self.drill.steps().iter();
        let missing: Vec<_> = steps.copied().filter(|step| self.at(step).is_none()).collect();
        let took = self.steps.last().map_or(0, |(_, at)| (*at - self.begun).num_seconds());
        match missing[..] {
            [] => format!("Done in {took} s, no step missed."),
            _ => format!("{took} s. Missed: {}.", missing.join(", ")),
        }
    }
}
