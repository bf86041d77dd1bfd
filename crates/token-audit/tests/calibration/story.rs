//! What an app sees of its own token at a server drawn at random. All times are in seconds by the server's clock.

use chrono::TimeDelta;
use token_audit::calibration::OwnSighting;

use crate::draw::Draw;
use crate::server::{BEGIN, DAY, Freeze, HOUR, Server, time};

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
    pub fn step(&self) -> i64 {
        match self.throttle {
            0 => self.grain,
            throttle if self.exact => throttle + self.grain,
            throttle => throttle,
        }
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
