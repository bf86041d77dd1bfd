//! Last uses that are rounded, late or lost.

use chrono::TimeDelta;
use entri_sandbox::odd::Uses;

use super::page;
use crate::support::{As, Bench};

/// The last use of the token that asks, as a list shows it after it was used that many seconds after 14:02.
async fn shown(bench: &Bench, seconds: i64) -> String {
    bench.set_now("2026-11-24T14:02:00Z".parse().unwrap());
    bench.set_now(bench.now() + TimeDelta::seconds(seconds));
    bench.get("/api/projects", As::Admin).await;
    let list = page(bench, "limit=100").await;
    let own = list["data"].as_array().unwrap().iter().find(|it| it["name"] == "Entri Tokens app");
    own.unwrap()["lastUsedAt"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_last_use_is_rounded_late_or_lost() {
    let bench = Bench::new().await;
    assert_eq!(shown(&bench, 90).await, "2026-11-24T14:03:30.000Z");
    bench.set(|it| it.odd.uses = Uses { step: 60, ..Uses::default() });
    assert_eq!(shown(&bench, 150).await, "2026-11-24T14:04:00.000Z");
    bench.set(|it| it.odd.uses = Uses { lag: 100, ..Uses::default() });
    assert_eq!(shown(&bench, 200).await, "2026-11-24T14:04:00.000Z", "not yet");
    assert_eq!(shown(&bench, 299).await, "2026-11-24T14:04:00.000Z", "not yet");
    assert_eq!(shown(&bench, 310).await, "2026-11-24T14:05:20.000Z");
    bench.set(|it| it.odd.uses = Uses { frozen: true, ..Uses::default() });
    assert_eq!(shown(&bench, 86_400).await, "2026-11-24T14:05:20.000Z");
}
