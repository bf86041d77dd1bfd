//! What a fresh list says about unfinished attempts.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{ProjectId, TokenId};
use token_audit::Date;

use crate::desk::LOOK_AGAIN_AFTER;
use crate::error::StoreError;
use crate::list::Inventory;
use crate::model::deed::Deed;
use crate::model::time::moment::Moment;
use crate::storage::journal::{Attempt, Journal, Outset};

/// How far the server's creation date may be from the time of the request.
const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// How far a clock that runs wrong may put it.
const FAR: TimeDelta = TimeDelta::days(2);

/// The tokens that a create may have created.
#[derive(Default)]
struct Made {
    /// Tokens that have its name.
    certain: Vec<TokenId>,
    /// Tokens with another name, or from another time.
    perhaps: Vec<TokenId>,
}

/// Whether a token may come from a create that was tried at this time, if the server's clock is so
/// far ahead. A token without a readable creation date may.
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
        mut taken: HashSet<TokenId>,
    ) -> Result<(), StoreError> {
        for (at, (attempt, tried)) in attempts.iter().enumerate() {
            let mut token_ids = attempt.token_ids.clone();
            let stage = match attempt.act {
                Deed::Create if attempt.unclear() => {
                    let mut made = self.made_by(attempt, tried, &taken);
                    share(&mut made.certain, alike(attempt, &attempts[at + 1..]), &mut taken);
                    match (made.certain, made.perhaps) {
                        (certain, _) if !certain.is_empty() => {
                            token_ids = certain;
                            Deed::Found
                        }
                        (_, perhaps) if perhaps != token_ids => {
                            token_ids = perhaps;
                            Deed::Unclear
                        }
                        (_, perhaps) if !perhaps.is_empty() => continue,
                        _ if !self.is_late_enough(tried.at) => continue,
                        // The tokens it may have created existed and were revoked, or are gone.
                        _ if attempt.had_tokens => Deed::Gone,
                        _ => Deed::NotMade,
                    }
                }
                _ if !self.complete || self.now.here <= attempt.last_at => continue,
                _ if !token_ids.iter().any(|id| self.lists(id)) => Deed::Gone,
                Deed::Revoke => Deed::NotRevoked,
                _ => continue,
            };
            journal.step(attempt.id, stage, &token_ids, None, self.now.here)?;
        }
        Ok(())
    }

    /// The tokens that this create may have created: new, with the same owner, from its time by the
    /// server's clock as it was then or is now. A server may have changed the name, so a token with
    /// another name counts as long as none has the right one; and a clock may have been set, so a
    /// token with the right name counts as long as none is from the right time.
    fn made_by(&self, attempt: &Attempt, tried: &Outset, taken: &HashSet<TokenId>) -> Made {
        let new = self.list.records().filter(|token| {
            token.project_id == attempt.project_id.as_ref().map(ProjectId::borrowed)
                && !attempt.known.iter().any(|known| known.borrowed() == token.id)
                && (!tried.undated.contains(token.id.0) || attempt.is_about(token.id))
                && !taken.contains(token.id.0)
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
            which.push(token.id.into_owned());
        }
        // The server refused, so only a token with exactly this name contradicts it.
        if attempt.stage == Deed::Denied {
            made.perhaps.clear();
        }
        made
    }

    /// How far the server's clock may have been ahead of this computer's when a create was tried.
    /// For a server that doesn't report the time, this computer's clock is all there is: as it was
    /// then, or as it has been set since.
    fn skews(&self, tried: Moment) -> [TimeDelta; 2] {
        match (tried.skew, self.now.skew) {
            (None, None) => [TimeDelta::zero(), tried.set_by(self.now)],
            (then, now) => [then, now].map(Option::unwrap_or_default),
        }
    }

    /// Whether the request has ended by now, one way or another: enough time has passed by this
    /// computer's clock, which somebody may have set, and also by the server's or, if that isn't
    /// known, by a clock that nobody can set.
    fn is_late_enough(&self, tried: Moment) -> bool {
        self.complete && tried.until(self.now) >= LOOK_AGAIN_AFTER
    }

    /// Whether it exists and works, since a server may keep listing revoked tokens.
    fn lists(&self, id: &TokenId) -> bool {
        self.list.records().any(|token| token.id == id.borrowed() && !token.revoked)
    }
}

/// How many of the remaining attempts are creates that may have created the same tokens.
fn alike(attempt: &Attempt, others: &[Tried<'_>]) -> usize {
    let place = |it: &Attempt| (it.act, it.project_id.clone(), it.name.clone());
    others.iter().filter(|(it, _)| it.unclear() && place(it) == place(attempt)).count()
}

/// Distributes tokens with one name among the creates that may have created them. If there are no
/// more tokens than creates, each create takes one. If there are more, nobody can tell them apart,
/// and each create keeps all.
fn share(tokens: &mut Vec<TokenId>, others: usize, taken: &mut HashSet<TokenId>) {
    if others > 0 && tokens.len() <= others + 1 {
        tokens.truncate(1);
    }
    if others == 0 || tokens.len() == 1 {
        taken.extend(tokens.iter().cloned());
    }
}
