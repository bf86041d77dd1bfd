use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn every_form_of_date_is_read() {
    let expected = Date::At("2026-11-20T15:03:00Z".parse().unwrap());
    let forms = [
        json!("2026-11-20T15:03:00Z"),
        json!("2026-11-20T15:03:00.000Z"),
        json!("2026-11-20T15:03:00,000Z"),
        json!(" 2026-11-20T15:03:00Z "),
        json!("2026-11-20t15:03:00z"),
        json!("2026-11-20T16:03:00+01:00"),
        json!("2026-11-20T16:03:00.000+0100"),
        json!("2026-11-20T15:03:00+00"),
        json!("2026-11-20T15:03:00"),
        json!("2026-11-20T15:03Z"),
        json!("2026-11-20 15:03:00"),
        json!("2026-11-20 16:03+01"),
        json!("2026-11-20 15:03:00.000000 +0000"),
        json!("Fri, 20 Nov 2026 15:03:00 GMT"),
        json!("Friday, 20-Nov-26 15:03:00 GMT"),
        json!("Fri Nov 20 15:03:00 2026"),
        json!(1_795_186_980),
        json!(1_795_186_980.0),
        json!(1_795_186_980_000_i64),
        json!(1_795_186_980_000_000_i64),
        json!(1_795_186_980_000_000_000_i64),
        json!("1795186980"),
        json!("1795186980000"),
        json!("1795186980000000000"),
        json!({"$date": "2026-11-20T15:03:00Z"}),
        json!({"$date": 1_795_186_980_000_i64}),
        json!({"$date": {"$numberLong": "1795186980000"}}),
        json!({"seconds": 1_795_186_980, "nanos": 0}),
        json!({"seconds": "1795186980"}),
    ];
    for form in forms {
        assert_eq!(date(&form), expected, "{form}");
    }
    assert_eq!(date(&json!("2026-11-20")), Date::At("2026-11-20T00:00:00Z".parse().unwrap()));
    assert_eq!(
        date(&json!("2016-12-31T23:59:60Z")),
        Date::At("2016-12-31T23:59:59Z".parse().unwrap())
    );
}

#[test]
fn what_servers_write_for_none_is_none() {
    for none in [
        json!(null),
        json!(""),
        json!("  "),
        json!(0),
        json!("0"),
        json!(0.0),
        json!(-1),
        json!("-1"),
        json!("0000-00-00"),
        json!("0000-00-00 00:00:00"),
        json!("0001-01-01T00:00:00Z"),
        json!("1970-01-01T00:00:00.000Z"),
        json!("1753-01-01 00:00:00"),
        json!("2014-12-31T23:59:59Z"),
        json!("9999-12-31T23:59:59Z"),
        json!("+275760-09-13T00:00:00.000Z"),
        json!(1_420_070_399),
        json!(-62_135_596_800_i64),
        json!(-62_135_596_800_000_i64),
        json!(253_402_300_799_i64),
        json!(253_402_300_799_000_i64),
        json!(8_640_000_000_000_000_i64),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!({"$date": {"$numberLong": "-62135596800000"}}),
        json!({"seconds": -62_135_596_800_i64, "nanos": 0}),
        json!({"seconds": 0}),
    ] {
        assert_eq!(date(&none), Date::None, "{none}");
    }
}

#[test]
fn everything_else_is_not_readable() {
    for form in [
        json!("soon"),
        json!("inf"),
        json!("NaN"),
        json!("1e10"),
        json!("2027"),
        json!("20271126"),
        json!(2027),
        json!(20_271_126),
        json!(3600.5),
        json!(-7),
        json!("2026-02-30T00:00:00Z"),
        json!("2026-11-20T25:00:00Z"),
        json!("2026-11-20T15:03:00Zulu"),
        json!("2026-11-20T15:03:00+1"),
        json!("2026-11-20T15:03:00+01:"),
        json!("2026-11-20T15:03:00+01:99"),
        json!("2026-11-20T15:03:00."),
        json!("2026-11-20T"),
        json!("2026-1-2"),
        json!("20/11/2026"),
        json!("٢٠٢٦-11-20"),
        json!("2026-11-é0"),
        json!([1]),
        json!({}),
        json!(true),
        json!(false),
        json!({"$date": {}}),
        json!({"$date": {"$date": {"$date": 1}}}),
        json!({"seconds": "x"}),
        json!({"seconds": 1_795_186_980, "nanos": "x"}),
    ] {
        assert_eq!(date(&form), Date::Unreadable, "{form}");
    }
}

/// Every way to write a full second, in UTC and with an offset of an hour and a half.
fn written(time: DateTime<Utc>) -> Vec<Value> {
    let ahead = (time + TimeDelta::minutes(90)).naive_utc();
    let seconds = time.timestamp();
    let text = |form: &str| json!(time.format(form).to_string());
    let local = |form: &str| json!(ahead.format(form).to_string());
    let mut forms = vec![
        text("%Y-%m-%dT%H:%M:%SZ"),
        text("%Y-%m-%dT%H:%M:%S%.3fZ"),
        text("%Y-%m-%dT%H:%M:%S%.9f"),
        text("%Y-%m-%d %H:%M:%S"),
        text("%Y-%m-%d %H:%M:%S+00"),
        local("%Y-%m-%d %H:%M:%S+0130"),
        local("%Y-%m-%dT%H:%M:%S+01:30"),
        text("%a, %d %b %Y %H:%M:%S GMT"),
        text("%a %b %e %H:%M:%S %Y"),
        json!({"$date": {"$numberLong": (seconds * 1000).to_string()}}),
        json!({"seconds": seconds, "nanos": 0}),
    ];
    for unit in UNITS {
        if let Ok(number) = i64::try_from(i128::from(seconds) * unit) {
            forms.extend([json!(number), json!(number.to_string())]);
        }
    }
    forms
}

proptest! {
    #[test]
    fn no_text_or_number_panics(text in ".*", iso in "[-+]?[0-9]{4,6}-[0-9]{2}-[0-9]{2}[T ]?[0-9:.,Z+ -]{0,20}", number: f64, whole: i64) {
        date(&json!(text));
        date(&json!(iso));
        date(&json!(number));
        date(&json!(number.to_string()));
        date(&json!(whole));
        date(&json!({"seconds": whole, "nanos": whole}));
    }

    #[test]
    fn each_form_of_a_time_reads_as_that_time(seconds in 1_420_070_400_i64..221_876_928_000) {
        let time = DateTime::from_timestamp(seconds, 0).unwrap();
        for form in written(time) {
            prop_assert_eq!(date(&form), Date::At(time), "{}", form);
        }
    }

    #[test]
    fn parts_of_a_second_are_kept(milliseconds in 1_420_070_400_000_i64..221_876_928_000_000) {
        let time = DateTime::from_timestamp_millis(milliseconds).unwrap();
        for form in [json!(milliseconds), json!(time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())] {
            prop_assert_eq!(date(&form), Date::At(time), "{}", form);
        }
    }
}
