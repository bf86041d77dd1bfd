//! The token that the app itself signs in with.

use chrono::TimeDelta;
use serde_json::json;
use token_audit::{RevokeGrade, View};
use token_desk::{
    BulkRevokeOutcome, Chip, Code, Date, Desk, Query, RevokeOutcome, RevokeRequest, SeenToken,
};

use crate::support::{
    Bench, FIRST, alone, connect, connect_to, connected, ids, key, named, now, password, row, rows,
    sandbox, sign_in, synced,
};

/// The token whose value the sandbox returns as its admin's.
const OWN: &str = "Entri Tokens app";
const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";

fn own(desk: &Desk) -> Vec<String> {
    rows(desk).into_iter().filter(|row| row.chip == Chip::ThisApp).map(|row| row.name).collect()
}

fn count(desk: &Desk, view: View) -> u32 {
    desk.query(&Query::default(), 0, 0, None, now()).counts.of(view)
}

#[test]
fn it_is_marked_now_and_at_the_next_start() {
    alone(async {
        let bench = Bench::loaded().await;
        assert_eq!(own(&bench.desk), [OWN]);
        assert_eq!(own(&bench.reopened()), [OWN]);
        let details = bench.desk.details(&key(&bench.id_of(OWN)), now()).unwrap();
        assert_eq!(details.chip, Chip::ThisApp);
    });
}

#[test]
fn each_connection_has_its_own() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 12).await;
        connect_to(&bench.desk, &other).await;
        assert_eq!(own(&bench.desk), [OWN]);
        bench.desk.show(token_desk::Shown::All, now()).await.unwrap();
        assert_eq!(own(&bench.desk), [OWN, OWN]);
    });
}

#[test]
fn it_moves_with_the_credential_before_the_next_load() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("for the app"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        synced(&bench.desk).await;
        let ready = bench.sandbox.ready();
        connect(&bench.desk, &ready.base_url, value.expose()).await.unwrap();
        assert_eq!(own(&bench.desk), ["for the app"]);
        synced(&bench.desk).await;
        assert_eq!([own(&bench.desk), own(&bench.reopened())].concat(), ["for the app"; 2]);
    });
}

#[test]
fn of_two_that_could_be_it_none_is() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let value = &bench.sandbox.ready().admin_token;
        let last = &value[value.len() - 4..];
        let two = format!(
            r#"[{{"_id":"t-a","name":"a","last4":"{last}"}},{{"_id":"t-b","name":"b","last4":"{last}"}}]"#
        );
        bench.list(ORGANIZATION, &two);
        synced(&bench.desk).await;
        assert!(ids(&bench.desk).contains(&"t-a".to_owned()), "the control");
        assert_eq!(own(&bench.desk), [""; 0]);
        synced(&bench.desk).await;
        assert_eq!(own(&bench.desk), [OWN]);
    });
}

#[test]
fn it_is_left_out_of_what_is_stale() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let value = &bench.sandbox.ready().admin_token;
        // The same list twice, with the app's own token in it and with another one.
        let mut stale = Vec::new();
        for last in [&value[value.len() - 4..], "none"] {
            let list = format!(
                r#"[{{"_id":"t-a","name":"a","last4":"{last}","lastUsedAt":"2020-01-01T00:00:00Z"}}]"#
            );
            bench.list(ORGANIZATION, &list);
            synced(&bench.desk).await;
            stale.push((count(&bench.desk, View::Stale), row(&bench.desk, "t-a").chip));
        }
        let [(own, Chip::ThisApp), (other, Chip::Stale)] = stale[..] else { panic!("{stale:?}") };
        assert_eq!(own + 1, other);
    });
}

/// A list of two quiet tokens that shows no part of any value.
fn nothing_of_values() -> String {
    let quiet = |id: &str| json!({"_id": id, "name": id, "created": "2024-01-01T00:00:00Z", "lastUsedAt": null});
    json!([quiet("t-a"), quiet("t-b")]).to_string()
}

