//! Which values are accepted, and how many tokens there may be.

use chrono::TimeDelta;

use crate::support::{As, Bench, ORGANIZATION};

const CURRENT: &str = "/api/organizations/current";

#[tokio::test]
async fn a_revoked_value_lingers() {
    let bench = Bench::new().await;
    for (linger, after) in [(0, [401, 401]), (90, [200, 401])] {
        bench.set(|it| it.odd.values.linger = linger);
        let (id, value) = bench.create(r#"{"name":"leaked"}"#).await;
        let begun = bench.now();
        assert_eq!(bench.get(CURRENT, As::Key(&value)).await.status, 200);
        bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await;
        for (seconds, status) in [89, 90].into_iter().zip(after) {
            bench.set_now(begun + TimeDelta::seconds(seconds));
            let answer = bench.get(CURRENT, As::Key(&value)).await.status;
            assert_eq!(answer, status, "{linger}: after {seconds} s");
        }
    }
}

#[tokio::test]
async fn any_value_is_taken() {
    let bench = Bench::new().await;
    let made_up = As::Key("entri_EXAMPLEONLYmadeup");
    assert_eq!(bench.get(CURRENT, made_up).await.status, 401);
    bench.set(|it| it.odd.values.any = true);
    assert_eq!(bench.get(CURRENT, made_up).await.status, 200);
}

#[tokio::test]
async fn one_token_more_than_there_may_be_is_refused() {
    let bench = Bench::new().await;
    let (id, _) = bench.create(r#"{"name":"last"}"#).await;
    let there = bench.sandbox.truth().unwrap();
    let there = there.iter().filter(|it| it.project_id.is_none() && !it.revoked).count();
    bench.set(|it| it.odd.creation.most = u32::try_from(there).ok());
    let refused = bench.post(ORGANIZATION, As::Admin, r#"{"name":"more"}"#).await;
    assert_eq!((refused.status, &refused.json()["message"]), (409, &"Token limit reached".into()));
    bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await;
    bench.create(r#"{"name":"more"}"#).await;
}
