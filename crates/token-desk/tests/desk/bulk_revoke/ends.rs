//! What a bulk revoke reports and does after each of its tokens had its turn.

use entri_sandbox::FaultAnswer;
use serde_json::json;
use token_desk::BulkRevokeOutcome;

use crate::support::plans::{planned, run};
use crate::support::{Bench, FIRST, alone, ids, named, now, row, says};

const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";

/// Its DELETE is refused, and meanwhile somebody switches it off.
#[test]
fn a_token_that_was_switched_off_is_not_gone_already() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let plan = planned(&bench, std::slice::from_ref(&id)).await;
        let refused = FaultAnswer::status(403, "application/json", r#"{"message":"not yours"}"#);
        bench.fail("DELETE", "/tokens", false, refused);
        let held = bench.sandbox.hold_next(&"DELETE".parse().unwrap(), "/tokens");
        let switching_off = async {
            held.reached().await;
            let known = row(&bench.desk, &id);
            let created = known.created.at().map(|at| at.to_rfc3339());
            let off =
                json!([{"_id": id, "name": known.name, "created": created, "isActive": false}]);
            (0..3).for_each(|_| bench.list(ORGANIZATION, &off.to_string()));
            drop(held);
        };
        let (result, ()) = tokio::join!(run(&bench.desk, &plan), switching_off);
        assert!(matches!(result.tokens[0].1, BulkRevokeOutcome::Failed(_)), "{result:?}");
        assert!(result.compared && ids(&bench.desk).contains(&id), "{result:?}");
    });
}

/// The list loaded at the end may be incomplete, and then proves no absence.
#[test]
fn the_unresolved_of_a_token_that_was_revoked_has_ended() {
    alone(async {
        let bench = Bench::loaded().await;
        let answer = FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>");
        bench.fail("POST", "/tokens", true, answer);
        bench.desk.create(named("lost"), now()).await.unwrap_err();
        bench.looked().await;
        let loose = || bench.desk.status().of(FIRST).unwrap().unresolved.clone();
        let [end] = &loose()[..] else { panic!("{:?}", loose()) };
        let plan = planned(&bench, &[end.tokens[0].id.0.clone()]).await;
        bench.answer("GET", "/projects/6660aa11/tokens", 403, "{}");
        let result = run(&bench.desk, &plan).await;
        assert_eq!(result.tokens[0].1, BulkRevokeOutcome::Revoked);
        assert!(!bench.desk.status().summary().complete, "the control");
        assert_eq!(loose(), []);
    });
}

/// Its last look fails, so that no DELETE is sent, and meanwhile somebody else revokes it.
#[test]
fn a_token_that_somebody_else_revoked_is_not_told_as_revoked_here() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let plan = planned(&bench, std::slice::from_ref(&id)).await;
        bench.lists(3, ORGANIZATION, "no list");
        let held = bench.sandbox.hold_next(&"GET".parse().unwrap(), ORGANIZATION);
        let revoking = async {
            held.reached().await;
            assert!(bench.sandbox.revoke_elsewhere(&id).unwrap());
            drop(held);
        };
        let (result, ()) = tokio::join!(run(&bench.desk, &plan), revoking);
        assert_eq!(result.tokens[0].1, BulkRevokeOutcome::AlreadyGone);
        assert_eq!(bench.sent("DELETE"), 0);
        let said = says(&bench.desk).await;
        assert!(said.iter().any(|it| it == "Already revoked"), "{said:?}");
        assert!(!said.iter().any(|it| it.starts_with("Revoke")), "{said:?}");
    });
}
