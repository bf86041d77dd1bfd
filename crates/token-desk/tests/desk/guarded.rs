//! What stops a revoke at the last check, both alone and in a bulk revoke.

use entri_sandbox::{FaultAnswer, StoredToken};
use serde_json::{Value, json};
use token_desk::{BulkRevokeOutcome, BulkRevokeResult, Code, Error, RevokeRequest, TokenKey};

use crate::support::{Bench, alone, ids, key, now, row, says, synced};

/// A token that is long out of use, and whose revoke takes a plain confirmation.
const QUIET: &str = "old-jenkins";

/// Its record as the server gives it, except for these fields.
fn record(bench: &Bench, id: &str, other: &Value) -> String {
    let known = row(&bench.desk, id);
    let mut record = json!({
        "_id": id,
        "name": known.name,
        "created": known.created.at().map(|at| at.to_rfc3339()),
        "lastUsedAt": known.last_used.at().map(|at| at.to_rfc3339()),
    });
    record.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    record.as_object_mut().unwrap().retain(|_, value| *value != "missing");
    json!([record]).to_string()
}

async fn cleaned_up(bench: &Bench, ids: &[String]) -> BulkRevokeResult {
    bench.desk.select_none();
    bench.desk.select(ids.iter().map(|id| key(id)), true);
    let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
    bench.desk.run_bulk_revoke(plan.id, &plan.tokens.len().to_string(), now).await.unwrap()
}

async fn revoke(bench: &Bench, key: TokenKey) -> Result<(), Error> {
    let plan = bench.desk.preview_revoke(&key, now()).unwrap();
    let request =
        RevokeRequest { key, seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) };
    bench.desk.revoke(request, now()).await.map(drop)
}

fn skipped(result: &BulkRevokeResult) -> &str {
    let [(_, BulkRevokeOutcome::Skipped(why))] = &result.tokens[..] else { panic!("{result:?}") };
    why
}

fn lives(bench: &Bench, id: &str) -> bool {
    bench.sandbox.truth().unwrap().iter().any(|token| token.id == id && !token.revoked)
}

#[test]
fn another_token_with_the_same_id_is_left() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of(QUIET);
        for other in [json!({"name": "payments"}), json!({"created": "2026-11-24T13:00:00Z"})] {
            let list = record(&bench, &id, &other);
            bench.list("/tokens", &list);
            let error = revoke(&bench, key(&id)).await.unwrap_err();
            assert_eq!(error.code(), Code::ChangedSince, "{other}: {error}");
            synced(&bench.desk).await;

            let list = record(&bench, &id, &other);
            bench.list("/tokens", &list);
            let result = cleaned_up(&bench, std::slice::from_ref(&id)).await;
            assert!(skipped(&result).contains("Another token"), "{result:?}");
        }
        let list = record(&bench, &id, &json!({"created": "long ago"}));
        bench.list("/tokens", &list);
        let result = cleaned_up(&bench, std::slice::from_ref(&id)).await;
        assert!(skipped(&result).contains("creation date"), "{result:?}");
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(lives(&bench, &id));
    });
}

#[test]
fn a_token_whose_last_use_is_reported_no_more_is_left() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("staging-server");
        for gone in [json!("missing"), json!(null), json!("last week")] {
            let list = record(&bench, &id, &json!({"lastUsedAt": gone}));
            bench.list("/tokens", &list);
            assert!(revoke(&bench, key(&id)).await.is_err());
            synced(&bench.desk).await;

            let list = record(&bench, &id, &json!({"lastUsedAt": gone}));
            bench.list("/tokens", &list);
            let result = cleaned_up(&bench, std::slice::from_ref(&id)).await;
            assert!(skipped(&result).contains("last use"), "{gone}: {result:?}");
        }
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(lives(&bench, &id));
    });
}

/// Then it isn't known whether it was used since. A server that omits the field for unused tokens
/// still reports the use of other tokens.
#[test]
fn a_token_without_recorded_use_is_left_where_no_use_is_reported_any_more() {
    alone(async {
        let bench = Bench::loaded().await;
        let never = |it: &StoredToken| {
            it.project_id.is_none() && it.last_used.is_none() && !it.revoked && it.expires.is_none()
        };
        let id = bench.token(never);
        let silent = record(&bench, &id, &json!({"lastUsedAt": "missing"}));
        bench.list("/tokens", &silent);
        let result = cleaned_up(&bench, std::slice::from_ref(&id)).await;
        assert!(skipped(&result).contains("last use"), "{result:?}");
        assert_eq!(bench.sent("DELETE"), 0);

        synced(&bench.desk).await;
        let mut list: Vec<Value> = serde_json::from_str(&silent).unwrap();
        list.push(json!({"_id": "other", "name": "other", "lastUsedAt": "2026-11-20T08:00:00Z"}));
        bench.list("/tokens", &json!(list).to_string());
        revoke(&bench, key(&id)).await.unwrap();
        assert_eq!(bench.sent("DELETE"), 1);
    });
}

/// It can be switched on again.
#[test]
fn a_token_that_is_switched_off_is_not_gone_already() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of(QUIET);
        bench.list("/tokens", &record(&bench, &id, &json!({"enabled": false})));
        revoke(&bench, key(&id)).await.unwrap();
        assert_eq!(bench.sent("DELETE"), 1);
        assert!(!lives(&bench, &id));
    });
}

