//! A sandbox with a past, which somebody looks at: its log, and uses that fit the last ones.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc, Weekday};
use entri_sandbox::Config;
use serde_json::Value;

use crate::support::{As, Bench, ORGANIZATION};

async fn with_past() -> Bench {
    Bench::on(Config { past: Some(TimeDelta::days(365)), ..Config::default() }).await
}

#[tokio::test]
async fn the_log_keeps_its_times_and_has_what_is_done_to_tokens() {
    let bench = with_past().await;
    let activity = ORGANIZATION.replace("tokens", "activity");
    let log = async || bench.get(&activity, As::Admin).await.json()["data"].clone();
    let before: Vec<Value> = serde_json::from_value(log().await).unwrap();
    bench.set_now(bench.now() + TimeDelta::minutes(20));
    let (id, _) = bench.create(r#"{"name":"made in the app"}"#).await;
    bench.set_now(bench.now() + TimeDelta::minutes(20));
    assert_eq!(bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await.status, 204);
    let after: Vec<Value> = serde_json::from_value(log().await).unwrap();
    let of_tokens: Vec<_> =
        after[..2].iter().map(|it| (it["action"].clone(), it["created"].clone())).collect();
    assert_eq!(
        of_tokens,
        [
            ("api_token.revoked".into(), "2026-11-24T14:42:00.000Z".into()),
            ("api_token.created".into(), "2026-11-24T14:22:00.000Z".into()),
        ]
    );
    assert!(after[..2].iter().all(|it| it["targetId"] == *id && it["userName"] == "Mira Holt"));
    assert_eq!(after[2..], before[..after.len() - 2]);
}

/// What was used on no weekend for a year isn't used on one at last.
#[tokio::test]
async fn the_last_use_is_one_of_the_rhythm() {
    let bench = with_past().await;
    let weekend = |at: &DateTime<Utc>| matches!(at.weekday(), Weekday::Sat | Weekday::Sun);
    for token in bench.sandbox.truth().unwrap() {
        let uses = bench.sandbox.uses(&token.id).unwrap();
        let Some((last, others)) = uses.split_last().filter(|(_, it)| it.len() > 20) else {
            continue;
        };
        let never = !others.iter().any(weekend);
        assert!(!(never && weekend(last)), "{}: {last}", token.name);
    }
}
