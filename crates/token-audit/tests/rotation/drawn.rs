//! What is said about a rotation, compared with rotations drawn at random. `ROTATIONS=10000` draws more than the 1,000 of
//! every run, `FIRST=4711` begins elsewhere.

use std::collections::BTreeSet;
use std::env;

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::calibration::{Calibration, OwnSighting};
use token_audit::history::Observation;
use token_audit::rotation::{Facts, LastUsed, Progress, Stage, Token};
use token_audit::{Date, OwnUse};

use crate::draw::Draw;
use crate::server::{DAY, time};
use crate::world::{Load, Row, World};

const FEW: u64 = 1_000;
/// What times in whole seconds may be off.
const OFF: i64 = 5;
/// How far off a time may be that the server didn't tell.
const UNDATED: TimeDelta = TimeDelta::days(2);

fn seeds() -> impl Iterator<Item = u64> {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse().ok());
    let first = number("FIRST").unwrap_or(0);
    first..first + number("ROTATIONS").unwrap_or(FEW)
}

impl World {
    fn local(&self, at: i64) -> DateTime<Utc> {
        time(at + if self.silent { self.skew } else { 0 })
    }

    fn dated(&self, load: &Load) -> bool {
        load.dated && !self.silent
    }

    /// What the app keeps of a row.
    fn sightings(&self, row: &Row, loads: &[Load]) -> Vec<Observation> {
        let seen = |load: &Load| Observation {
            at: if self.dated(load) { time(load.asked) } else { time(load.asked + self.skew) },
            slack: if self.dated(load) { TimeDelta::zero() } else { UNDATED },
            last_used: row.shown(&self.server, load.read).map(time),
        };
        loads.iter().filter(|load| load.arrived).map(seen).collect()
    }

    fn calibration(&self, loads: &[Load]) -> Calibration {
        let Some(app) = &self.app else { return Calibration::UNKNOWN };
        let seen = |load: &Load| OwnSighting {
            asked: self.dated(load).then(|| time(load.asked)),
            took: TimeDelta::seconds(load.read - load.asked),
            last_used: app.shown(&self.server, load.read).map(time),
        };
        let sightings: Vec<_> = loads.iter().filter(|load| load.arrived).map(seen).collect();
        let Some(last) = loads.last() else { return Calibration::UNKNOWN };
        let others = [&self.old, &self.new].map(|row| row.shown(&self.server, last.read).map(time));
        Calibration::of(&sightings, others.into_iter().flatten())
    }

    /// The least gap between two uses, if the lists showed the rhythm of the only job before the rotation.
    fn known_gap(&self) -> Option<TimeDelta> {
        let [job] = &self.jobs[..] else { return None };
        let before = self.loads.iter().filter(|it| it.arrived && it.read < self.created);
        let shown: BTreeSet<_> =
            before.filter_map(|load| self.old.shown(&self.server, load.read)).collect();
        (shown.len() >= 3).then(|| TimeDelta::seconds(job.period - job.period / 10))
    }

    /// What is said after these loads.
    fn progress(&self, loads: &[Load], now: i64) -> Progress {
        let (old, new) = (self.sightings(&self.old, loads), self.sightings(&self.new, loads));
        let rows = [Some(&self.old), Some(&self.new), self.app.as_ref()];
        let last = loads.iter().rfind(|load| load.arrived);
        let shown = |row: &Row| Some(time(row.shown(&self.server, last?.read)?));
        let places = self.places(now);
        let call = |at: i64| OwnUse { from: time(at), until: time(at), before: Date::None };
        let own = |row: &Row| row.own.iter().filter(|at| **at <= now).copied().map(call).collect();
        let (old_own, new_own): (Vec<_>, Vec<_>) = (own(&self.old), own(&self.new));
        Facts {
            planned: time(self.created),
            created: Some(time(self.created)),
            places: &places,
            old: Token {
                sightings: &old,
                own_uses: &old_own,
                expires: None,
                change: self.change.filter(|_| now >= self.created + 10 * DAY),
            },
            new: Token { sightings: &new, own_uses: &new_own, expires: None, change: None },
            last_used: LastUsed::Reported {
                calibration: self.calibration(loads),
                recorded_until: rows.into_iter().flatten().filter_map(shown).max(),
            },
            rule: self.rule,
            ended: self.ended.filter(|_| now >= self.created + 10 * DAY),
            revoked: None,
            proof: None,
        }
        .progress(self.local(now))
    }
}

fn seconds(at: DateTime<Utc>) -> i64 {
    at.timestamp()
}

/// Up to when the old token is known to be unused, if it is said to be: nobody used it since, as far as the server
/// could have shown.
fn check_quiet(world: &World, said: &Progress, context: &str) -> Option<i64> {
    let quiet = said.quiet?;
    let (since, until) = (seconds(quiet.since), seconds(quiet.until));
    let used = world.uses(since + said.step.num_seconds() + OFF, until).next();
    assert_eq!(used, None, "used while called quiet: {context}");
    Some(until)
}

