//! A plan looks again at what was decided, and at what the app signs in with, when it is resumed
//! and when it runs.

use std::collections::HashMap;

use token_desk::{
    BulkRevokeOutcome, BulkRevokePlan, BulkRevokeResult, DecideRequest, DecisionKind, Expiry,
    OpenBulkRevoke,
};

use crate::support::plans::{planned, run};
use crate::support::{Bench, FIRST, alone, connect, key, named, now, synced};

async fn keep(bench: &Bench, id: &str) {
    let request = DecideRequest {
        keys: vec![key(id)],
        kind: DecisionKind::Keep,
        until: Expiry::Days(30),
        reason: "nightly disaster recovery".to_owned(),
    };
    bench.desk.decide(request, now()).await.unwrap();
}

/// Plans these for tomorrow.
pub async fn scheduled(bench: &Bench, ids: &[String]) -> OpenBulkRevoke {
    let plan = planned(bench, ids).await;
    bench.desk.schedule_bulk_revoke(plan.id, &ids.len().to_string(), now()).await.unwrap();
    bench.desk.status().connections[0].bulk_revokes[0].clone()
}

fn of(result: &BulkRevokeResult) -> HashMap<&str, &BulkRevokeOutcome> {
    result.tokens.iter().map(|(token, it)| (&*token.key.id.0, it)).collect()
}

fn ids(plan: &BulkRevokePlan) -> Vec<&str> {
    plan.tokens.iter().map(|token| &*token.key.id.0).collect()
}

#[test]
fn a_token_that_is_to_be_kept_takes_its_own_tick() {
    alone(async {
        let bench = Bench::loaded().await;
        let two = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        keep(&bench, &two[0]).await;
        let plan = planned(&bench, &two).await;
        assert_eq!(ids(&plan), [&*two[1]]);
        assert_eq!(plan.kept[0].key, key(&two[0]));
        assert!(plan.kept[0].reasons[0].contains("nightly disaster recovery"), "{:?}", plan.kept);
        // It can be added and taken out again, and is not touched unless it was added. Who confirmed the
        // plan before did not confirm this one.
        let added = bench.desk.tick(plan.id, &key(&two[0]), true).unwrap();
        assert_eq!((ids(&added).len(), added.kept.len()), (2, 0));
        let before = bench.desk.run_bulk_revoke(plan.id, "", now).await;
        assert!(matches!(before, Err(token_desk::Error::BulkRevokeGone)), "{before:?}");
        let plan = bench.desk.tick(added.id, &key(&two[0]), false).unwrap();
        assert_eq!((ids(&plan).len(), plan.kept.len()), (1, 1));
        let result = run(&bench.desk, &plan).await;
        assert_eq!(of(&result), HashMap::from([(&*two[1], &BulkRevokeOutcome::Revoked)]));
        let alone = planned(&bench, &two[..1]).await;
        let error = bench.desk.run_bulk_revoke(alone.id, "0", now).await.unwrap_err();
        assert!(error.to_string().contains("at least one"), "{error}");
        let added = bench.desk.tick(alone.id, &key(&two[0]), true).unwrap();
        let result = run(&bench.desk, &added).await;
        assert_eq!(of(&result), HashMap::from([(&*two[0], &BulkRevokeOutcome::Revoked)]));
    });
}

#[test]
fn a_token_that_is_unticked_stays() {
    alone(async {
        let bench = Bench::loaded().await;
        let two = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let plan = planned(&bench, &two).await;
        let less = bench.desk.tick(plan.id, &key(&two[0]), false).unwrap();
        assert_eq!((ids(&less), &less.kept[0].key), (vec![&*two[1]], &key(&two[0])));
        let again = bench.desk.tick(less.id, &key(&two[0]), true).unwrap();
        assert_eq!((ids(&again).len(), again.kept.len()), (2, 0));
        let plan = bench.desk.tick(again.id, &key(&two[0]), false).unwrap();
        let result = run(&bench.desk, &plan).await;
        assert_eq!(of(&result), HashMap::from([(&*two[1], &BulkRevokeOutcome::Revoked)]));
    });
}

/// It was scheduled, and is left for good.
#[test]
fn a_token_that_is_unticked_of_what_was_scheduled_is_left_with_the_reason() {
    alone(async {
        let bench = Bench::loaded().await;
        let two = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let open = scheduled(&bench, &two).await;
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        let plan = bench.desk.tick(plan.id, &key(&two[0]), false).unwrap();
        let result = run(&bench.desk, &plan).await;
        let left = BulkRevokeOutcome::Skipped("It was taken out of the plan.".to_owned());
        assert_eq!(of(&result)[&*two[0]], &left);
        assert!(
            bench.desk.status().connections[0].bulk_revokes.is_empty(),
            "it has come to its end"
        );
    });
}

#[test]
fn one_that_was_decided_to_be_kept_since_is_left_with_its_reason() {
    alone(async {
        let bench = Bench::loaded().await;
        let three = ["old-jenkins", "load-test", "figma-export"].map(|name| bench.id_of(name));
        let open = scheduled(&bench, &three).await;
        keep(&bench, &three[0]).await;
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        assert_eq!((plan.tokens.len(), &plan.kept[0].key), (2, &key(&three[0])));
        // Another one while the plan waits for its confirmation.
        keep(&bench, &three[1]).await;
        let result = run(&bench.desk, &plan).await;
        for id in &three[..2] {
            let BulkRevokeOutcome::Skipped(why) = of(&result)[&**id] else { panic!("{result:?}") };
            assert!(why.contains("kept"), "{why}");
        }
        assert_eq!(of(&result)[&*three[2]], &BulkRevokeOutcome::Revoked);
        assert_eq!(bench.sent("DELETE"), 1);
        assert!(
            bench.desk.status().connections[0].bulk_revokes.is_empty(),
            "it has come to its end"
        );
    });
}

