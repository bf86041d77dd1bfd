//! From a pasted value to dead and proven, and what the journal keeps of it.

use std::time::Duration;

use test_support::scan::{all_files, forms, found_in, planted};
use token_desk::{Deed, Desk, IncidentId, SeenToken, Sureness};

use super::naming::fingerprinted;
use super::{deeds, embedded, found, incident, leaked};
use crate::support::keychain::with_keychain;
use crate::support::{Bench, FIRST, alone, key, now, says, secret};

const CURRENT: &str = "/organizations/current";

/// What the person confirms.
fn seen(desk: &Desk, id: &str) -> SeenToken {
    desk.preview_revoke(&key(id), now()).unwrap().seen
}

/// A token, its value, and the incident about it.
async fn begun(bench: &Bench) -> (String, String, IncidentId) {
    let (id, value) = leaked(bench, "leaky").await;
    let incident = found(&bench.desk, &value).await;
    (id, value.expose().to_owned(), incident)
}

async fn until(desk: &Desk, id: IncidentId, reached: impl Fn(&[Deed]) -> bool) {
    while !reached(&deeds(&incident(desk, id).await)) {
        tokio::task::yield_now().await;
    }
}

#[test]
fn it_is_dead_and_proven_twice_and_the_journal_has_every_step() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.prove_again_after(Duration::from_millis(10));
        let (id, value, of) = begun(&bench).await;
        assert!(bench.desk.holds_value(&value[20..32]), "no part of it goes anywhere");
        bench.desk.revoke_found(of, key(&id), seen(&bench.desk, &id), now()).await.unwrap();
        until(&bench.desk, of, |deeds| deeds.len() == 5).await;
        let expected = [
            Deed::Identified,
            Deed::Snapshot,
            Deed::IncidentRevoked,
            Deed::ValueRefused,
            Deed::ValueRefused,
        ];
        let told = incident(&bench.desk, of).await;
        assert_eq!(deeds(&told), expected);
        assert_eq!(told.incident.fact("Lifetime"), Some("unlimited"));
        while incident(&bench.desk, of).await.mask.is_some() {
            tokio::task::yield_now().await;
        }
        assert!(!bench.desk.holds_value(&value[20..32]), "it is wiped after the second proof");
        assert!(bench.sandbox.truth().unwrap().iter().any(|it| it.id == id && it.revoked));

        // As after a crash: all of it but the value is there.
        let again = bench.reopened();
        let told = incident(&again, of).await;
        assert_eq!((deeds(&told), told.mask), (expected.to_vec(), None));
        assert_eq!(again.status().connections[0].incidents, 1);
        let form = again.replacement(of).await.unwrap();
        assert_eq!((&*form.name, form.connection), ("leaky (r2)", FIRST));
        again.close_incident(of, now()).await.unwrap();
        assert!(again.incidents().await.unwrap().is_empty());
        assert!(says(&again).await.iter().any(|it| it == "Incident closed"));
    });
}

/// The value is in memory only, so that nothing can prove it once the app was closed.
#[test]
fn a_second_proof_that_a_closed_app_did_not_make_is_missing_until_it_is_made() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        fingerprinted(&bench, &id).await;
        let of = found(&bench.desk, &value).await;
        bench.desk.revoke_found(of, key(&id), seen(&bench.desk, &id), now()).await.unwrap();
        assert!(!incident(&bench.desk, of).await.lacks_second_proof(), "it is to come");
        let again = bench.reopened();
        assert!(incident(&again, of).await.lacks_second_proof());
        again.sync(FIRST, now()).await;
        assert_eq!(found(&again, &value).await, of);
        again.prove_revoked(of, now()).await.unwrap();
        assert!(!incident(&again, of).await.lacks_second_proof());
    });
}

#[test]
fn a_second_paste_of_the_same_value_goes_on_with_the_same_incident() {
    alone(async {
        let bench = Bench::loaded().await;
        let (_, value, of) = begun(&bench).await;
        assert_eq!(found(&bench.desk, &secret(&value)).await, of);
        let both = format!("{value} entri_EXAMPLEONLYnobodyOfHere7h2Kq9ZpVw3");
        assert_eq!(bench.desk.found(secret(&both), now()).await.unwrap().len(), 2);
        assert_eq!(bench.desk.incidents().await.unwrap().len(), 2);
    });
}

/// Whoever has the value may be using it: that is a reason to hurry, not to wait.
#[test]
fn a_token_that_is_used_meanwhile_is_revoked_all_the_same() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, _, of) = begun(&bench).await;
        let seen = seen(&bench.desk, &id);
        bench.sandbox.touch(&id, now()).unwrap();
        bench.desk.revoke_found(of, key(&id), seen, now()).await.unwrap();
        assert!(deeds(&incident(&bench.desk, of).await).contains(&Deed::ValueRefused));
    });
}

#[test]
fn nothing_but_the_token_that_was_confirmed_is_revoked() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, _, of) = begun(&bench).await;
        let other = bench.id_of("load-test");
        let seen_other = seen(&bench.desk, &other);
        assert!(bench.desk.revoke_found(of, key(&other), seen_other, now()).await.is_err());
        let mut seen = seen(&bench.desk, &id);
        "another".clone_into(&mut seen.name);
        assert!(bench.desk.revoke_found(of, key(&id), seen, now()).await.is_err());
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

#[test]
fn where_any_value_is_accepted_nothing_is_proven() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, _, of) = begun(&bench).await;
        let seen = seen(&bench.desk, &id);
        bench.lists(4, CURRENT, r#"{"_id":"o","name":"Nordlys"}"#);
        bench.desk.revoke_found(of, key(&id), seen, now()).await.unwrap();
        let told = incident(&bench.desk, of).await;
        let proof = told.incident.proofs().next().unwrap();
        assert_eq!(proof.what, Deed::ValueNotProven);
        assert!(proof.detail.as_ref().unwrap().contains("made-up"));
    });
}

#[test]
fn the_value_is_in_no_file() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value, of) = begun(&bench).await;
        bench.desk.revoke_found(of, key(&id), seen(&bench.desk, &id), now()).await.unwrap();
        bench.desk.incident_questions(of, "Who read the ticket?".to_owned(), now()).await.unwrap();
        bench.desk.quit();
        // Everything but the prefix and the end that a mask may show.
        let core = &value[6..value.len() - 4];
        let files = all_files(bench.folder.path());
        assert!(!found_in(&files, "Who read the ticket?").is_empty(), "the files of the desk");
        assert_eq!(found_in(&files, core), [""; 0]);
        // The control: the same search finds it in every form.
        std::fs::write(bench.folder.path().join("planted"), planted(core)).unwrap();
        let found = found_in(&all_files(bench.folder.path()), core);
        assert_eq!(found.len(), forms(core).len());
    });
}

/// In the sandbox that comes with the app, whose journal ends with it.
#[test]
fn the_embedded_sandbox_knows_its_values_by_fingerprints_without_a_keychain() {
    alone(async {
        let bench = embedded().await;
        let (id, value) = leaked(&bench, "leaky").await;
        loop {
            let of = found(&bench.desk, &value).await;
            let told = incident(&bench.desk, of).await;
            let named = told.incident.named().map(|(key, _, sureness)| (key, sureness));
            if named == Some((key(&id), Sureness::Certain)) {
                break;
            }
            bench.desk.close_incident(of, now()).await.unwrap();
        }
    });
}
