//! A server drawn at random, and what an app sees of its own token there. All times are in seconds by the server's
//! clock.

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::calibration::OwnSighting;

use crate::draw::Draw;

/// When every story begins: on 2 March 2026.
const BEGIN: i64 = 1_772_409_600;
pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 3_600;
pub const DAY: i64 = 86_400;

/// How a server keeps the last use of a token.
#[derive(Debug, Clone)]
pub struct Server {
    /// It rounds dates down to multiples of this, counted from `offset`.
    pub grain: i64,
    pub offset: i64,
    /// It writes a use only if the last one written is at least that old.
    pub throttle: i64,
    /// Whether it writes dates as they are, and rounds them down only to show them.
    pub exact: bool,
    /// A written use shows that much later, or else at the next multiple of it.
    pub lag: i64,
    pub batches: bool,
    pub freeze: Option<Freeze>,
}

/// From when to when the row stands still.
#[derive(Debug, Clone, Copy)]
pub struct Freeze {
    pub from: i64,
    pub until: i64,
    /// Whether only the lists are outdated, so that afterwards they have all uses.
    pub stale: bool,
}

/// One load of the list.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// When it began, by the server's clock.
    pub asked: i64,
    /// When it had read the row.
    pub read: i64,
    pub shown: Option<i64>,
}

/// What an app and others did at a server.
#[derive(Debug)]
pub struct Story {
    pub server: Server,
    pub looks: Vec<Look>,
    /// What the app keeps of each look.
    pub sightings: Vec<OwnSighting>,
    /// The uses of other tokens, as the server reports them.
    pub values: Vec<i64>,
}

impl Server {
    fn draw(draw: &mut Draw, longest_lag: i64) -> Self {
        let usual = [1, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, DAY];
        let grain = if draw.chance(60) { draw.pick(usual) } else { draw.spread(1, DAY) };
        let exact = draw.chance(30);
        let most = DAY / grain - 1;
        let throttle = if most > 1 && draw.chance(50) { grain * draw.spread(2, most) } else { 0 };
        let lag = match () {
            () if draw.chance(30) => 0,
            () if longest_lag > HOUR && draw.chance(20) => draw.spread(HOUR, longest_lag),
            () => draw.spread(1, HOUR),
        };
        let batches = (1..=HOUR).contains(&lag) && draw.chance(25);
        let offset = draw.between(0, grain);
        Self { grain, offset, throttle, exact, lag, batches, freeze: None }
    }

    pub fn step(&self) -> i64 {
        match self.throttle {
            0 => self.grain,
            throttle if self.exact => throttle + self.grain,
            throttle => throttle,
        }
    }

    pub fn told(&self, used: i64) -> i64 {
        used - (used - self.offset).rem_euclid(self.grain)
    }

    fn freezes_at(&self, at: i64) -> Option<Freeze> {
        self.freeze.filter(|freeze| (freeze.from..freeze.until).contains(&at))
    }

    /// The uses that it writes, each with the time from which lists may show it.
    fn writes(&self, uses: &[i64]) -> Vec<(i64, i64)> {
        let mut last = None;
        let mut writes = Vec::new();
        for &used in uses {
            let ignored = self.freezes_at(used).is_some_and(|freeze| !freeze.stale);
            if ignored || last.is_some_and(|last| used - last < self.throttle) {
                continue;
            }
            last = Some(if self.exact { used } else { self.told(used) });
            let from = if self.batches {
                (used.div_euclid(self.lag) + 1) * self.lag
            } else {
                used + self.lag
            };
            writes.push((from, self.told(used)));
        }
        writes
    }

    fn shown(&self, writes: &[(i64, i64)], at: i64) -> Option<i64> {
        let at = self.freezes_at(at).filter(|it| it.stale).map_or(at, |freeze| freeze.from);
        let visible = writes.partition_point(|&(from, _)| from <= at);
        writes[..visible].last().map(|&(_, value)| value)
    }
}

impl Story {
    /// An app that looks now and then, with gaps, at a server that may freeze.
    pub fn draw(draw: &mut Draw) -> Self {
        let mut server = Server::draw(draw, 2 * DAY);
        let (from, to) = (draw.spread(5, HOUR), draw.spread(HOUR, 3 * DAY));
        let looks = draw.between(5, 90);
        let mut times = vec![BEGIN + draw.between(0, DAY)];
        for _ in 1..looks {
            let gap = if draw.chance(2) { 20 * DAY } else { draw.spread(from, to) };
            times.push(times[times.len() - 1] + gap);
        }
        let (first, last) = (times[0], times[times.len() - 1]);
        if draw.chance(50) {
            let from = draw.between(first - DAY, last);
            let until = if draw.chance(60) { i64::MAX } else { from + draw.spread(HOUR, 60 * DAY) };
            server.freeze = Some(Freeze { from, until, stale: draw.chance(50) });
        }
        Self::of(server, &times, draw)
    }

    /// An app that looks so often that it can tell step and lag, at a server that lags by an hour at most.
    pub fn draw_close(draw: &mut Draw) -> Self {
        let server = Server { batches: false, ..Server::draw(draw, HOUR) };
        let slow = server.step().max(server.lag) * 2;
        let mut times = vec![BEGIN];
        for look in 1..400 {
            let gap =
                if look % 3 == 0 { draw.between(0, slow) } else { draw.between(0, server.step()) };
            times.push(times[times.len() - 1] + gap.max(1));
        }
        Self::of(server, &times, draw)
    }

    fn of(server: Server, times: &[i64], draw: &mut Draw) -> Self {
        let loads: Vec<_> =
            times.iter().map(|&asked| (asked, asked + draw.between(0, 20))).collect();
        let end = loads[loads.len() - 1].1;
        // Each load sends several requests; now and then, the app does something else with the token.
        let mut uses: Vec<_> = loads.iter().flat_map(|&(asked, read)| [asked, read]).collect();
        uses.extend((0..draw.between(0, 20)).map(|_| draw.between(times[0], end)));
        uses.sort_unstable();
        let writes = server.writes(&uses);
        let look =
            |&(asked, read): &(i64, i64)| Look { asked, read, shown: server.shown(&writes, read) };
        let looks: Vec<_> = loads.iter().map(look).collect();
        let silent = draw.chance(5);
        let odd = draw.chance(10).then(|| draw.pick([0, 1, 2, 5, 11, 23, 38, 59]));
        let sighting = |(at, look): (usize, &Look)| {
            let unknown = silent || draw.chance(1);
            let wrong = odd == Some(at);
            let off = if wrong { draw.between(-DAY, DAY) } else { draw.between(-1, 2) };
            OwnSighting {
                asked: (!unknown).then(|| time(look.asked + off)),
                took: TimeDelta::seconds(look.read - look.asked),
                last_used: look.shown.map(time),
            }
        };
        let sightings = looks.iter().enumerate().map(sighting).collect();
        let values = (0..draw.between(0, 60))
            .map(|_| server.told(times[0] - draw.between(0, 200 * DAY)))
            .collect();
        Self { server, looks, sightings, values }
    }
}

pub fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("a time")
}
