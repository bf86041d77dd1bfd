//! Tokens that a person says were found: which ones can be, and what is proven of them then.

use entri_sandbox::Variant;
use token_desk::{Deed, Query, Sureness};

use super::naming::{FOREIGN, fingerprinted};
use super::{deeds, found, incident, leaked};
use crate::revoke_guard::planned;
use crate::support::keychain::with_keychain;
use crate::support::{Bench, FIRST, alone, key, now, secret};

/// A list that shows no part of any value.
pub async fn without_previews() -> Bench {
    let bench = Bench::loaded().await;
    let preview_of = Some("nobody’s");
    bench.sandbox.set_variant(Variant { preview_of, ..Variant::default() });
    bench.desk.sync(FIRST, now()).await;
    bench
}

#[test]
fn a_token_that_the_value_cannot_be_of_is_not_chosen() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = found(&bench.desk, &secret(FOREIGN)).await;
        assert!(incident(&bench.desk, id).await.suspects.is_empty(), "their previews differ");
        let token = key(&bench.id_of("load-test"));
        let error = bench.desk.choose_found(id, token, now()).await.unwrap_err();
        assert!(error.to_string().contains("isn’t this token’s"), "{error}");

        let bench = without_previews().await;
        let id = found(&bench.desk, &secret(FOREIGN)).await;
        bench.desk.test_found(id, FIRST, now()).await.unwrap();
        assert!(incident(&bench.desk, id).await.suspects.is_empty(), "it works nowhere there");
        let token = key(&bench.id_of("load-test"));
        let error = bench.desk.choose_found(id, token, now()).await.unwrap_err();
        assert!(error.to_string().contains("refuses this value"), "{error}");
    });
}

/// It was refused before the revoke, too, for all that is known.
#[test]
fn a_refusal_proves_nothing_about_a_token_that_was_chosen_by_hand() {
    alone(async {
        let bench = without_previews().await;
        let id = found(&bench.desk, &secret(FOREIGN)).await;
        let token = key(&bench.id_of("load-test"));
        bench.desk.choose_found(id, token.clone(), now()).await.unwrap();
        let seen = bench.desk.preview_revoke(&token, now()).unwrap().seen;
        bench.desk.revoke_found(id, token, seen, now()).await.unwrap();
        let told = deeds(&incident(&bench.desk, id).await);
        assert_eq!(told.last(), Some(&Deed::ValueNotProven), "{told:?}");
    });
}

#[test]
fn a_token_that_is_gone_already_is_told_as_gone() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        fingerprinted(&bench, &id).await;
        bench.desk.revoke(planned(&bench, &id), now()).await.unwrap();
        let asked = bench.sandbox.request_count();
        let told = incident(&bench.desk, found(&bench.desk, &value).await).await;
        assert_eq!(deeds(&told), [Deed::Identified, Deed::IncidentGone]);
        assert_eq!(bench.sandbox.request_count(), asked, "nothing was sent");
    });
}

/// Its proof was never made, since no revoke was sent for it.
#[test]
fn a_value_whose_token_is_gone_can_still_be_proven_dead() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        fingerprinted(&bench, &id).await;
        let of = found(&bench.desk, &value).await;
        let error = bench.desk.prove_revoked(of, now()).await.unwrap_err();
        assert!(error.to_string().contains("Nothing was revoked"), "{error}");
        bench.desk.close_incident(of, now()).await.unwrap();
        bench.desk.revoke(planned(&bench, &id), now()).await.unwrap();
        let of = found(&bench.desk, &value).await;
        bench.desk.prove_revoked(of, now()).await.unwrap();
        let told = incident(&bench.desk, of).await;
        assert_eq!(deeds(&told), [Deed::Identified, Deed::IncidentGone, Deed::ValueRefused]);
        assert!(told.second_proof_in.is_some(), "and again after a minute");
    });
}

#[test]
fn a_token_with_an_open_incident_is_called_leaked_in_the_list_until_it_is_revoked() {
    alone(async {
        let bench = Bench::loaded().await;
        let token = key(&bench.id_of("load-test"));
        let row = || {
            let listing = bench.desk.query(&Query::default(), 0, 100, None, now());
            let row = listing.rows.into_iter().find(|it| it.key == token).unwrap();
            (row.leaked, listing.generation)
        };
        let (before, generation) = row();
        assert!(!before);
        let id = bench.desk.report_leaked(token.clone(), now()).await.unwrap();
        let (leaked, next) = row();
        assert!(leaked && next != generation, "the page asks again");
        bench.desk.close_incident(id, now()).await.unwrap();
        assert!(!row().0, "it was none");
    });
}

/// Two windows of the same app, or a hand that clicks twice.
#[test]
fn two_reports_at_once_begin_one_incident() {
    alone(async {
        let bench = Bench::loaded().await;
        let token = key(&bench.id_of("load-test"));
        let report = || bench.desk.report_leaked(token.clone(), now());
        let (one, other) = tokio::join!(report(), report());
        assert_eq!(one.unwrap(), other.unwrap());
        let value = secret("entri_EXAMPLEONLYnobodyOfHere7h2Kq9ZpVw3");
        let paste = || bench.desk.found(value.clone(), now());
        let (one, other) = tokio::join!(paste(), paste());
        assert_eq!(one.unwrap(), other.unwrap());
        assert_eq!(bench.desk.incidents().await.unwrap().len(), 2);
    });
}

#[test]
fn a_token_can_be_reported_as_leaked_without_its_value() {
    alone(async {
        let bench = Bench::loaded().await;
        let token = key(&bench.id_of("load-test"));
        let id = bench.desk.report_leaked(token.clone(), now()).await.unwrap();
        assert_eq!(bench.desk.report_leaked(token.clone(), now()).await.unwrap(), id, "once");
        let told = incident(&bench.desk, id).await;
        let (named, _, sureness) = told.incident.named().unwrap();
        assert_eq!((&named, sureness, told.mask), (&token, Sureness::Chosen, None));
        let seen = bench.desk.preview_revoke(&token, now()).unwrap().seen;
        bench.desk.revoke_found(id, token, seen, now()).await.unwrap();
        let told = deeds(&incident(&bench.desk, id).await);
        assert_eq!(told, [Deed::Identified, Deed::Snapshot, Deed::IncidentRevoked]);
    });
}
