//! What last-used dates are worth on a server, in words.

use chrono::TimeDelta;
use token_audit::calibration::{Calibration, Channel};

use crate::when;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// `rounded to 1 min, up to 2 min late`, or that last uses aren't recorded; `None` as long as nothing is known.
pub(crate) fn told(calibration: &Calibration) -> Option<String> {
    match (calibration.channel, calibration.frozen) {
        (Channel::DoesNotCount, _) => return Some("API use isn’t recorded".to_owned()),
        (_, Some(since)) => return Some(format!("not recorded since {}", when::date(since))),
        _ => {}
    }
    let (step, lag) = (calibration.step?, calibration.lag?);
    let steps = match calibration.stated_step() {
        Some(step) => format!("rounded to {}", length(step, nearest)),
        None => format!("rounded to {} or less", length(step.at_most, rounded_up)),
    };
    Some(format!("{steps}, up to {} late", length(lag.at_most, rounded_up)))
}

/// `± 5 min`: how far off a last use may be; `None` as long as that isn't known, and for seconds, which nobody notices.
pub(crate) fn off_by(calibration: &Calibration) -> Option<String> {
    let step = calibration.stated_step().filter(|step| step.num_seconds() >= MINUTE / 2)?;
    calibration.frozen.is_none().then(|| format!("± {}", length(step, nearest)))
}

/// The notice about a server that has stopped recording uses.
pub(crate) fn frozen(calibration: &Calibration) -> Option<String> {
    let since = when::date(calibration.frozen?);
    Some(match calibration.channel {
        Channel::DoesNotCount => {
            "This server doesn’t record API use: Entri Tokens uses its own token, whose last use never changes. \
             Which tokens are stale or unused isn’t known."
                .to_owned()
        }
        _ => format!(
            "This server stopped recording uses: Entri Tokens uses its own token, but its last use is still {since}. \
             Which tokens are stale or unused isn’t known since then."
        ),
    })
}

/// `40 s`, `5 min`, `1 day`: in whole units of one kind. `rounded` says how many units seconds are.
fn length(length: TimeDelta, rounded: fn(i64, i64) -> i64) -> String {
    let seconds = length.num_seconds().max(1);
    let counted = |count: i64, unit: &str| match count {
        1 => format!("1 {unit}"),
        count => format!("{count} {unit}s"),
    };
    let (minutes, hours) = (rounded(seconds, MINUTE), rounded(seconds, HOUR));
    match () {
        () if seconds < MINUTE => format!("{seconds} s"),
        () if minutes < HOUR / MINUTE => format!("{minutes} min"),
        () if hours < DAY / HOUR => counted(hours, "hour"),
        () => counted(rounded(seconds, DAY), "day"),
    }
}

fn rounded_up(seconds: i64, unit: i64) -> i64 {
    (seconds + unit - 1) / unit
}

fn nearest(seconds: i64, unit: i64) -> i64 {
    (seconds + unit / 2) / unit
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use token_audit::calibration::Bounds;

    use super::*;

    fn bounds(at_least: i64, at_most: i64) -> Bounds {
        let (at_least, at_most) = (TimeDelta::seconds(at_least), TimeDelta::seconds(at_most));
        Bounds { at_least, at_most }
    }

    #[test]
    fn what_is_known_only_as_a_limit_is_told_as_one() {
        let told = |step, lag| {
            let channel = Channel::Counts;
            told(&Calibration { step, lag, frozen: None, channel })
        };
        let table = [
            (bounds(60, 60), bounds(0, 100), "rounded to 1 min, up to 2 min late"),
            (bounds(1, 1), bounds(0, 2), "rounded to 1 s, up to 2 s late"),
            (bounds(200, 301), bounds(0, 61), "rounded to 5 min, up to 2 min late"),
            (bounds(1, 5_400), bounds(0, 3_600), "rounded to 2 hours or less, up to 1 hour late"),
            (bounds(DAY, DAY), bounds(0, 3 * DAY), "rounded to 1 day, up to 3 days late"),
            (bounds(3_590, 3_595), bounds(0, 3_541), "rounded to 1 hour, up to 1 hour late"),
            (bounds(DAY - 99, DAY - 9), bounds(0, DAY - 1), "rounded to 1 day, up to 1 day late"),
        ];
        for (step, lag, expected) in table {
            assert_eq!(told(Some(step), Some(lag)).as_deref(), Some(expected));
        }
        assert_eq!(told(None, Some(bounds(0, 1))), None);
    }

    #[test]
    fn a_last_use_is_off_by_a_step_that_is_known() {
        let off_by = |step, frozen| {
            let (step, lag, channel) = (Some(step), None, Channel::Counts);
            off_by(&Calibration { step, lag, frozen, channel })
        };
        assert_eq!(off_by(bounds(60, 60), None).as_deref(), Some("± 1 min"));
        assert_eq!(off_by(bounds(DAY, DAY), None).as_deref(), Some("± 1 day"));
        assert_eq!(off_by(bounds(1, 1), None), None, "nobody notices a second");
        assert_eq!(off_by(bounds(1, 5_400), None), None, "only a limit is known");
        assert_eq!(off_by(bounds(60, 60), Some(DateTime::UNIX_EPOCH)), None, "frozen");
    }

    #[test]
    fn nothing_is_told_of_steps_once_uses_are_not_recorded() {
        let frozen = Some(DateTime::UNIX_EPOCH);
        let told = |step, lag, channel| told(&Calibration { step, lag, frozen, channel });
        let stopped = told(Some(bounds(60, 60)), Some(bounds(0, 100)), Channel::Counts);
        assert_eq!(stopped.as_deref(), Some("not recorded since 1 Jan 1970"));
        let never = told(None, None, Channel::DoesNotCount);
        assert_eq!(never.as_deref(), Some("API use isn’t recorded"));
    }
}
