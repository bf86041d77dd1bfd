//! What is proven about the value of a token that was revoked while its value was at hand.

use entri_sandbox::{FaultAnswer, Variant};
use token_desk::Proof;

use crate::revoke_guard::planned;
use crate::support::{Bench, alone, entries, named, now, says};

const CURRENT: &str = "/organizations/current";

/// Creates a token and revokes it while its value waits.
async fn made_and_revoked(bench: &Bench) -> Option<Proof> {
    let created = bench.desk.create(named("short-lived"), now()).await.unwrap();
    let id = created.key.unwrap().id.0;
    let revoked = bench.desk.revoke(planned(bench, &id), now()).await.unwrap();
    revoked.proof
}

fn reason(proof: Option<Proof>) -> String {
    match proof {
        Some(Proof::NotProven(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn its_value_is_proven_dead_and_the_journal_has_it() {
    alone(async {
        let bench = Bench::loaded().await;
        assert_eq!(made_and_revoked(&bench).await, Some(Proof::Dead));
        let said = says(&bench.desk).await;
        assert!(said.iter().any(|it| it.contains("refuses its value")), "{said:?}");
        assert_eq!(bench.desk.status().connections[0].unresolved.len(), 0, "it stays ended");
    });
}

#[test]
fn a_value_that_goes_on_working_is_told_as_such() {
    alone(async {
        let bench = Bench::loaded().await;
        let mut variant = Variant::default();
        variant.odd.values.linger = 90;
        bench.sandbox.set_variant(variant);
        let reason = reason(made_and_revoked(&bench).await);
        assert!(reason.contains("still accepts"), "{reason}");
    });
}

#[test]
fn a_server_that_accepts_anything_proves_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.lists(3, CURRENT, r#"{"_id":"o","name":"Nordlys"}"#);
        let reason = reason(made_and_revoked(&bench).await);
        assert!(reason.contains("made-up"), "{reason}");
        let said = says(&bench.desk).await;
        assert!(said.iter().any(|it| it.contains("Not proven")), "{said:?}");
    });
}

/// A gateway may say which key it turns away, even without its prefix.
#[test]
fn a_value_that_the_server_repeats_is_shown_and_recorded_nowhere() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("short-lived"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        let hidden = value.expose().strip_prefix("entri_").unwrap();
        let id = created.key.unwrap().id.0;
        let request = planned(&bench, &id);
        bench.answer("GET", CURRENT, 403, &format!(r#"{{"message":"key {hidden} is blocked"}}"#));
        let reason = reason(bench.desk.revoke(request, now()).await.unwrap().proof);
        assert!(reason.contains("is blocked") && !reason.contains(hidden), "{reason}");
        let said = format!("{:?}", entries(&bench.desk).await);
        assert!(said.contains("is blocked") && !said.contains(hidden), "{said}");
    });
}

/// The token is revoked all the same.
#[test]
fn a_server_that_cannot_be_asked_proves_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("short-lived"), now()).await.unwrap();
        let id = created.key.unwrap().id.0;
        let request = planned(&bench, &id);
        let unavailable = FaultAnswer::status(503, "application/json", "{}");
        bench.fail("GET", CURRENT, false, unavailable);
        let revoked = bench.desk.revoke(request, now()).await.unwrap();
        let reason = reason(revoked.proof);
        assert!(reason.contains("isn’t known"), "{reason}");
        assert!(bench.sandbox.truth().unwrap().iter().any(|it| it.id == id && it.revoked));
    });
}

#[test]
fn nothing_is_asked_where_the_value_is_not_at_hand() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("load-test");
        let revoked = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap();
        assert_eq!(revoked.proof, None);
    });
}
