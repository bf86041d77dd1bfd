//! What last-used dates are worth on a server, learned from the token that the app signs in with.

use chrono::TimeDelta;
use entri_sandbox::Variant;
use entri_sandbox::odd::{Odd, Uses};
use token_desk::Desk;

use crate::support::days::Days;
use crate::support::{alone, rows};

/// What the audit says about it.
fn told(desk: &Desk, days: &Days) -> Vec<String> {
    desk.audit(days.now()).precision
}

fn keep(days: &Days, uses: Uses) {
    let odd = Odd { uses, ..Odd::default() };
    days.bench.sandbox.set_variant(Variant { odd, ..Variant::default() });
}

/// Loads the list after each of these many seconds.
async fn look_after(days: &Days, seconds: &[i64]) {
    for &wait in seconds {
        days.wait(TimeDelta::seconds(wait));
        days.look().await;
    }
}

#[test]
fn the_audit_tells_the_step_and_the_lag_and_so_it_does_at_the_next_start() {
    alone(async {
        let days = Days::begin().await;
        keep(&days, Uses { step: 60, ..Uses::default() });
        look_after(&days, &[20, 30]).await;
        assert_eq!(told(&days.bench.desk, &days), [""; 0], "too few looks");
        look_after(&days, &[20, 30, 40, 20, 70, 60, 10, 25, 45, 50, 65, 30, 20, 61]).await;
        let expected = told(&days.bench.desk, &days);
        let worth = expected[0].strip_prefix("Last used on this server: ").unwrap();
        // How long the loads took is part of the limit. Uses are shown at once, so that the median look came 20 s after
        // the minute began.
        let lag = worth.strip_prefix("rounded to 1 min, up to ").unwrap();
        let seconds: u32 = lag.strip_suffix(" s late").unwrap().parse().unwrap();
        assert!((20..40).contains(&seconds), "{lag}");
        let reopened = days.bench.reopened();
        assert_eq!(told(&reopened, &days), [""; 0], "not read yet");
        reopened.warm(days.now());
        assert_eq!(told(&reopened, &days), expected);
        let report = reopened.report("0", days.now());
        let of_report = report.sources[0].last_used_precision.as_deref();
        assert_eq!(of_report, Some(worth));
        let of = |last_used: bool| {
            let mut keys = rows(&reopened).into_iter().map(|row| row.key);
            let details = keys.find_map(|key| {
                let details = reopened.details(&key, days.now())?;
                (details.last_used.at().is_some() == last_used).then_some(details)
            });
            details.unwrap().off_by
        };
        assert_eq!(of(true).as_deref(), Some("± 1 min"));
        assert_eq!(of(false), None, "without a date");
    });
}

#[test]
fn no_steps_are_told_once_uses_are_not_recorded() {
    alone(async {
        let days = Days::begin().await;
        look_after(&days, &[86_400; 5]).await;
        keep(&days, Uses { frozen: true, ..Uses::default() });
        look_after(&days, &[86_400; 6]).await;
        let expected = ["Last used on this server: not recorded since 29 Nov 2026"];
        assert_eq!(told(&days.bench.desk, &days), expected);
        let report = days.bench.desk.report("0", days.now());
        let of_report = report.sources[0].last_used_precision.as_deref();
        assert_eq!(of_report, Some("not recorded since 29 Nov 2026"));
    });
}

#[test]
fn uses_that_show_late_are_told_as_late() {
    alone(async {
        let days = Days::begin().await;
        keep(&days, Uses { step: 1, lag: 240, ..Uses::default() });
        look_after(&days, &[61, 30, 90, 59, 62, 45, 75, 60, 61, 59, 31, 90, 60, 60]).await;
        let told = told(&days.bench.desk, &days);
        assert_eq!(told, ["Last used on this server: rounded to 59 s or less, up to 5 min late"]);
    });
}
