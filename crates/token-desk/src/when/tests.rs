use chrono::FixedOffset;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn words_for_distances() {
    let now = at("2026-11-24T14:02:00Z");
    let table = [
        ("2026-11-24T14:01:30Z", "just now"),
        ("2026-11-24T14:02:30Z", "just now"),
        ("2026-11-24T14:00:00Z", "2 min ago"),
        ("2026-11-24T13:02:00Z", "1 hour ago"),
        ("2026-11-24T11:00:00Z", "3 hours ago"),
        ("2026-11-23T14:02:00Z", "yesterday"),
        ("2026-11-15T14:02:00Z", "9 days ago"),
        ("2026-10-17T14:02:00Z", "38 days ago"),
        ("2026-07-20T14:02:00Z", "4 months ago"),
        ("2025-11-25T14:02:00Z", "11 months ago"),
        ("2025-11-24T14:02:00Z", "1 year ago"),
        ("2026-11-25T14:02:00Z", "tomorrow"),
        ("2027-02-22T14:02:00Z", "in 90 days"),
        ("2028-06-24T14:02:00Z", "in 1 year"),
        ("2026-12-06T14:02:00Z", "in 12 days"),
        ("9999-01-01T00:00:00Z", "in 7977 years"),
    ];
    for (time, words) in table {
        assert_eq!(relative_in(&Utc, at(time), now), words, "{time}");
    }
}

#[test]
fn days_are_those_of_the_calendar_on_the_wall() {
    let [west, east] = [-8, 9].map(|hours| FixedOffset::east_opt(hours * 3600).unwrap());
    // In California the 23rd, 22:00; in Japan the 24th, 15:00.
    let now = at("2026-11-24T06:00:00Z");
    let table = [
        ("2026-11-22T09:00:00Z", "yesterday", "2 days ago"),
        ("2026-11-22T07:00:00Z", "2 days ago", "2 days ago"),
        ("2026-11-22T16:00:00Z", "yesterday", "yesterday"),
        ("2026-11-25T09:00:00Z", "in 2 days", "tomorrow"),
        ("2026-11-25T07:00:00Z", "tomorrow", "tomorrow"),
        ("2026-11-26T05:59:00Z", "in 2 days", "in 2 days"),
        ("2026-11-24T03:00:00Z", "3 hours ago", "3 hours ago"),
    ];
    for (time, in_west, in_east) in table {
        assert_eq!(relative_in(&west, at(time), now), in_west, "{time}");
        assert_eq!(relative_in(&east, at(time), now), in_east, "{time}");
    }
}

#[test]
fn a_time_on_screen_is_that_of_the_clock_on_the_wall() {
    let zones = [-8 * 60, 0, 60, 5 * 60 + 30, -(3 * 60 + 30)];
    let says = zones.map(|minutes| {
        let zone = FixedOffset::east_opt(minutes * 60).unwrap();
        local_in(&zone, at("2026-11-24T23:40:00Z"))
    });
    let said = [
        "24 Nov 2026, 15:40 UTC−8",
        "24 Nov 2026, 23:40 UTC",
        "25 Nov 2026, 00:40 UTC+1",
        "25 Nov 2026, 05:10 UTC+5:30",
        "24 Nov 2026, 20:10 UTC−3:30",
    ];
    assert_eq!(says, said);
}

#[test]
fn days_have_the_names_that_people_call_them_by() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let today = day("2026-11-24");
    for (date, name, beside) in [
        ("2026-11-24", "Today", "Tuesday, 24 November"),
        ("2026-11-23", "Yesterday", "Monday, 23 November"),
        ("2026-11-20", "Friday", "20 November"),
        ("2025-11-24", "Monday", "24 November 2025"),
        // A clock that was set back.
        ("2026-11-25", "Wednesday", "25 November"),
    ] {
        let day = day(date);
        assert_eq!((&*day_name(day, today), &*day_beside_name(day, today)), (name, beside));
    }
}

#[test]
fn words_for_lengths() {
    let table = [
        (5 * MINUTE + 59, "5 minutes"),
        (-65 * MINUTE, "65 minutes"),
        (3 * HOUR + 59 * MINUTE, "about 3 hours"),
        (47 * HOUR, "about 47 hours"),
        (90 * DAY, "about 90 days"),
        (-731 * DAY, "about 2 years"),
    ];
    for (seconds, words) in table {
        assert_eq!(length(TimeDelta::seconds(seconds)), words);
    }
    assert!(length(TimeDelta::MIN).ends_with("years"));
}

#[test]
fn extremes_do_not_panic() {
    for time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, DateTime::UNIX_EPOCH] {
        let _ = relative(time, DateTime::<Utc>::MAX_UTC);
        let _ = relative(time, DateTime::<Utc>::MIN_UTC);
        let _ = end_of_day(time, u16::MAX);
        let _ = absolute(time);
        for hours in [-12, 14] {
            let _ = local_in(&FixedOffset::east_opt(hours * 3600).unwrap(), time);
        }
    }
}
