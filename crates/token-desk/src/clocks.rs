//! What time it is where this computer's clock and the server's disagree.

use chrono::{DateTime, TimeDelta, Utc};

use crate::desk::Desk;
use crate::error::{Code, Problem};

/// Answers travel and are rounded: clocks this close count as alike.
const ALIKE: TimeDelta = TimeDelta::minutes(5);

impl Desk {
    /// The time to judge the shown tokens at, by this computer's clock or, where that is apart from
    /// it, by the server's: expiry and last use are the server's to tell.
    #[must_use]
    pub fn server_time(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let state = self.state();
        let apart = state.shown_lines().map(|line| line.skew).find(|&skew| apart(skew));
        now + apart.unwrap_or_default()
    }
}

/// The same time by the clock of a server that is `skew` ahead of this computer's.
pub(crate) fn by_server(now: DateTime<Utc>, skew: TimeDelta) -> DateTime<Utc> {
    if apart(skew) { now + skew } else { now }
}

/// What to tell of a server whose clock is `skew` ahead of this computer's.
pub(crate) fn told(skew: TimeDelta, host: &str) -> Option<Problem> {
    let minutes = skew.num_minutes();
    let (far, side) = (minutes.abs(), if minutes > 0 { "behind" } else { "ahead of" });
    apart(skew).then(|| Problem {
        code: Code::Internal,
        message: format!(
            "This computer's clock is {far} minutes {side} that of {host}. Expiry and last use are \
             judged by the server's clock. Set this one, then refresh."
        ),
    })
}

fn apart(skew: TimeDelta) -> bool {
    skew.abs() > ALIKE
}
