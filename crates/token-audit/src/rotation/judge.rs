//! From the facts to how far the rotation is.

use chrono::{DateTime, TimeDelta, Utc};

use super::facts::{Ended, Facts, Place, Proof, USUAL_WAIT};
use super::progress::{Exit, Next, Progress, Stage, WaitsFor};
use super::seen::{Seen, later};

/// A stage, and what follows it.
struct Standing {
    stage: Stage,
    waits_for: Option<WaitsFor>,
    since: DateTime<Utc>,
    next: Option<Next>,
    stuck: bool,
}

impl Facts<'_> {
    /// How far the rotation is at `now`. The same facts always give the same answer, so nothing has to be kept but
    /// the facts.
    #[must_use]
    pub fn progress(&self, now: DateTime<Utc>) -> Progress {
        let seen = Seen::of(self, now);
        let (wait, unmeasured) = self.wait(seen.as_ref());
        let standing = self.standing(seen.as_ref(), wait, now);
        let recording = seen.as_ref().filter(|seen| seen.frozen.is_none());
        let deadline = match self.revoked {
            Some(_) => None,
            None => self.old.expires.into_iter().chain(self.new.expires).min(),
        };
        let ready = match standing.next {
            Some(Next::Ready(at)) => at,
            _ => recording
                .and_then(Seen::silent_from)
                .map_or(later(now, wait), |from| later(from, wait)),
        };
        let over =
            matches!(standing.stage, Stage::Ready | Stage::Revoked | Stage::Proven | Stage::Gone);
        let progress = Progress {
            stage: standing.stage,
            exit: standing.stuck.then_some(Exit::Stuck),
            waits_for: standing.waits_for,
            since: standing.since,
            next: standing.next,
            step: seen.as_ref().map_or(TimeDelta::zero(), |seen| seen.step),
            wait,
            unmeasured,
            delivered: self.places.iter().filter(|place| place.done().is_some()).count(),
            places: self.places.len(),
            new_used: seen.as_ref().and_then(|seen| seen.new_used),
            odd_use: seen.as_ref().and_then(|seen| seen.odd_use),
            quiet: recording.and_then(Seen::quiet),
            quiet_enough: recording.is_some_and(|seen| seen.is_quiet_for(wait)),
            used_again: seen.as_ref().and_then(Seen::used_again),
            deadline,
            late: !over && deadline.is_some_and(|deadline| deadline < ready),
        };
        self.off(progress, now)
    }

    /// Puts the rotation off its way if it ended early or a token changed. After the revoke, neither matters.
    fn off(&self, progress: Progress, now: DateTime<Utc>) -> Progress {
        use super::facts::Change::{Expired, Renamed, SignsIn, Vanished};
        if self.revoked.is_some() {
            return progress;
        }
        let new = if self.created.is_some() { self.new.changed(now) } else { None };
        let changed = self.old.changed(now).map(|it| (it, Exit::OldChanged(it)));
        let changed = changed.or(new.map(|it| (it, Exit::NewChanged(it))));
        let off = match (self.ended, changed) {
            (Some(Ended::CalledOff(at)), _) => Some((Exit::CalledOff, at)),
            (Some(Ended::ValueLost(at)), _) => Some((Exit::ValueLost, at)),
            (None, Some((Vanished(at) | Renamed(at) | Expired(at) | SignsIn(at), exit))) => {
                Some((exit, at))
            }
            (None, None) => None,
        };
        let Some((exit, since)) = off else { return progress };
        Progress { exit: Some(exit), since, waits_for: None, next: None, late: false, ..progress }
    }

    /// How long the old token must stay unused, and whether that is only the longest that the lag may be.
    fn wait(&self, seen: Option<&Seen<'_>>) -> (TimeDelta, bool) {
        if self.is_at_once(seen) {
            return (TimeDelta::zero(), false);
        }
        let rhythm = seen.and_then(|seen| seen.usual_gap).map(|gap| gap * 2);
        let usual = self.rule.at_once.then_some(USUAL_WAIT);
        let told = [self.rule.chosen, self.rule.longest_job].into_iter().chain(usual).chain(rhythm);
        let told = told.max().unwrap_or_default();
        let Some(seen) = seen.filter(|seen| seen.lag > told) else { return (told, false) };
        (seen.lag, !seen.measured)
    }

    /// Whether nothing is waited for: that only the app used the old token is disproved by a use since it moved.
    fn is_at_once(&self, seen: Option<&Seen<'_>>) -> bool {
        let moved = self.places.iter().filter_map(Place::done).max();
        let used = |moved| seen.is_some_and(|seen| seen.old_used_after(moved));
        self.rule.at_once && !moved.is_some_and(used)
    }

    fn standing(&self, seen: Option<&Seen<'_>>, wait: TimeDelta, now: DateTime<Utc>) -> Standing {
        let ended =
            |stage, since| Standing { stage, waits_for: None, since, next: None, stuck: false };
        match (self.proof, self.revoked, self.created) {
            (Some(Proof::Refused(at)), ..) => ended(Stage::Proven, at),
            (Some(Proof::Gone(at)), ..) => ended(Stage::Gone, at),
            (None, Some(at), _) => waits(Stage::Revoked, WaitsFor::Proof, at, None),
            (None, None, None) => {
                waits(Stage::Planned, WaitsFor::Create, self.planned, self.expiry())
            }
            (None, None, Some(created)) => self.running(seen, created, wait, now),
        }
    }

    fn running(
        &self,
        seen: Option<&Seen<'_>>,
        created: DateTime<Utc>,
        wait: TimeDelta,
        now: DateTime<Utc>,
    ) -> Standing {
        let done = self.places.iter().filter_map(Place::done);
        let (count, last) = (done.clone().count(), done.max().unwrap_or(created));
        let stage = if count == 0 { Stage::Created } else { Stage::Delivered };
        match (self.places.len() - count, seen) {
            (0, _) if self.is_at_once(seen) => self.ready(last),
            (0, None) => self.by_hand(stage, last, wait, now),
            (0, Some(seen)) => self.by_use(seen, stage, last, wait, now),
            (missing, _) => waits(stage, WaitsFor::Delivery { missing }, last, self.expiry()),
        }
    }

    /// Where the server doesn't report last use, only the admin can say that a place has changed.
    fn by_hand(
        &self,
        stage: Stage,
        last: DateTime<Utc>,
        wait: TimeDelta,
        now: DateTime<Utc>,
    ) -> Standing {
        let confirmed: Vec<_> = self.places.iter().filter_map(|place| place.confirmed).collect();
        let missing = self.places.len().max(1) - confirmed.len();
        let since = confirmed.into_iter().max().filter(|_| missing == 0);
        match since.map(|since| (since, later(since, wait))) {
            None => waits(stage, WaitsFor::Confirmation { missing }, last, self.expiry()),
            Some((_, ready)) if ready <= now => self.ready(ready),
            Some((since, ready)) => waits(stage, WaitsFor::Time, since, Some(Next::Ready(ready))),
        }
    }

    fn by_use(
        &self,
        seen: &Seen<'_>,
        stage: Stage,
        last: DateTime<Utc>,
        wait: TimeDelta,
        now: DateTime<Utc>,
    ) -> Standing {
        let stage = if seen.new_used.is_some() { Stage::NewInUse } else { stage };
        let (from, used) = match (seen.frozen, seen.silent_from(), seen.new_used) {
            (Some(since), ..) => {
                return waits(stage, WaitsFor::Recording { since }, since, self.expiry());
            }
            (None, Some(from), Some(used)) => (from, used),
            _ => return first_use(seen, stage, last, wait, now),
        };
        let ready = later(seen.certain(from), wait);
        let Some(quiet) = seen.quiet() else {
            return silence(seen, stage, (used, from), ready, wait, now);
        };
        if quiet.until >= ready && now <= later(seen.certain(quiet.until), wait) {
            return self.ready(ready);
        }
        if quiet.until >= ready {
            return waits(Stage::OldQuiet, WaitsFor::NewerList, quiet.until, self.expiry());
        }
        silence(seen, Stage::OldQuiet, (used, from), ready, wait, now)
    }

    fn ready(&self, since: DateTime<Utc>) -> Standing {
        waits(Stage::Ready, WaitsFor::Approval, since, self.expiry())
    }

    fn expiry(&self) -> Option<Next> {
        self.old.expires.map(Next::Expiry)
    }
}