/// The new one counts as used only once somebody other than the app used it. A date from before it existed, by more than
/// dates may be off, is no use, and is told.
fn check_use(world: &World, loads: &[Load], said: &Progress, context: &str) -> bool {
    let read = loads.iter().filter(|load| load.arrived).map(|load| load.read).max();
    let used = world.jobs.iter().flat_map(|job| &job.new).min();
    let odd = world.new.odd.filter(|odd| odd + said.step.num_seconds() + OFF < world.created);
    let shown = odd.is_some()
        && loads
            .iter()
            .any(|load| load.arrived && world.new.shown(&world.server, load.read) == odd);
    assert_eq!(said.odd_use.map(seconds), odd.filter(|_| shown), "an odd date: {context}");
    if world.new.odd == odd && said.new_used.is_some() {
        assert!(used <= read.as_ref() && used.is_some(), "nobody used the new one: {context}");
    }
    shown
}

/// The revoke is offered: everything was delivered, others use the new token, and the old one was unused for as long as
/// it had to be.
fn check_offer(world: &World, said: &Progress, now: i64, until: i64, context: &str) {
    assert!(world.places(now).iter().all(|place| place.delivered.is_some()), "places: {context}");
    let used = world.jobs.iter().flat_map(|job| &job.new).min().is_some_and(|at| *at <= now);
    assert!(used, "the new one isn't in use: {context}");
    assert!(said.exit.is_none(), "off its way: {context}");
    assert!(world.ended.is_none() && world.change.is_none() || now < world.created + 10 * DAY);
    assert!(said.wait >= world.rule.chosen && said.wait >= world.rule.longest_job, "{context}");
    let (step, wait) = (said.step.num_seconds(), said.wait.num_seconds());
    let since = said.new_used.max(said.quiet.map(|quiet| quiet.since)).map(seconds);
    let since = since.expect("a use");
    assert!(until - since >= step + wait, "too early: {context}");
    // A job that still runs would have shown, if its period is that of the wait at most.
    let still = world.jobs.iter().find(|job| {
        let longest = job.period + job.period / 10;
        let covered = longest <= wait;
        let (before, after) = (job.old.iter().any(|at| *at < since), job.old.last() > Some(&until));
        covered && before && after && world.server.freeze.is_none()
    });
    assert!(still.is_none(), "still in use by {:?}: {context}", still.map(|job| job.period));
}

/// How often each thing was said.
#[derive(Debug, Default)]
struct Counts {
    rotations: u32,
    /// Evaluations, and how many of them called the old one quiet or offered its revoke.
    said: u32,
    quiet: u32,
    offers: u32,
    /// Rotations in which the old one was used after the new one, in which all places moved, and which became ready.
    used_again: u32,
    moved: u32,
    ready: u32,
    stuck: u32,
    /// Evaluations after a list had shown a use of the new one from before it existed.
    odd: u32,
}

impl Counts {
    fn watch(&mut self, seed: u64, world: &World) {
        let mut reached = (false, false, false);
        let draw = &mut Draw::new(seed);
        let loads = world.loads.iter().enumerate().filter(|(_, it)| it.read > world.created);
        // Some of them: what is known is worked out anew each time.
        for (at, load) in loads.filter(|_| draw.chance(35)) {
            let now = load.read + (seed % 5).cast_signed() * DAY / 4;
            let said = world.progress(&world.loads[..=at], now);
            let context = format!("seed {seed}, load {at}, {:?}: {said:?}", world.server);
            self.said += 1;
            if let Some(gap) = world.known_gap() {
                assert!(said.wait >= gap * 2, "too short a wait: {context}");
            }
            self.odd += u32::from(check_use(world, &world.loads[..=at], &said, &context));
            let until = check_quiet(world, &said, &context);
            self.quiet += u32::from(until.is_some());
            if said.may_revoke().is_ok() {
                assert_eq!(said.stage, Stage::Ready, "{context}");
                check_offer(world, &said, now, until.expect("quiet"), &context);
                self.offers += 1;
            }
            reached.0 |= said.may_revoke().is_ok();
            reached.1 |= said.used_again.is_some();
            reached.2 |= said.exit == Some(token_audit::rotation::Exit::Stuck);
        }
        let moved = world.jobs.iter().all(|job| !job.new.is_empty());
        self.rotations += 1;
        self.moved += u32::from(moved);
        self.ready += u32::from(reached.0);
        self.used_again += u32::from(reached.1);
        self.stuck += u32::from(reached.2);
    }
}

#[test]
fn no_old_token_is_called_quiet_that_was_used() {
    let mut counts = Counts::default();
    for seed in seeds() {
        counts.watch(seed, &World::draw(&mut Draw::new(seed)));
    }
    println!("{counts:?}");
    assert!(counts.ready * 4 >= counts.moved, "{counts:?}");
    assert!(counts.used_again * 10 >= counts.rotations, "{counts:?}");
    assert!(counts.stuck > 0 && counts.odd > 100, "{counts:?}");
}
