//! What would have failed, had a token been revoked earlier.

use chrono::TimeDelta;
use token_audit::history::{Step, UseHistory};

use crate::{looked, minute, on};

/// Revoked on the twentieth day at noon, as told after sixty days.
fn told(uses: &[chrono::DateTime<chrono::Utc>], looks: &[chrono::DateTime<chrono::Utc>]) -> String {
    let history = UseHistory::of(&looked(uses, looks), minute(60 * 24 * 60)).expect("a history");
    let revoked = minute(20 * 24 * 60 + 12 * 60);
    history.rehearse(revoked).expect("a rehearsal").words(Step::Fine)
}

#[test]
fn the_uses_that_would_have_failed_are_counted() {
    let every_day = on(0..60, 14, 0);
    let table = [
        (
            on(0..60, 3, 1),
            "At least 39 uses would have failed, all around 03:00 UTC. The last was on 30 Apr 2026.",
        ),
        (on(0..20, 3, 1), "No recorded use would have failed."),
        (on(0..22, 3, 1), "At least 1 use would have failed, around 03:00 UTC, on 23 Mar 2026."),
        (
            [on(0..40, 3, 1), on(40..60, 9, 40)].concat(),
            "At least 39 uses would have failed, all around 10:00 and 03:00 UTC. \
             The last was on 30 Apr 2026.",
        ),
        (
            [on(0..55, 3, 1), on(55..60, 9, 40)].concat(),
            "At least 39 uses would have failed, most around 03:00 UTC. The last was on 30 Apr 2026.",
        ),
        (
            (21..29).flat_map(|day| on([day], day - 20, 0)).collect(),
            "At least 8 uses would have failed, at various hours. The last was on 30 Mar 2026.",
        ),
    ];
    for (uses, said) in table {
        // The last look is at the end of the last day.
        let looks = [every_day.clone(), vec![minute(60 * 24 * 60)]].concat();
        assert_eq!(told(&uses, &looks), said);
    }
}

#[test]
fn each_look_shows_only_the_latest_use() {
    let weekly = on((0..60).step_by(7), 14, 0);
    let said = told(&on(0..60, 3, 1), &weekly);
    assert_eq!(
        said,
        "At least 6 uses would have failed, all around 03:00 UTC. The last was on 27 Apr 2026. \
         No data for 35 days."
    );
}

#[test]
fn no_hour_is_told_of_a_day() {
    let looks = on(0..60, 14, 0);
    let history = UseHistory::of(&looked(&on(0..60, 0, 0), &looks), *looks.last().expect("a look"));
    let rehearsal = history.expect("a history").rehearse(minute(0) + TimeDelta::days(20));
    assert_eq!(
        rehearsal.expect("a rehearsal").words(Step::Day),
        "At least 39 uses would have failed. The last was on 30 Apr 2026."
    );
}

#[test]
fn a_history_that_began_later_says_nothing() {
    let looks = on(20..60, 14, 0);
    let history = UseHistory::of(&looked(&[], &looks), minute(60 * 24 * 60)).expect("a history");
    assert_eq!(history.rehearse(minute(20 * 24 * 60)), None);
    assert!(history.rehearse(minute(21 * 24 * 60)).is_some());
}
