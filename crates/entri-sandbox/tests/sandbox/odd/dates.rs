//! Dates in other forms, as sentinels, and as values that aren't dates (docs/entri-api.md#dates).

use entri_sandbox::DateForm::{self, *};
use entri_sandbox::odd::{Dates, Said, ways};
use serde_json::{Value, json};

use super::{entries, page};
use crate::support::Bench;

/// The first token's creation date, and the last use of a token that was never used.
async fn written(form: DateForm) -> (Option<Value>, Option<Value>) {
    let bench = Bench::new().await;
    let forms: &[DateForm] = Box::leak(Box::new([form]));
    bench.set(|it| it.odd.dates = Dates { created: forms, expires: forms, last_used: forms });
    let truth = bench.sandbox.truth().unwrap();
    let never =
        &truth.iter().find(|it| it.last_used.is_none() && it.project_id.is_none()).unwrap().id;
    let body = page(&bench, "limit=200").await;
    let unused = entries(&body).iter().find(|it| it["_id"] == **never).unwrap();
    (entries(&body)[0].get("created").cloned(), unused.get("lastUsedAt").cloned())
}

#[tokio::test]
async fn a_time_has_every_form() {
    // 2026-11-21T14:02:00Z
    let table = [
        (Iso, json!("2026-11-21T14:02:00.000Z")),
        (IsoOffset, json!("2026-11-21T15:02:00+01:00")),
        (Blank, json!("2026-11-21 14:02:00")),
        (Bare, json!("2026-11-21T14:02:00")),
        (Minutes, json!("2026-11-21T14:02Z")),
        (OffsetHours, json!("2026-11-21T14:02:00+00")),
        (OffsetCompact, json!("2026-11-21T14:02:00+0000")),
        (Http, json!("Sat, 21 Nov 2026 14:02:00 GMT")),
        (SecondsNanos, json!({"seconds": 1_795_269_720, "nanos": 0})),
        (Seconds, json!(1_795_269_720)),
        (Milliseconds, json!(1_795_269_720_000_i64)),
        (Microseconds, json!(1_795_269_720_000_000_i64)),
        (Nanoseconds, json!(1_795_269_720_000_000_000_i64)),
        (SecondsText, json!("1795269720")),
        (MillisecondsText, json!("1795269720000")),
        (MicrosecondsText, json!("1795269720000000")),
        (NanosecondsText, json!("1795269720000000000")),
        (Mongo, json!({"$date": "2026-11-21T14:02:00.000Z"})),
        (MongoNumber, json!({"$date": 1_795_269_720_000_i64})),
    ];
    for (form, expected) in table {
        assert_eq!(written(form).await, (Some(expected), Some(Value::Null)), "{form:?}");
    }
}

#[tokio::test]
async fn none_is_a_sentinel_and_junk_is_everywhere() {
    for text in ["0", "\"0\"", "-1", "\"\"", "null", "\"0001-01-01T00:00:00Z\""] {
        let json: Value = serde_json::from_str(text).unwrap();
        assert_eq!(written(Sentinel(text)).await, (Some(json.clone()), Some(json)), "{text}");
    }
    assert_eq!(written(Sentinel("")).await, (None, None));
    for text in ["\"soon\"", "\"2027\"", "{}", "true"] {
        let json: Value = serde_json::from_str(text).unwrap();
        assert_eq!(written(Junk(text)).await, (Some(json.clone()), Some(json)), "{text}");
    }
}

#[tokio::test]
async fn each_token_keeps_its_form_and_the_sandbox_knows_what_it_says() {
    let bench = Bench::odd("zero-dates").await;
    let (first, second) = (page(&bench, "limit=200").await, page(&bench, "limit=200").await);
    assert_eq!(first, second);
    let forms: std::collections::HashSet<String> = entries(&first)
        .iter()
        .map(|it| it.get("created").map_or(String::new(), Value::to_string))
        .collect();
    assert!(forms.len() > 8, "{forms:?}");
    let truth = bench.sandbox.truth().unwrap();
    for token in &truth {
        let told = bench.sandbox.told(token);
        assert_eq!(told.created, Said::Nothing);
        assert_eq!(told.expires, token.expires.map_or(Said::Nothing, Said::Time));
        assert_eq!(told.last_used, token.last_used.map_or(Said::Nothing, Said::Time));
    }
    bench.sandbox.set_variant(entri_sandbox::Variant::named("odd-uses").unwrap());
    let told = bench.sandbox.told(&truth[0]);
    assert_eq!((told.last_used, told.created), (Said::Unreadable, Said::Time(truth[0].created)));
    bench.set(|it| it.odd.dates.last_used = &[Minutes]);
    let used = bench.now() - chrono::TimeDelta::seconds(61);
    bench.sandbox.touch(&truth[1].id, used).unwrap();
    let told = bench.sandbox.told(&bench.truth(&truth[1].id));
    assert_eq!(told.last_used, Said::Time(used - chrono::TimeDelta::seconds(59)));
    assert!(ways().iter().any(|way| way.name == "readable-dates"));
}
