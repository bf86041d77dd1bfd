//! A server drawn at random. All times are in seconds by the server's clock.

use chrono::{DateTime, Utc};

use crate::draw::Draw;

/// When every story begins: on 2 March 2026.
pub const BEGIN: i64 = 1_772_409_600;
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

impl Server {
    pub fn draw(draw: &mut Draw, longest_lag: i64) -> Self {
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

    pub fn told(&self, used: i64) -> i64 {
        used - (used - self.offset).rem_euclid(self.grain)
    }

    fn freezes_at(&self, at: i64) -> Option<Freeze> {
        self.freeze.filter(|freeze| (freeze.from..freeze.until).contains(&at))
    }

    /// The uses that it writes, each with the time from which lists may show it.
    pub fn writes(&self, uses: &[i64]) -> Vec<(i64, i64)> {
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

    pub fn shown(&self, writes: &[(i64, i64)], at: i64) -> Option<i64> {
        let at = self.freezes_at(at).filter(|it| it.stale).map_or(at, |freeze| freeze.from);
        let visible = writes.partition_point(|&(from, _)| from <= at);
        writes[..visible].last().map(|&(_, value)| value)
    }
}

pub fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("a time")
}
