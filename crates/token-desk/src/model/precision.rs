//! What last-used dates are worth on a server, in words.

use chrono::TimeDelta;
use token_audit::calibration::Calibration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// `steps of 1 min, seen within 2 min`; `None` as long as that isn't known.
pub(crate) fn told(calibration: &Calibration) -> Option<String> {
    let (step, lag) = (calibration.step?, calibration.lag?);
    let steps = match calibration.stated_step() {
        Some(step) => format!("steps of {}", length(step, MINUTE / 2)),
        None => format!("steps of {} at most", length(step.at_most, MINUTE)),
    };
    Some(format!("{steps}, seen within {}", length(lag.at_most, MINUTE)))
}

/// In one unit: rounded up, or to the nearest for half a minute more.
fn length(length: TimeDelta, more: i64) -> String {
    let seconds = length.num_seconds().max(1);
    let of = |unit: i64| (seconds + unit * more / MINUTE - 1).div_euclid(unit).max(1);
    let counted = |count: i64, unit: &str| match count {
        1 => format!("1 {unit}"),
        count => format!("{count} {unit}s"),
    };
    match seconds {
        ..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR => format!("{} min", of(MINUTE)),
        HOUR..DAY => counted(of(HOUR), "hour"),
        _ => counted(of(DAY), "day"),
    }
}

#[cfg(test)]
mod tests {
    use token_audit::calibration::{Bounds, Channel};

    use super::*;

    #[test]
    fn what_is_known_only_as_a_limit_is_told_as_one() {
        let bounds = |at_least, at_most| {
            let (at_least, at_most) = (TimeDelta::seconds(at_least), TimeDelta::seconds(at_most));
            Some(Bounds { at_least, at_most })
        };
        let told = |step, lag| {
            let channel = Channel::Counts;
            told(&Calibration { step, lag, frozen: None, channel })
        };
        let table = [
            (bounds(60, 60), bounds(0, 100), "steps of 1 min, seen within 2 min"),
            (bounds(1, 1), bounds(0, 2), "steps of 1 s, seen within 2 s"),
            (bounds(200, 301), bounds(0, 61), "steps of 5 min, seen within 2 min"),
            (bounds(1, 5_400), bounds(0, 3_600), "steps of 2 hours at most, seen within 1 hour"),
            (bounds(DAY, DAY), bounds(0, 3 * DAY), "steps of 1 day, seen within 3 days"),
        ];
        for (step, lag, expected) in table {
            assert_eq!(told(step, lag).as_deref(), Some(expected));
        }
        assert_eq!(told(None, bounds(0, 1)), None);
    }
}
