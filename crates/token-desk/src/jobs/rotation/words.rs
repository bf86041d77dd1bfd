//! How far a rotation is, in words.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::rotation::{Change, Exit, Next, Progress, Stage, UsedAgain, WaitsFor};

use super::plan::shown;
use super::show::{RotationAction, RotationStep, StepState};
use crate::jobs::deliver::again;
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{PlaceSays, RotationRecord};
use crate::when;

/// What is shown first, and what is shown below it.
pub(super) type Lines = (String, String);

/// A rotation, how far it is, and the time.
pub(super) struct Told<'a> {
    pub record: &'a RotationRecord,
    pub progress: &'a Progress,
    /// The time on this computer.
    pub now: DateTime<Utc>,
    /// How far the server's clock is ahead.
    pub ahead: TimeDelta,
}

impl Told<'_> {
    /// Created, delivered, new in use, old quiet, revoked.
    pub fn steps(&self) -> [RotationStep; 5] {
        let Progress { delivered, places, new_used, .. } = *self.progress;
        let created = self.record.replacement.as_ref();
        // Where no place is on record, somebody has taken the value along, or its use shows that it got somewhere.
        let is_taken = !self.record.value_waits && !self.record.value_lost();
        let is_delivered = created.is_some()
            && delivered == places
            && (places > 0 || is_taken || new_used.is_some());
        let done = [
            created.is_some(),
            is_delivered,
            new_used.is_some(),
            self.was_quiet(),
            self.record.revoked.is_some(),
        ];
        let says = [
            created.map(|it| when::short(it.at, self.now)),
            created.filter(|_| places > 0).map(|_| format!("{delivered} of {places}")),
            new_used.map(|at| when::short(self.here(at), self.now)),
            self.silence(),
            self.record.revoked.map(|it| when::short(it.at, self.now)),
        ];
        let current = done.iter().position(|done| !done).unwrap_or(done.len());
        let state = |at: usize, done: bool| match self.progress.exit {
            _ if done => StepState::Done,
            _ if at != current || self.record.revoked.is_some() => StepState::ToDo,
            None => StepState::Now,
            Some(Exit::Stuck) => StepState::Stuck,
            Some(_) => StepState::Canceled,
        };
        let mut at = 0;
        done.map(|done| {
            let says = says.get(at).cloned().flatten().unwrap_or_else(|| "—".to_owned());
            at += 1;
            RotationStep { state: state(at - 1, done), says }
        })
    }

    /// Whether the old token was unused for long enough, also if it was revoked since. One that was revoked early wasn't.
    fn was_quiet(&self) -> bool {
        let Progress { stage, quiet_enough, .. } = *self.progress;
        let revoked = matches!(stage, Stage::Revoked | Stage::Proven | Stage::Gone);
        stage == Stage::Ready || revoked && quiet_enough
    }

    /// How long the old token has been silent, or when it is still used.
    fn silence(&self) -> Option<String> {
        match (self.progress.quiet, self.progress.used_again.and_then(|again| again.hour)) {
            (_, Some(hour)) if self.is_stuck() => Some(self.hour(hour)),
            (Some(quiet), _) => Some(length(quiet.until - quiet.since)),
            (None, _) => None,
        }
    }

    /// What it waits for, or how it ended.
    pub fn waits_for(&self) -> Lines {
        let Progress { stage, exit, waits_for, .. } = *self.progress;
        match (stage, exit, waits_for) {
            (Stage::Proven, ..) => lines("Proven dead", "The server refuses its value"),
            (Stage::Gone, ..) if self.record.revoked.is_some_and(|it| it.proven == Some(false)) => {
                lines("Gone from the list", "Whether its value is refused isn’t proven")
            }
            (Stage::Gone, ..) => {
                lines("Gone from the list", "Its value wasn’t available for a test")
            }
            (Stage::Revoked, ..) => lines("Revoked", "Waiting for a complete list to confirm it"),
            (_, Some(exit), _) if exit != Exit::Stuck => self.left(exit),
            (_, _, Some(waits_for)) => (self.waits(waits_for), self.since(waits_for)),
            (_, _, None) => lines("", ""),
        }
    }

    fn left(&self, exit: Exit) -> Lines {
        match exit {
            Exit::CalledOff if self.record.taken_back.is_some() => {
                lines("Canceled", "The new token was revoked")
            }
            Exit::CalledOff => lines("Canceled", "The old token stays"),
            Exit::ValueLost if self.record.may_have_got_there() => lines(
                "Value lost",
                "A place may have it. Check there before you revoke the new token.",
            ),
            Exit::ValueLost => lines("Value lost", "Revoke the new token, then rotate again."),
            Exit::OldChanged(change) => changed("The old token", change),
            Exit::NewChanged(change) => changed("The new token", change),
            Exit::Stuck => lines("", ""),
        }
    }

    fn waits(&self, waits_for: WaitsFor) -> String {
        if self.waits_for_app() {
            return "Entri Tokens to sign in with the new token".to_owned();
        }
        let place = self.record.places.iter().find(|place| place.done().is_none());
        let place = place.map_or_else(String::new, |place| shown(&place.destination));
        match waits_for {
            WaitsFor::Create => "The server to confirm the new token".to_owned(),
            WaitsFor::Delivery { missing: 1 } => format!("You: update {place}"),
            WaitsFor::Delivery { missing } => {
                format!("You: update {place} and {} more", missing - 1)
            }
            WaitsFor::Confirmation { .. } => {
                "You: confirm each place. This server doesn’t report last use.".to_owned()
            }
            WaitsFor::FirstUse => "The first use of the new token".to_owned(),
            WaitsFor::Silence => self.silence_wanted(),
            WaitsFor::Time => format!("{} after the last confirmation", length(self.progress.wait)),
            WaitsFor::Recording { .. } => "The server to record usage again".to_owned(),
            WaitsFor::NewerList => "A newer list".to_owned(),
            WaitsFor::Approval => "Your approval to revoke".to_owned(),
            WaitsFor::Proof => "A list without the old token".to_owned(),
        }
    }

    /// Whether only the app itself is left to get the new value.
    fn waits_for_app(&self) -> bool {
        let mut left = self.record.places.iter().filter(|place| place.done().is_none());
        let first = left.next().map(|place| &place.destination);
        first == Some(&Destination::ThisApp) && left.next().is_none()
    }

    fn silence_wanted(&self) -> String {
        match self.progress.used_again {
            Some(UsedAgain { hour: Some(hour), usual: Some(true), .. }) if self.is_stuck() => {
                format!("The {} job still uses the old one", self.hour(hour))
            }
            Some(_) if self.is_stuck() => "The old one is still used".to_owned(),
            _ => format!("{} without use of the old one", self.wait()),
        }
    }

    /// How long the old token must stay unused.
    fn wait(&self) -> String {
        let wait = length(self.progress.wait);
        if self.progress.unmeasured { format!("At most {wait}") } else { wait }
    }

    fn since(&self, waits_for: WaitsFor) -> String {
        let again = self.progress.used_again.filter(|_| !self.is_stuck());
        if let (WaitsFor::Silence, Some(again)) = (waits_for, again) {
            return self.again(again);
        }
        let since = format!("Since {}", self.time(self.progress.since));
        match (waits_for, self.progress.odd_use, self.progress.quiet) {
            (WaitsFor::FirstUse, Some(odd), _) => {
                format!("Its last use, {}, is before its creation", self.time(odd))
            }
            (WaitsFor::Approval, _, Some(quiet)) => {
                format!("Quiet since {} ± {}", self.time(quiet.since), length(self.progress.step))
            }
            (WaitsFor::FirstUse, ..) => format!("{since}{}", self.places_say()),
            _ => since,
        }
    }

    /// What the first place that was asked says about its last change.
    fn places_say(&self) -> String {
        let mut all = self.record.places.iter();
        let says = all.find_map(|place| Some((again::kind(&place.destination), place.says?)));
        says.map_or_else(String::new, |(kind, says)| {
            format!(" · {}", said(kind, says, |at| when::short(at, self.now)))
        })
    }

    /// That the old token was used again, and whether that is its usual hour.
    fn again(&self, again: UsedAgain) -> String {
        let at = self.time(again.last);
        match (again.usual, again.hour.map(|hour| self.hour(hour))) {
            (Some(true), Some(hour)) => format!("Used again {at}, as usual around {hour}"),
            (Some(false), Some(hour)) => format!("Used again {at}, not around {hour} as usual"),
            _ => format!("Used again {at}"),
        }
    }

    /// What comes next, and what that is.
    pub fn next(&self) -> Lines {
        let late = self.progress.deadline.filter(|_| self.progress.late);
        let about = |what: &str| {
            let by = late.map(|at| format!("a token expires {}", when::date(at)));
            by.unwrap_or_else(|| what.to_owned())
        };
        if self.progress.may_revoke().is_ok() {
            return lines("Ready to revoke", &about(""));
        }
        match self.progress.next {
            Some(Next::Ready(at)) if self.is_past(at) => {
                ("Refresh the list".to_owned(), about(&format!("due since {}", self.time(at))))
            }
            Some(Next::Ready(at)) => (self.time(at), about("ready if still quiet")),
            Some(Next::Use(at)) => (self.time(at), about("next expected use")),
            Some(Next::Stuck(at)) => (self.time(at), about("expected in use by then")),
            Some(Next::Expiry(at)) => {
                (format!("By {}", when::date(at)), "the old one expires".to_owned())
            }
            None => (String::new(), about("")),
        }
    }

    /// The one thing to do now.
    pub fn action(&self) -> RotationAction {
        match (self.progress.exit, self.progress.waits_for) {
            _ if !self.record.is_open() => RotationAction::None,
            _ if self.progress.may_revoke().is_ok() => RotationAction::Revoke,
            (Some(Exit::ValueLost), _) => RotationAction::RevokeNew,
            (Some(Exit::OldChanged(_) | Exit::NewChanged(_)), _) => RotationAction::End,
            (_, Some(WaitsFor::Delivery { .. })) if self.waits_for_app() => RotationAction::None,
            (_, Some(WaitsFor::Delivery { .. } | WaitsFor::Confirmation { .. })) => {
                RotationAction::MarkDone
            }
            (_, Some(WaitsFor::NewerList | WaitsFor::Recording { .. })) => RotationAction::Refresh,
            _ if matches!(self.progress.next, Some(Next::Ready(at)) if self.is_past(at)) => {
                RotationAction::Refresh
            }
            _ => RotationAction::None,
        }
    }

    fn is_stuck(&self) -> bool {
        self.progress.exit == Some(Exit::Stuck)
    }

    /// Whether the time has come for what a newer list may show.
    fn is_past(&self, at: DateTime<Utc>) -> bool {
        self.here(at) <= self.now
    }

    fn here(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.checked_sub_signed(self.ahead).unwrap_or(at)
    }

    fn time(&self, at: DateTime<Utc>) -> String {
        when::clock(self.here(at), self.now)
    }

    /// An hour in UTC, by this computer's clock.
    fn hour(&self, hour: u32) -> String {
        let day = self.now.date_naive().and_hms_opt(hour, 0, 0);
        day.map_or_else(String::new, |at| when::hour(at.and_utc()))
    }
}