async fn session_that_is_shown_no_values() -> Bench {
    let bench = Bench::new().await;
    let ready = bench.sandbox.ready();
    let credential = password(&ready.admin_email, &ready.admin_password);
    connected(sign_in(&bench.desk, &ready.base_url, credential).await).unwrap();
    lists_nothing_of_values(&bench).await;
    bench
}

async fn lists_nothing_of_values(bench: &Bench) {
    bench.list(ORGANIZATION, &nothing_of_values());
    synced(&bench.desk).await;
    assert_eq!(own(&bench.desk), [""; 0], "the control");
}

#[test]
fn where_no_list_shows_which_one_it_is_each_plan_says_that_it_may_be_among_them() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        lists_nothing_of_values(&bench).await;
        let plan = bench.desk.preview_revoke(&key("t-a"), now()).unwrap();
        assert_eq!((plan.grade, plan.may_be_own), (RevokeGrade::TypeName, true));
        bench.desk.select(["t-a", "t-b"].map(key), true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        assert_eq!((plan.tokens.len(), plan.needs_count, plan.may_have_own), (2, true, true));
        // Once a list shows which one it is, no other may be it.
        synced(&bench.desk).await;
        assert_eq!(own(&bench.desk), [OWN]);
        let plan = bench.desk.preview_revoke(&key(&bench.id_of("old-jenkins")), now()).unwrap();
        assert_eq!((plan.grade, plan.may_be_own), (RevokeGrade::Confirm, false));
    });
}

#[test]
fn a_session_is_no_token_that_may_be_among_them() {
    alone(async {
        let bench = session_that_is_shown_no_values().await;
        let plan = bench.desk.preview_revoke(&key("t-a"), now()).unwrap();
        assert_eq!((plan.grade, plan.may_be_own), (RevokeGrade::Confirm, false));
    });
}

/// Since it was planned, the app signs in with a token that no list shows.
#[test]
fn one_that_was_not_said_to_be_it_and_may_be_is_left_at_the_last_look() {
    alone(async {
        let bench = session_that_is_shown_no_values().await;
        bench.desk.select(["t-a", "t-b"].map(key), true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        assert!(!plan.needs_count && !plan.may_have_own, "{plan:?}");
        bench.connect().await.unwrap();
        (0..2).for_each(|_| bench.list(ORGANIZATION, &nothing_of_values()));
        let result = bench.desk.run_bulk_revoke(plan.id, "2", now).await.unwrap();
        for (token, outcome) in &result.tokens {
            let BulkRevokeOutcome::Skipped(why) = outcome else { panic!("{token:?}: {outcome:?}") };
            assert!(why.contains("signed in with"), "{why}");
        }
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

/// To revoke it is a named act: the name is typed, whatever its use. Reading it again uses it,
/// so that its last use always differs from the one the plan was made with.
#[test]
fn revoking_it_takes_its_name_and_no_second_look_at_its_use() {
    alone(async {
        let bench = Bench::loaded().await;
        let key = key(&bench.id_of(OWN));
        bench.sandbox.touch(&key.id.0, now() - TimeDelta::days(40)).unwrap();
        synced(&bench.desk).await;
        let plan = bench.desk.preview_revoke(&key, now()).unwrap();
        assert_eq!(plan.grade, RevokeGrade::TypeName);
        let request = |name: &str| RevokeRequest {
            key: key.clone(),
            seen: SeenToken {
                last_used: Date::At(now() - TimeDelta::days(1)),
                ..plan.seen.clone()
            },
            typed: Some(name.to_owned()),
        };
        let error = bench.desk.revoke(request("entri tokens app"), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::NameMismatch);
        let revoked = bench.desk.revoke(request(OWN), now()).await.unwrap();
        assert_eq!(revoked.outcome, RevokeOutcome::Revoked);
        assert!(!ids(&bench.desk).contains(&key.id.0));
        let at_once = bench.desk.status().summary().signed_out;
        assert_eq!(at_once, Some(FIRST), "it is said before anything is asked again");

        // The app has signed itself out, and reports it.
        let summary = synced(&bench.desk).await;
        assert_eq!(
            (summary.problems[0].code, summary.signed_out),
            (Code::Unauthorized, Some(FIRST))
        );
    });
}
