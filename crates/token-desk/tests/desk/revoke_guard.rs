//! Revoking a token that is no longer as the admin saw it: it is read again first.

use chrono::TimeDelta;
use entri_sandbox::FaultAnswer;
use token_audit::RevokeGrade;
use token_desk::{Code, Date, Error, NotRevoked, RevokeOutcome, RevokeRequest};

use crate::support::{Bench, alone, ids, key, now, row, synced};

pub fn planned(bench: &Bench, id: &str) -> RevokeRequest {
    let plan = bench.desk.preview_revoke(&key(id), now()).unwrap();
    RevokeRequest { key: key(id), seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) }
}

#[test]
fn a_token_used_since_is_not_revoked_and_the_use_is_shown() {
    alone(async {
        let bench = Bench::loaded().await;
        // A token that was never used, one used long ago, and one in a project.
        for name in ["old-jenkins", "staging-server", "figma-export"] {
            let id = bench.id_of(name);
            let request = planned(&bench, &id);
            let used = now() - TimeDelta::seconds(90);
            bench.sandbox.touch(&id, used).unwrap();
            let error = bench.desk.revoke(request, now()).await.unwrap_err();
            assert_eq!(error.code(), Code::UsedSince, "{error}");
            assert!(error.to_string().contains("1 min ago"), "{error}");
            assert_eq!(row(&bench.desk, &id).last_used, Date::At(used));

            let plan = bench.desk.preview_revoke(&key(&id), now()).unwrap();
            assert_eq!((plan.seen.last_used, plan.grade), (Date::At(used), RevokeGrade::TypeName));
        }
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(bench.sandbox.truth().unwrap().iter().all(|token| !token.revoked));

        let again = planned(&bench, &bench.id_of("old-jenkins"));
        let revoked = bench.desk.revoke(again, now()).await.unwrap();
        assert_eq!(revoked.outcome, RevokeOutcome::Revoked);
    });
}

/// The list may have been loaded between the plan and the confirmation: the plan counts.
#[test]
fn a_use_the_list_knows_but_the_plan_did_not_stops_it_too() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let request = planned(&bench, &id);
        bench.sandbox.touch(&id, now()).unwrap();
        synced(&bench.desk).await;
        let error = bench.desk.revoke(request, now()).await.unwrap_err();
        assert_eq!(error.code(), Code::UsedSince, "{error}");
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

#[test]
fn an_id_that_is_there_twice_is_not_revoked() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let twice = format!(r#"[{{"_id":"{id}","name":"one"}},{{"_id":"{id}","name":"two"}}]"#);
        bench.answer("GET", "/tokens", 200, &twice);
        let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
        assert!(matches!(error, Error::NotRevoked(NotRevoked::DuplicateId { .. })), "{error}");
        assert!(error.to_string().contains(&id), "{error}");
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(ids(&bench.desk).contains(&id));
    });
}

/// On whichever page: the list is read to its end.
#[test]
fn an_id_that_is_there_again_on_a_later_page_is_not_revoked() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let page = |name: &str| {
            let token = format!(r#"{{"_id":"{id}","name":"{name}"}},{{"_id":"{name}"}}"#);
            let body = format!(r#"{{"data":[{token}],"meta":{{"totalPages":2}}}}"#);
            bench.answer("GET", "/tokens", 200, &body);
        };
        page("one");
        page("two");
        let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
        assert!(matches!(error, Error::NotRevoked(NotRevoked::DuplicateId { .. })), "{error}");
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

/// Something new moves every entry down while the list is read.
#[test]
fn an_entry_that_moved_to_the_next_page_is_one_token() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        for other in ["before", "after"] {
            let tokens = format!(r#"{{"_id":"{id}","name":"old-jenkins"}},{{"_id":"{other}"}}"#);
            let body = format!(r#"{{"data":[{tokens}],"meta":{{"totalPages":2}}}}"#);
            bench.answer("GET", "/tokens", 200, &body);
        }
        let revoked = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap();
        assert_eq!(revoked.outcome, RevokeOutcome::Revoked);
        assert_eq!(bench.sent("DELETE"), 1);
    });
}

#[test]
fn a_list_that_cannot_be_read_again_revokes_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        for (status, code) in [(401, Code::Unauthorized), (403, Code::Forbidden)] {
            bench.answer("GET", "/tokens", status, "{}");
            let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
            assert_eq!(error.code(), code, "{error}");
        }
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(ids(&bench.desk).contains(&id));
    });
}

#[test]
fn a_revoke_without_a_clear_answer_stays_in_the_list() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        bench.answer("DELETE", "/tokens", 502, "{}");
        let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
        assert_eq!(bench.sent("DELETE"), 1);
        assert!(ids(&bench.desk).contains(&id));
    });
}

/// A network that wants a sign-in answers everything with its own page, and some servers tell of a
/// failure with a 200.
#[test]
fn a_200_that_does_not_say_that_it_was_done_is_no_revoke() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        for (kind, body) in [
            ("text/html", "<html><form>Sign in to the network</form></html>"),
            ("application/json", r#"{"success":false,"message":"not done"}"#),
        ] {
            bench.fail("DELETE", "/tokens", false, FaultAnswer::status(200, kind, body));
            let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
            assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
            assert!(ids(&bench.desk).contains(&id), "{kind}");
        }
        assert_eq!(bench.sent("DELETE"), 2);
    });
}

/// As in a bulk revoke: once, and for as long as it asks.
#[test]
fn a_server_that_asks_to_wait_is_waited_for_once() {
    alone(async {
        let bench = Bench::loaded().await;
        let throttled = || {
            let answer = FaultAnswer::Answer {
                status: 429,
                content_type: "application/json",
                headers: vec![("retry-after", "0".to_owned())],
                body: "{}".to_owned(),
            };
            bench.fail("DELETE", "/tokens", false, answer);
        };
        throttled();
        let request = planned(&bench, &bench.id_of("old-jenkins"));
        let revoked = bench.desk.revoke(request, now()).await.unwrap();
        assert_eq!((revoked.outcome, bench.sent("DELETE")), (RevokeOutcome::Revoked, 2));

        (0..2).for_each(|_| throttled());
        let id = bench.id_of("load-test");
        let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
        assert_eq!(error.code(), Code::Server, "{error}");
        assert_eq!(bench.sent("DELETE"), 4);
        assert!(ids(&bench.desk).contains(&id));
    });
}

/// The list may be loaded again under the question, and have another token by that id: what the admin was
/// shown counts, and no other token goes.
#[test]
fn a_token_that_took_the_place_of_the_one_that_was_shown_is_left() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let created = row(&bench.desk, &id).created.at().map(|created| created.to_rfc3339());
        for (name, created) in
            [("payments", created.as_deref()), ("old-jenkins", Some("2026-11-20"))]
        {
            synced(&bench.desk).await;
            let request = RevokeRequest { typed: None, ..planned(&bench, &id) };
            let list = serde_json::json!([{
                "_id": id, "name": name, "created": created, "lastUsedAt": null, "last4": "none"
            }]);
            let organization = format!("/organizations/{}/tokens", bench.sandbox.ready().org_id);
            (0..2).for_each(|_| bench.list(&organization, &list.to_string()));
            synced(&bench.desk).await;
            assert_eq!(row(&bench.desk, &id).name, name);
            let error = bench.desk.revoke(request, now()).await.unwrap_err();
            assert!(
                matches!(error, Error::NotRevoked(NotRevoked::OtherToken { .. })),
                "{name}: {error}"
            );
        }
        assert_eq!(bench.sent("DELETE"), 0);
    });
}
