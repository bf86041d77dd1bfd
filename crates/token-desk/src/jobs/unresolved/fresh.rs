//! What a fresh list says about unfinished attempts.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::Date;

use crate::desk::LOOK_AGAIN_AFTER;
use crate::error::StoreError;
use crate::list::Inventory;
use crate::storage::journal::{Act, Attempt, Journal, Moment, Outset, Stage};

/// How far the server's creation date may be from the time of the request.
const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// How far a clock that runs wrong may put it.
const FAR: TimeDelta = TimeDelta::days(2);

/// The tokens that a create may have made.
#[derive(Default)]
struct Made {
    /// Those of its name.
    certain: Vec<String>,
    /// Those of another name, or of another time.
    perhaps: Vec<String>,
}

/// Whether a token may have come of a create that was tried at this time, where the server's clock is
/// so far ahead. One whose creation nobody knows may have.
pub(crate) fn is_of_its_time(created: Date, tried: DateTime<Utc>, skew: TimeDelta) -> bool {
    is_near(created, tried.checked_add_signed(skew).unwrap_or(tried), WINDOW)
}

fn is_near(created: Date, tried: DateTime<Utc>, window: TimeDelta) -> bool {
    let Some(created) = created.at() else { return true };
    (tried - window..=tried + LOOK_AGAIN_AFTER + window).contains(&created)
}

/// A list that was just loaded.
pub(super) struct Fresh<'a> {
    pub list: &'a Inventory,
    pub complete: bool,
    /// When its load began.
    pub now: Moment,
}

/// An attempt, and how things stood when it was tried.
pub(super) type Tried<'a> = (&'a Attempt, Outset);

impl Fresh<'_> {
    /// `taken` are the tokens that are known to have come of something else.
    pub fn settle(
        &self,
        journal: &Journal,
        attempts: &[Tried<'_>],
        mut taken: HashSet<String>,
    ) -> Result<(), StoreError> {
        for (at, (attempt, tried)) in attempts.iter().enumerate() {
            let mut token_ids = attempt.token_ids.clone();
            let stage = match attempt.act {
                Act::Create if attempt.unclear() => {
                    let mut made = self.made_by(attempt, tried, &taken);
                    share(&mut made.certain, alike(attempt, &attempts[at + 1..]), &mut taken);
                    match (made.certain, made.perhaps) {
                        (certain, _) if !certain.is_empty() => {
                            token_ids = certain;
                            Stage::Found
                        }
                        (_, perhaps) if perhaps != token_ids => {
                            token_ids = perhaps;
                            Stage::Unclear
                        }
                        (_, perhaps) if !perhaps.is_empty() => continue,
                        _ if !self.is_late_enough(tried.at) => continue,
                        // What it may have made was there, and was revoked or is gone.
                        _ if attempt.had_tokens => Stage::Gone,
                        _ => Stage::NotMade,
                    }
                }
                _ if !self.complete || self.now.here <= attempt.last_at => continue,
                _ if !token_ids.iter().any(|id| self.lists(id)) => Stage::Gone,
                Act::Revoke => Stage::NotRevoked,
                Act::Create => continue,
            };
            journal.step(attempt.id, stage, &token_ids, None, self.now.here)?;
        }
        Ok(())
    }

    /// The tokens that this create may have made: new, in its place, of its time by the server's clock as
    /// it was then or as it is now. A server may have tidied the name, so one of another name may be it as
    /// long as none of its own name is there; and a clock may have been set, so one of its own name may
    /// be it as long as none of its time is there.
    fn made_by(&self, attempt: &Attempt, tried: &Outset, taken: &HashSet<String>) -> Made {
        let new = self.list.records().filter(|token| {
            token.project_id == attempt.project_id.as_deref()
                && !attempt.known.iter().any(|known| known == token.id)
                && (!tried.undated.contains(token.id) || attempt.is_about(token.id))
                && !taken.contains(token.id)
        });
        let mut made = Made::default();
        for token in new {
            let of_its_time = self
                .skews(tried.at)
                .into_iter()
                .any(|skew| is_of_its_time(token.created, attempt.at, skew));
            let of_its_name = token.name == attempt.name;
            let which = match (of_its_name, of_its_time) {
                (true, true) => &mut made.certain,
                (false, true) => &mut made.perhaps,
                (true, false) if is_near(token.created, attempt.at, FAR) => &mut made.perhaps,
                (_, false) => continue,
            };
            which.push(token.id.to_owned());
        }
        // The server refused, so only a token with exactly this name contradicts it.
        if attempt.stage == Stage::Denied {
            made.perhaps.clear();
        }
        made
    }

    /// How far the server's clock may have been ahead of what this computer's showed when a create was
    /// tried. Of a server that does not tell the time, this computer's clock alone says so: as it was, or as
    /// it was set since.
    fn skews(&self, tried: Moment) -> [TimeDelta; 2] {
        match (tried.skew, self.now.skew) {
            (None, None) => [TimeDelta::zero(), tried.set_by(self.now)],
            (then, now) => [then, now].map(Option::unwrap_or_default),
        }
    }

    /// Whether the request has ended by now, whatever became of it: so much time has passed by this
    /// computer's clock, which somebody may have set, and by the server's or, where that does not say, by
    /// one that nobody can set.
    fn is_late_enough(&self, tried: Moment) -> bool {
        self.complete && tried.until(self.now) >= LOOK_AGAIN_AFTER
    }

    /// Whether it exists and works, since a server may keep listing revoked tokens.
    fn lists(&self, id: &str) -> bool {
        self.list.records().any(|token| token.id == id && !token.revoked)
    }
}

/// How many of the attempts still to come are creates that may have made the same tokens.
fn alike(attempt: &Attempt, others: &[Tried<'_>]) -> usize {
    let place = |it: &Attempt| (it.act, it.project_id.clone(), it.name.clone());
    others.iter().filter(|(it, _)| it.unclear() && place(it) == place(attempt)).count()
}

/// Shares tokens of one name among the creates that may have made them. With no more tokens than
/// creates, each create takes one. With more, nobody can tell them apart, and each create keeps all.
fn share(tokens: &mut Vec<String>, others: usize, taken: &mut HashSet<String>) {
    if others > 0 && tokens.len() <= others + 1 {
        tokens.truncate(1);
    }
    if others == 0 || tokens.len() == 1 {
        taken.extend(tokens.iter().cloned());
    }
}