/// The list may not have shown which one it is.
#[test]
fn the_token_that_the_app_signs_in_with_is_known_by_its_value_at_the_last_look() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of(QUIET);
        let value = &bench.sandbox.ready().admin_token;
        let own = json!({"prefix": &value[..12]});
        let list = record(&bench, &id, &own);
        bench.list("/tokens", &list);
        let error = revoke(&bench, key(&id)).await.unwrap_err();
        assert_eq!(error.code(), Code::ChangedSince, "{error}");
        synced(&bench.desk).await;

        let list = record(&bench, &id, &own);
        bench.list("/tokens", &list);
        let result = cleaned_up(&bench, std::slice::from_ref(&id)).await;
        assert!(skipped(&result).contains("signed in with"), "{result:?}");
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

#[test]
fn one_that_may_not_be_revoked_stops_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        let three = ["old-jenkins", "load-test", "figma-export"].map(|name| bench.id_of(name));
        let refused = FaultAnswer::status(403, "application/json", r#"{"message":"not yours"}"#);
        bench.fail("DELETE", "/tokens", false, refused);
        let result = cleaned_up(&bench, &three).await;
        assert_eq!(result.stopped, None);
        let failed =
            result.tokens.iter().filter(|(_, it)| matches!(it, BulkRevokeOutcome::Failed(_)));
        assert_eq!((failed.count(), bench.sent("DELETE")), (1, 3));
        let gone = result.tokens.iter().filter(|(_, it)| *it == BulkRevokeOutcome::Revoked);
        assert_eq!(gone.count(), 2);
        assert!(
            bench.desk.status().connections[0].bulk_revokes.is_empty(),
            "it has come to its end"
        );
    });
}

/// It is asked for once, and each of its tokens says why it stays.
#[test]
fn a_list_that_may_not_be_read_stops_nothing_else() {
    alone(async {
        let bench = Bench::loaded().await;
        let truth = bench.sandbox.truth().unwrap();
        let quiet = |it: &&StoredToken| it.last_used.is_none() && !it.revoked;
        let project = truth.iter().filter(quiet).find_map(|it| it.project_id.clone()).unwrap();
        let of_project = truth.iter().filter(|it| it.project_id.as_ref() == Some(&project));
        let closed: Vec<_> = of_project.filter(|it| !it.revoked).map(|it| it.id.clone()).collect();
        assert!(closed.len() > 1, "{closed:?}");
        let open = [QUIET, "load-test"].map(|name| bench.id_of(name));
        let list = format!("/projects/{project}/tokens");
        bench.answer("GET", &list, 403, r#"{"message":"not your project"}"#);
        let all: Vec<_> = closed.iter().chain(&open).cloned().collect();
        let result = cleaned_up(&bench, &all).await;
        assert_eq!(result.stopped, None);
        for (token, outcome) in &result.tokens {
            if open.contains(&token.key.id.0) {
                assert_eq!(*outcome, BulkRevokeOutcome::Revoked, "{}", token.name);
            } else {
                let BulkRevokeOutcome::Failed(why) = outcome else { panic!("{outcome:?}") };
                assert!(why.contains("read the list") && why.contains("not your project"), "{why}");
            }
        }
        assert!(
            bench.desk.status().connections[0].bulk_revokes.is_empty(),
            "it has come to its end"
        );
    });
}

/// Nothing is sent, and the token isn't reported as gone.
#[test]
fn a_token_that_an_incomplete_list_lacks_has_failed_and_is_not_gone() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of(QUIET);
        for incomplete in
            [r#"{"data":[],"meta":{"total":5}}"#, r#"[{"_id":"t-other"},{"name":"no id"}]"#]
        {
            // For the last look, the lists at the end and the load that follows.
            bench.lists(40, "/organizations/665f1c0a9b3e4d0012ab34cd/tokens", incomplete);
            let result = cleaned_up(&bench, std::slice::from_ref(&id)).await;
            let [(_, BulkRevokeOutcome::Failed(why))] = &result.tokens[..] else {
                panic!("{incomplete}: {result:?}")
            };
            assert!(why.contains("may still"), "it says why: {why}");
            assert!(!result.compared, "{result:?}");
            assert!(ids(&bench.desk).contains(&id), "the row stays");
        }
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(lives(&bench, &id));
        let said = says(&bench.desk).await;
        let gone = ["Gone", "Already revoked", "Revoked", "Revoked (bulk)"];
        assert!(!said.iter().any(|it| gone.contains(&&**it)), "{said:?}");
    });
}

/// Whoever leaves a connection, or signs in again, wants nothing more done with the old sign-in.
#[test]
fn a_connection_that_was_left_ends_its_bulk_revoke() {
    alone(async {
        let bench = Bench::loaded().await;
        let three = ["old-jenkins", "load-test", "figma-export"].map(|name| bench.id_of(name));
        let held = bench.sandbox.hold_next(&"DELETE".parse().unwrap(), "/tokens");
        let (desk, running) = (bench.desk.clone(), cleaned_up(&bench, &three));
        let leaving = async {
            held.reached().await;
            desk.disconnect(crate::support::FIRST, true, now()).await.unwrap();
            drop(held);
        };
        let (result, ()) = tokio::join!(running, leaving);
        assert!(result.stopped.is_some(), "{result:?}");
        assert_eq!(bench.sent("DELETE"), 1);
        let left = result.tokens.iter().filter(|(_, it)| *it == BulkRevokeOutcome::NotReached);
        assert_eq!(left.count(), 2, "{result:?}");
        assert!(ids(&bench.desk).is_empty());
    });
}