#[test]
fn one_that_was_planned_though_it_was_to_be_kept_goes() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        keep(&bench, &id).await;
        let plan = planned(&bench, std::slice::from_ref(&id)).await;
        let plan = bench.desk.tick(plan.id, &key(&id), true).unwrap();
        bench.desk.schedule_bulk_revoke(plan.id, "1", now()).await.unwrap();
        let bench = Bench { desk: bench.reopened(), ..bench };
        let ready = bench.sandbox.ready();
        connect(&bench.desk, &ready.base_url, &ready.admin_token).await.unwrap();
        synced(&bench.desk).await;
        let number = bench.desk.status().connections[0].bulk_revokes[0].number;
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, number, now()).await.unwrap();
        assert_eq!((ids(&plan), plan.kept.len()), (vec![&*id], 0));
        let result = run(&bench.desk, &plan).await;
        assert_eq!(of(&result)[&*id], &BulkRevokeOutcome::Revoked);
    });
}

#[test]
fn the_token_that_the_app_signs_in_with_by_now_is_left_out() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("for the app"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        synced(&bench.desk).await;
        let two = ["for the app", "load-test"].map(|name| bench.id_of(name));
        let open = scheduled(&bench, &two).await;
        connect(&bench.desk, &bench.sandbox.ready().base_url, value.expose()).await.unwrap();
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        assert_eq!((ids(&plan), plan.own_left_out), (vec![&*two[1]], true));
        let result = run(&bench.desk, &plan).await;
        assert_eq!(of(&result)[&*two[1]], &BulkRevokeOutcome::Revoked);
        assert!(matches!(of(&result)[&*two[0]], BulkRevokeOutcome::Skipped(_)), "{result:?}");
        assert_eq!(bench.sent("DELETE"), 1);
    });
}

#[test]
fn a_tick_takes_nothing_away_that_a_plan_says() {
    alone(async {
        let bench = Bench::loaded().await;
        let two = ["old-jenkins", "Entri Tokens app"].map(|name| bench.id_of(name));
        keep(&bench, &two[0]).await;
        let plan = planned(&bench, &two).await;
        assert!(plan.own_left_out, "the control");
        assert!(bench.desk.tick(plan.id, &key(&two[0]), true).unwrap().own_left_out);
    });
}

/// They stay for now, and are asked about again when it is time.
#[test]
fn what_was_left_out_of_a_plan_is_there_when_that_was_put_off() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("for the app"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        synced(&bench.desk).await;
        let three = ["for the app", "old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let open = scheduled(&bench, &three).await;
        keep(&bench, &three[1]).await;
        connect(&bench.desk, &bench.sandbox.ready().base_url, value.expose()).await.unwrap();
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        bench.desk.schedule_bulk_revoke(plan.id, "1", now()).await.unwrap();

        let [open] = &bench.desk.status().connections[0].bulk_revokes[..] else {
            panic!("one is open")
        };
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        assert_eq!((ids(&plan), plan.own_left_out), (vec![&*three[2]], true));
        let [kept] = &plan.kept[..] else { panic!("{:?}", plan.kept) };
        let decided = kept.reasons.iter().filter(|it| it.contains("disaster recovery")).count();
        assert_eq!((&kept.key, decided), (&key(&three[1]), 1));
        let result = run(&bench.desk, &plan).await;
        for id in &three[..2] {
            assert!(matches!(of(&result)[&**id], BulkRevokeOutcome::Skipped(_)), "{result:?}");
        }
        assert_eq!(of(&result)[&*three[2]], &BulkRevokeOutcome::Revoked);
        assert!(
            bench.desk.status().connections[0].bulk_revokes.is_empty(),
            "it has come to its end"
        );
    });
}

#[test]
fn what_was_left_out_of_a_plan_is_not_asked_about_again_where_that_stops() {
    alone(async {
        let bench = Bench::loaded().await;
        let two = ["old-jenkins", "load-test"].map(|name| bench.id_of(name));
        let open = scheduled(&bench, &two).await;
        keep(&bench, &two[0]).await;
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        bench.answer("DELETE", "/tokens", 401, "{}");
        let result = run(&bench.desk, &plan).await;
        assert!(result.stopped.is_some(), "the control");
        assert!(matches!(of(&result)[&*two[0]], BulkRevokeOutcome::Skipped(_)), "{result:?}");
        let [open] = &bench.desk.status().connections[0].bulk_revokes[..] else {
            panic!("one is open")
        };
        assert_eq!(open.left.iter().map(|it| &*it.key.id.0).collect::<Vec<_>>(), [&*two[1]]);
    });
}

#[test]
fn what_was_compared_with_no_list_is_not_told_as_compared() {
    alone(async {
        let bench = Bench::loaded().await;
        let plan = planned(&bench, &[bench.id_of("old-jenkins")]).await;
        bench.desk.disconnect(FIRST, true, now()).await.unwrap();
        let result = run(&bench.desk, &plan).await;
        assert!(result.stopped.is_some() && !result.compared, "{result:?}");
    });
}

#[test]
fn one_that_is_in_use_by_now_takes_the_typed_number() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let open = scheduled(&bench, std::slice::from_ref(&id)).await;
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        assert!(!plan.needs_count, "nobody used it lately");
        bench.sandbox.touch(&id, now()).unwrap();
        synced(&bench.desk).await;
        let plan = bench.desk.go_on_with_bulk_revoke(FIRST, open.number, now()).await.unwrap();
        assert!(plan.needs_count && plan.tokens[0].needs_care);
        bench.desk.run_bulk_revoke(plan.id, "", now).await.unwrap_err();
        assert_eq!(bench.sent("DELETE"), 0);
    });
}
