//! Drills: what a person does in time, what is missing, and what others do meanwhile.

use chrono::TimeDelta;
use entri_sandbox::{Drill, Practice, clear_drills};

use crate::support::{As, Bench, ORGANIZATION};

const CURRENT: &str = "/api/organizations/current";

/// Lets so many seconds pass; returns what was seen since.
fn after(bench: &Bench, practice: &mut Practice, seconds: i64) -> Vec<String> {
    bench.set_now(bench.now() + TimeDelta::seconds(seconds));
    practice.go_on(&bench.sandbox).unwrap()
}

fn id_of(bench: &Bench, name: &str) -> String {
    let all = bench.sandbox.truth().unwrap();
    all.into_iter().find(|it| it.name == name).unwrap().id
}

async fn revoke(bench: &Bench, id: &str) {
    assert!(bench.delete(&format!("{ORGANIZATION}/{id}"), As::Admin).await.status < 300);
}

#[tokio::test]
async fn a_leak_is_over_once_it_is_revoked_proven_and_replaced() {
    let bench = Bench::new().await;
    let mut practice = Drill::Leak.begin(&bench.sandbox).unwrap();
    let value = practice.value().to_owned();
    assert!(practice.task().contains(&value));
    assert_eq!(bench.get(CURRENT, As::Key(&value)).await.status, 200);
    let id = id_of(&bench, "drill-leaked");
    let none: [String; 0] = [];
    assert_eq!(after(&bench, &mut practice, 6), none);
    assert_eq!(bench.truth(&id).last_used, Some(bench.now()), "somebody uses it");
    revoke(&bench, &id).await;
    assert_eq!(after(&bench, &mut practice, 20), ["+26 s  revoked"]);
    assert_eq!(practice.summary(), "26 s. Missed: proven dead, replaced.");
    for _ in 0..3 {
        bench.get(CURRENT, As::Admin).await;
    }
    assert_eq!(after(&bench, &mut practice, 20), none, "a refresh proves nothing");
    bench.get(CURRENT, As::Key(&value)).await;
    assert_eq!(after(&bench, &mut practice, 20), none, "anything may be refused there");
    for by in [As::Admin, As::Key(&value), As::Key("entri_EXAMPLEONLY")] {
        bench.get(CURRENT, by).await;
    }
    assert_eq!(after(&bench, &mut practice, 2), ["+68 s  proven dead"]);
    assert!(!practice.is_over());
    bench.create(r#"{"name":"another"}"#).await;
    assert_eq!(after(&bench, &mut practice, 1), none, "it has nothing to do with it");
    bench.create(r#"{"name":"drill-leaked (r2)"}"#).await;
    assert_eq!(after(&bench, &mut practice, 1), ["+70 s  replaced"]);
    assert!(practice.is_over());
    assert_eq!(practice.summary(), "Done in 70 s, no step missed.");
}

#[tokio::test]
async fn a_replacement_counts_in_the_second_of_the_revoke_too() {
    let bench = Bench::new().await;
    bench.set_now(bench.now() + TimeDelta::milliseconds(300));
    let mut practice = Drill::Leak.begin(&bench.sandbox).unwrap();
    revoke(&bench, &id_of(&bench, "drill-leaked")).await;
    assert_eq!(after(&bench, &mut practice, 0), ["+0 s  revoked"]);
    bench.create(r#"{"name":"drill-leaked (r2)"}"#).await;
    assert_eq!(after(&bench, &mut practice, 0), ["+0 s  replaced"]);
}

#[tokio::test]
async fn the_token_of_another_drill_replaces_nothing() {
    let bench = Bench::new().await;
    let mut practice = Drill::Leak.begin(&bench.sandbox).unwrap();
    revoke(&bench, practice.token()).await;
    Drill::Rotation.begin(&bench.sandbox).unwrap();
    assert_eq!(after(&bench, &mut practice, 1), ["+1 s  revoked"]);
    bench.create(r#"{"name":"drill-leaked (r2)"}"#).await;
    assert_eq!(after(&bench, &mut practice, 1), ["+2 s  replaced"]);
}

#[tokio::test]
async fn a_rotation_has_a_use_of_the_old_one_that_nobody_thought_of() {
    let bench = Bench::new().await;
    let mut practice = Drill::Rotation.begin(&bench.sandbox).unwrap();
    let old = id_of(&bench, "drill-nightly");
    after(&bench, &mut practice, 6);
    let (new, _) = bench.create(r#"{"name":"drill-nightly (r2)"}"#).await;
    assert_eq!(after(&bench, &mut practice, 1), ["+7 s  replacement created"]);
    assert_eq!(after(&bench, &mut practice, 10), ["+17 s  new one in use"]);
    assert_eq!(bench.truth(&new).last_used, Some(bench.now()));
    assert_eq!(after(&bench, &mut practice, 20), ["+37 s  old one used again"]);
    assert_eq!(bench.truth(&old).last_used, Some(bench.now()));
    revoke(&bench, &old).await;
    assert_eq!(after(&bench, &mut practice, 60), ["+97 s  old one revoked"]);
    assert_eq!(practice.summary(), "Done in 97 s, no step missed.");
}

#[tokio::test]
async fn whoever_revokes_too_early_hears_of_it() {
    let bench = Bench::new().await;
    let mut practice = Drill::Rotation.begin(&bench.sandbox).unwrap();
    bench.create(r#"{"name":"drill-nightly (r2)"}"#).await;
    after(&bench, &mut practice, 1);
    after(&bench, &mut practice, 10);
    revoke(&bench, &id_of(&bench, "drill-nightly")).await;
    after(&bench, &mut practice, 60);
    assert!(practice.is_over(), "nothing can make up for that");
    assert_eq!(practice.steps(), [Some(1), Some(11), None, Some(71)]);
    assert_eq!(practice.took(bench.now() + TimeDelta::seconds(9)), 71);
    assert_eq!(practice.summary(), "71 s. Missed: old one used again.");
}

#[tokio::test]
async fn what_earlier_drills_left_goes_and_nothing_else() {
    let bench = Bench::new().await;
    let leak = Drill::Leak.begin(&bench.sandbox).unwrap();
    Drill::Rotation.begin(&bench.sandbox).unwrap();
    bench.create(r#"{"name":"drill-nightly (r2)"}"#).await;
    let (kept, _) = bench.create(r#"{"name":"drill-nightly-report"}"#).await;
    revoke(&bench, leak.token()).await;
    let ids = clear_drills(&bench.sandbox).unwrap();
    assert_eq!(ids.len(), 3);
    assert!(ids.contains(&leak.token().to_owned()) && !ids.contains(&kept));
    let alive = bench.sandbox.truth().unwrap().into_iter().filter(|it| !it.revoked);
    let left: Vec<_> = alive.map(|it| it.name).filter(|it| it.contains("drill")).collect();
    assert_eq!(left, ["drill-nightly-report"]);
}