fn waits(stage: Stage, waits_for: WaitsFor, since: DateTime<Utc>, next: Option<Next>) -> Standing {
    Standing { stage, waits_for: Some(waits_for), since, next, stuck: false }
}

/// Every place has the new token, but nobody has used it.
fn first_use(
    seen: &Seen<'_>,
    stage: Stage,
    last: DateTime<Utc>,
    wait: TimeDelta,
    now: DateTime<Utc>,
) -> Standing {
    let limit = later(seen.certain(last), wait);
    let stuck = seen.unused_until().is_some_and(|until| until >= limit);
    let next = seen.next_use(last, now).map(Next::Use);
    let next = next.or((limit > now).then_some(Next::Stuck(limit)));
    Standing { stuck, ..waits(stage, WaitsFor::FirstUse, last, next) }
}

/// The new token is in use since `used`, and the old one must stay unused, which it is from `from` on.
fn silence(
    seen: &Seen<'_>,
    stage: Stage,
    (used, from): (DateTime<Utc>, DateTime<Utc>),
    ready: DateTime<Utc>,
    wait: TimeDelta,
    now: DateTime<Utc>,
) -> Standing {
    let again = seen.used_again();
    // A silence longer than usual may be the end of it.
    let patient = seen.usual_gap.unwrap_or(wait / 2);
    let over = seen.quiet().is_some_and(|quiet| quiet.until >= later(seen.certain(from), patient));
    let stuck = !over && again.is_some_and(|again| again.last > later(seen.certain(used), wait));
    let next_use = again.filter(|_| !over).and_then(|again| seen.next_use(again.last, now));
    let next = next_use.map_or(Next::Ready(seen.shown_from(ready)), Next::Use);
    let since = if stuck { used } else { from };
    Standing { stuck, ..waits(stage, WaitsFor::Silence, since, Some(next)) }
}
