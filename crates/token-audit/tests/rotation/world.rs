//! A rotation drawn at random: a server, jobs that move from the old token to the new one or don't, and an app that
//! looks now and then. All times are in seconds by the server's clock.

use token_audit::rotation::{Change, Ended, Place, WaitRule};

use chrono::TimeDelta;

use crate::draw::Draw;
use crate::server::{BEGIN, DAY, Freeze, HOUR, MINUTE, Server, time};

/// A job at one place.
#[derive(Debug, Clone)]
pub struct Job {
    /// It runs that often, give or take a tenth.
    pub period: i64,
    /// Its uses of the old token, and then those of the new one.
    pub old: Vec<i64>,
    pub new: Vec<i64>,
    /// When its place got the new value; `None` for a place that nobody knows of.
    pub delivered: Option<i64>,
}

/// One load of the list.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub asked: i64,
    pub read: i64,
    /// Whether its answer arrived.
    pub arrived: bool,
    /// Whether it had the server's time.
    pub dated: bool,
}

/// What a row of the list goes through.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The calls of the app.
    pub own: Vec<i64>,
    /// A date that lists show before the first use, although the token didn't exist then.
    pub odd: Option<i64>,
    /// What the server writes, each with the time from which lists show it.
    writes: Vec<(i64, i64)>,
}

/// What happens around one rotation.
#[derive(Debug, Clone)]
pub struct World {
    pub server: Server,
    pub jobs: Vec<Job>,
    pub loads: Vec<Load>,
    pub old: Row,
    pub new: Row,
    /// The row of the token that the app signs in with; a session has none.
    pub app: Option<Row>,
    pub created: i64,
    pub rule: WaitRule,
    pub ended: Option<Ended>,
    pub change: Option<Change>,
    /// How far this computer's clock is off, and whether the server never tells its time.
    pub skew: i64,
    pub silent: bool,
}

impl Row {
    fn of(server: &Server, own: Vec<i64>, others: impl Iterator<Item = i64>) -> Self {
        let mut uses: Vec<_> = others.chain(own.iter().copied()).collect();
        uses.sort_unstable();
        Self { own, odd: None, writes: server.writes(&uses) }
    }

    pub fn shown(&self, server: &Server, at: i64) -> Option<i64> {
        server.shown(&self.writes, at).or(self.odd)
    }
}

impl Job {
    fn draw(draw: &mut Draw, (created, end): (i64, i64), known: bool) -> Self {
        let period = draw.spread(5 * MINUTE, 31 * DAY);
        let delivered = created + draw.spread(MINUTE, 20 * DAY);
        let moves = if known { draw.chance(85) } else { draw.chance(30) };
        let switched = if moves { delivered + draw.between(0, 2 * period) } else { i64::MAX };
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let mut at = BEGIN - draw.between(0, period);
        while at < end {
            if at < switched {
                old.push(at);
            } else {
                new.push(at);
            }
            at += draw.between(period - period / 10, period + period / 10 + 1);
        }
        Self { period, old, new, delivered: known.then_some(delivered) }
    }
}

impl World {
    pub fn draw(draw: &mut Draw) -> Self {
        let created = BEGIN + draw.pick([0, 7, 40, 120]) * DAY + draw.between(0, DAY);
        let end = created + draw.spread(5, 120) * DAY;
        let mut server = Server::draw(draw, 2 * DAY);
        if draw.chance(30) {
            let from = draw.between(BEGIN, end);
            let until = if draw.chance(60) { i64::MAX } else { from + draw.spread(HOUR, 60 * DAY) };
            server.freeze = Some(Freeze { from, until, stale: draw.chance(50) });
        }
        let mut jobs: Vec<_> =
            (0..draw.between(1, 4)).map(|_| Job::draw(draw, (created, end), true)).collect();
        if draw.chance(15) {
            jobs.push(Job::draw(draw, (created, end), false));
        }
        let loads = loads(draw, end);
        let app: Vec<_> = loads.iter().flat_map(|load| [load.asked, load.read]).collect();
        let app = draw.chance(85).then(|| Row::of(&server, app, [].into_iter()));
        let tests = |draw: &mut Draw, percent| -> Vec<_> {
            let delivered = jobs.iter().filter_map(|job| job.delivered);
            delivered.filter(|_| draw.chance(percent)).map(|at| at + MINUTE).collect()
        };
        let (old_own, new_own) = (tests(draw, 10), tests(draw, 50));
        let old = Row::of(&server, old_own, jobs.iter().flat_map(|job| job.old.clone()));
        let mut new = Row::of(&server, new_own, jobs.iter().flat_map(|job| job.new.clone()));
        let rule = rule(draw, &jobs);
        let off =
            |draw: &mut Draw| draw.chance(5).then(|| time(created + draw.between(0, 20 * DAY)));
        let (ended, change) = (off(draw).map(Ended::ValueLost), off(draw).map(Change::Renamed));
        let skew = draw.between(-DAY, DAY);
        let silent = draw.chance(5);
        new.odd = draw.chance(20).then(|| created - draw.spread(MINUTE, 60 * DAY));
        Self { server, jobs, loads, old, new, app, created, rule, ended, change, skew, silent }
    }

    /// The places as the app knows them at that time.
    pub fn places(&self, now: i64) -> Vec<Place> {
        let known = self.jobs.iter().filter_map(|job| job.delivered);
        let done = |at: i64| (at <= now).then(|| time(at));
        known.map(|at| Place { delivered: done(at), confirmed: None }).collect()
    }

    /// The uses of the old token within these limits that the server could have shown.
    pub fn uses(&self, after: i64, until: i64) -> impl Iterator<Item = i64> {
        let within = self.jobs.iter().flat_map(move |job| {
            let from = job.old.partition_point(|at| *at <= after);
            job.old[from..].iter().copied().take_while(move |at| *at <= until)
        });
        let freeze = self.server.freeze.filter(|freeze| !freeze.stale);
        within.filter(move |at| !freeze.is_some_and(|it| (it.from..it.until).contains(at)))
    }
}

fn loads(draw: &mut Draw, end: i64) -> Vec<Load> {
    let (from, to) = (draw.spread(5 * MINUTE, DAY), draw.spread(8 * HOUR, 3 * DAY));
    let mut loads = Vec::new();
    let mut asked = BEGIN + draw.between(0, DAY);
    while asked < end {
        let read = asked + draw.between(0, 20);
        loads.push(Load { asked, read, arrived: !draw.chance(10), dated: !draw.chance(1) });
        let away = if draw.chance(3) { draw.between(0, 20 * DAY) } else { 0 };
        asked = read + draw.spread(from, to.max(from)) + away;
    }
    loads
}

fn rule(draw: &mut Draw, jobs: &[Job]) -> WaitRule {
    let longest = jobs.iter().map(|job| job.period + job.period / 10).max().unwrap_or_default();
    let told = if draw.chance(30) { longest } else { 0 };
    WaitRule {
        chosen: TimeDelta::seconds(draw.pick([HOUR, DAY, 3 * DAY])),
        longest_job: TimeDelta::seconds(told),
        at_once: false,
    }
}