/// What a place says about its last change: `GitHub Actions says it was updated 14:03`.
pub(super) fn said(
    kind: &str,
    says: PlaceSays,
    written: impl FnOnce(DateTime<Utc>) -> String,
) -> String {
    match says {
        PlaceSays::Changed(at) => format!("{kind} says it was updated {}", written(at)),
        PlaceSays::Unchanged(at) => {
            format!("{kind} still says it was last updated {}. Check there.", written(at))
        }
        PlaceSays::Nothing => format!("{kind} didn’t say when it was updated"),
    }
}

fn lines(first: &str, second: &str) -> Lines {
    (first.to_owned(), second.to_owned())
}

fn changed(which: &str, change: Change) -> Lines {
    match change {
        Change::Vanished(_) => {
            (format!("{which} is gone"), "Somebody else revoked it. End this rotation.".to_owned())
        }
        Change::Renamed(_) => {
            (format!("{which} was renamed"), "It may be a different token now.".to_owned())
        }
        Change::Expired(at) => (format!("{which} expired"), format!("On {}", when::date(at))),
        Change::SignsIn(_) => {
            let about = "Its last use is this app’s own. Sign in with another token first.";
            (format!("Entri Tokens signs in with {}", which.to_lowercase()), about.to_owned())
        }
    }
}

/// `26 min`, `31 h`, `7 days`.
pub(super) fn length(length: TimeDelta) -> String {
    let minutes = (length.num_seconds() + 59) / 60;
    match minutes {
        0..60 => format!("{minutes} min"),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / (24 * 60)),
    }
}
