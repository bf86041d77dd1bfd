//! Revoking a token that the server no longer has, or says so: only a complete list proves it.

use entri_api::{ApiToken, BaseUrl, Client, Secret, TokenOwner};
use entri_sandbox::odd::{Deletion, Drift, Moves};
use entri_sandbox::{FaultAnswer, ListShape, Odd, Variant};
use token_desk::{BulkRevokeOutcome, Code, Error, NotRevoked, OrganizationId, RevokeOutcome};

use crate::revoke_guard::planned;
use crate::support::{Bench, FIRST, alone, ids, key, now, row, sandbox};

fn not_found() -> FaultAnswer {
    FaultAnswer::status(404, "application/json", r#"{"message":"Token not found"}"#)
}

#[test]
fn a_token_that_is_gone_already_leaves_the_list() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        let request = planned(&bench, &id);
        assert!(bench.sandbox.revoke_elsewhere(&id).unwrap());
        let revoked = bench.desk.revoke(request, now()).await.unwrap();
        assert_eq!(revoked.outcome, RevokeOutcome::AlreadyGone);
        assert_eq!(bench.sent("DELETE"), 0, "there is nothing to revoke");
        assert!(!ids(&bench.desk).contains(&id));

        // Gone between the second look and the request.
        let id = bench.id_of("load-test");
        bench.fail("DELETE", "/tokens", true, not_found());
        let revoked = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap();
        assert_eq!(revoked.outcome, RevokeOutcome::AlreadyGone);
        assert!(!ids(&bench.desk).contains(&id));
    });
}

/// The 404 may come from a proxy or a wrong base path: only a complete list without the token
/// proves that it is gone.
#[test]
fn a_404_proves_nothing_while_the_server_lists_the_token() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("load-test");
        bench.fail("DELETE", "/tokens", false, not_found());
        let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
        assert!(matches!(error, Error::NotRevoked(NotRevoked::StillListed { .. })), "{error}");
        assert!(ids(&bench.desk).contains(&id));
    });
}

/// It can be switched on again.
#[test]
fn a_404_proves_nothing_while_the_server_lists_the_token_as_switched_off() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("load-test");
        let request = planned(&bench, &id);
        let created = row(&bench.desk, &id).created.at().map(|created| created.to_rfc3339());
        let seen = request.seen.last_used.at().map(|seen| seen.to_rfc3339());
        let off = serde_json::json!([{
            "_id": id, "name": "load-test", "created": created, "lastUsedAt": seen,
            "isActive": false
        }]);
        // The last look, and the one after the request.
        (0..2).for_each(|_| bench.list("/tokens", &off.to_string()));
        bench.fail("DELETE", "/tokens", false, not_found());
        let error = bench.desk.revoke(request, now()).await.unwrap_err();
        assert!(matches!(error, Error::NotRevoked(NotRevoked::StillListed { .. })), "{error}");
        assert!(ids(&bench.desk).contains(&id));
    });
}

/// The request was sent, so nobody may say that nothing was.
#[test]
fn a_404_without_a_list_to_compare_it_with_is_an_unknown_outcome() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("load-test");
        let request = planned(&bench, &id);
        let seen = request.seen.last_used.at().map(|seen| seen.to_rfc3339());
        let created = row(&bench.desk, &id).created.at().map(|created| created.to_rfc3339());
        let token = serde_json::json!([{
            "_id": id, "name": "load-test", "created": created, "lastUsedAt": seen
        }]);
        bench.list("/tokens", &token.to_string());
        bench.fail("DELETE", "/tokens", false, not_found());
        bench.answer("GET", "/tokens", 403, "{}");
        let error = bench.desk.revoke(request, now()).await.unwrap_err();
        assert_eq!(error.code(), Code::OutcomeUnknown, "{error}");
        assert_eq!(bench.sent("DELETE"), 1);
        assert!(ids(&bench.desk).contains(&id));
    });
}

/// An incomplete list proves no absence: nothing is sent, and the row stays.
#[test]
fn a_token_that_an_incomplete_list_lacks_is_not_called_gone() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("old-jenkins");
        for (times, body) in [
            (2, r#"{"data":[],"meta":{"total":5}}"#),
            (2, r#"[{"_id":"t-other"},{"name":"no id"}]"#),
        ] {
            bench.lists(times, "/tokens", body);
            let error = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap_err();
            assert!(matches!(error, Error::PresenceUnknown { .. }), "{error}");
        }
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(ids(&bench.desk).contains(&id));
    });
}

/// On a server of this many tokens: the ids of the organization's own, in the order of their list.
async fn order(bench: &Bench) -> Vec<String> {
    let ready = bench.sandbox.ready();
    let token = ApiToken::parse(Secret::new(ready.admin_token.clone())).unwrap();
    let client = Client::new(BaseUrl::parse(&ready.base_url).unwrap(), token).unwrap();
    let owner = TokenOwner::Organization(OrganizationId(ready.org_id.clone()));
    let tokens = client.tokens(&owner).collect_all().await.unwrap().items;
    tokens.into_iter().map(|token| token.id.0).collect()
}

fn lives(bench: &Bench, id: &str) -> bool {
    bench.sandbox.truth().unwrap().iter().any(|token| token.id == id && !token.revoked)
}

/// The count of the list still matches.
#[test]
fn a_token_that_moves_as_one_goes_and_another_comes_is_not_gone() {
    alone(async {
        let bench = Bench::loaded_from(sandbox(1, 1_000).await).await;
        let id = order(&bench).await[200].clone();
        let drift = Some(Drift { what: Moves::Swaps, before: 2, always: false });
        let odd = Odd { drift, ..Odd::default() };
        bench.sandbox.set_variant(Variant { odd, ..Variant::default() });
        let outcome = bench.desk.revoke(planned(&bench, &id), now()).await.map(|it| it.outcome);
        assert_eq!((outcome.unwrap(), lives(&bench, &id)), (RevokeOutcome::Revoked, false));
    });
}

/// The list does not say how many tokens there are.
#[test]
fn a_revoke_that_failed_is_not_told_as_gone_by_one_reading_of_a_list() {
    alone(async {
        let bench = Bench::loaded_from(sandbox(1, 1_000).await).await;
        let array = Variant { list: ListShape::PagedArray, ..Variant::default() };
        bench.sandbox.set_variant(array);
        let id = order(&bench).await[201].clone();
        bench.desk.sync(FIRST, now()).await;
        let drift = Some(Drift { what: Moves::Revokes, before: 2, always: true });
        let odd = Odd { drift, deletion: Deletion::Failed { done: false }, ..Odd::default() };
        bench.sandbox.set_variant(Variant { odd, ..array });
        bench.desk.select([key(&id)], true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        let result = bench.desk.run_bulk_revoke(plan.id, "1", now).await.unwrap();
        assert!(lives(&bench, &id));
        assert!(matches!(result.tokens[0].1, BulkRevokeOutcome::Failed(_)), "{result:?}");
    });
}
