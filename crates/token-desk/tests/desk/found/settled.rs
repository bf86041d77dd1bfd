//! How an incident ends when its token does, whoever revoked it, and what a choice or a doubtful reading proves.

use entri_sandbox::FaultAnswer;
use token_desk::{Deed, Proof};

use super::chosen::without_previews;
use super::naming::FOREIGN;
use super::{deeds, found, incident, leaked};
use crate::revoke_guard::planned;
use crate::support::{Bench, FIRST, alone, key, now, says, secret};

#[test]
fn another_revoke_of_its_token_ends_it() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        let of = found(&bench.desk, &value).await;
        bench.desk.revoke(planned(&bench, &id), now()).await.unwrap();
        assert_eq!(deeds(&incident(&bench.desk, of).await).last(), Some(&Deed::IncidentRevoked));
    });
}

#[test]
fn a_revoke_by_somebody_else_ends_it() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        let of = found(&bench.desk, &value).await;
        bench.sandbox.revoke_elsewhere(&id).unwrap();
        bench.desk.sync(FIRST, now()).await;
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(deeds(&incident(&bench.desk, of).await), [Deed::Identified, Deed::IncidentGone]);
    });
}

#[test]
fn a_revoke_whose_answer_was_lost_ends_it_once_a_list_is_without_the_token() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        let of = found(&bench.desk, &value).await;
        let seen = bench.desk.preview_revoke(&key(&id), now()).unwrap().seen;
        bench.fail("DELETE", &format!("/tokens/{id}"), true, FaultAnswer::Cut);
        bench.desk.revoke_found(of, key(&id), seen, now()).await.unwrap_err();
        assert!(!incident(&bench.desk, of).await.incident.is_over(), "nobody knows yet");
        bench.desk.sync(FIRST, now()).await;
        assert!(incident(&bench.desk, of).await.incident.is_over());
    });
}

/// The server refuses a value of another server's as it refuses one that is dead.
#[test]
fn a_choice_is_no_evidence_in_any_other_revoke() {
    alone(async {
        let bench = without_previews().await;
        let of = found(&bench.desk, &secret(FOREIGN)).await;
        let id = bench.id_of("load-test");
        bench.desk.choose_found(of, key(&id), now()).await.unwrap();
        let revoked = bench.desk.revoke(planned(&bench, &id), now()).await.unwrap();
        assert_ne!(revoked.proof, Some(Proof::Dead));
        let said = says(&bench.desk).await;
        assert!(!said.iter().any(|it| it.contains("refuses its value")), "{said:?}");
    });
}

#[test]
fn a_value_that_may_go_on_is_not_ruled_out_by_a_refusal() {
    alone(async {
        let bench = without_previews().await;
        let text = format!("token: {FOREIGN}/v1");
        let [of] = bench.desk.found(secret(&text), now()).await.unwrap()[..] else { panic!() };
        bench.desk.test_found(of, FIRST, now()).await.unwrap();
        let told = incident(&bench.desk, of).await;
        assert_eq!(deeds(&told).last(), Some(&Deed::ValueUntested), "{:?}", told.says);
        assert!(!told.suspects.is_empty(), "it may be any of them");
        bench.desk.choose_found(of, key(&bench.id_of("load-test")), now()).await.unwrap();
    });
}

#[test]
fn what_belongs_to_the_text_is_left_out_where_that_names_a_token() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        let text = format!("_{}_ was in the wiki", value.expose());
        let [of] = bench.desk.found(secret(&text), now()).await.unwrap()[..] else { panic!() };
        let told = incident(&bench.desk, of).await;
        assert_eq!(told.incident.named().map(|(key, ..)| key), Some(key(&id)));
    });
}

#[test]
fn a_connection_takes_its_found_values_along() {
    alone(async {
        let bench = Bench::loaded().await;
        let (_, value) = leaked(&bench, "leaky").await;
        found(&bench.desk, &value).await;
        assert!(bench.desk.holds_value(&value.expose()[20..32]));
        bench.desk.disconnect(FIRST, false, now()).await.unwrap();
        assert!(!bench.desk.holds_value(&value.expose()[20..32]));
    });
}
