//! The token that the app signs in with: it moves to the new one, and revokes the old one with that.

use token_desk::{
    Chip, Created, Deed, Desk, PlaceResult, Proof, RotationAction, RotationError, RotationRole,
    TokenKey,
};

use super::{id, only, proposed, refused};
use crate::found::{deeds, found, incident};
use crate::revoke_guard::planned;
use crate::support::keychain::{kept, with_keychain};
use crate::support::{Bench, FIRST, alone, connect, key, now, rows, secret, synced};

const OWN: &str = "Entri Tokens app";
const NEW: &str = "Entri Tokens app (r2)";
const CURRENT: &str = "/organizations/current";

fn own(desk: &Desk) -> Vec<String> {
    rows(desk).into_iter().filter(|row| row.chip == Chip::ThisApp).map(|row| row.name).collect()
}

/// Begins the rotation of the app's own token, which nothing is waited for.
async fn begun(bench: &Bench) -> (TokenKey, Created) {
    let old = key(&bench.id_of(OWN));
    let mut request = proposed(&bench.desk, &old);
    (request.quiet, request.longest_job) = Default::default();
    (old, bench.desk.rotate(request, now()).await.unwrap())
}

async fn moved(desk: &Desk, created: &Created) -> PlaceResult {
    let places: Vec<_> = only(desk).await.places().map(|place| place.id).collect();
    let results = desk.deliver_to_places(id(created), created.handle, &places, None, now());
    results.await.unwrap().remove(0)
}

#[test]
fn the_app_signs_in_with_the_new_one_and_revokes_the_old_one_with_it() {
    alone(async {
        let bench = Bench::loaded().await;
        let (old, created) = begun(&bench).await;
        assert_eq!(own(&bench.desk), [OWN]);
        let plan = only(&bench.desk).await;
        assert_eq!(plan.waits_for.0, "Entri Tokens to sign in with the new token");
        let no_lines: [&str; 0] = [];
        let places: Vec<_> = plan.places().map(|place| place.id).collect();
        assert_eq!(bench.desk.place_lines(id(&created), &places).unwrap(), no_lines);
        moved(&bench.desk, &created).await.outcome.unwrap();
        assert_eq!(own(&bench.desk), [NEW]);
        bench.desk.close_secret(created.handle, false, now()).await.unwrap();
        synced(&bench.desk).await;
        let ready = only(&bench.desk).await;
        assert_eq!((ready.action, &*ready.next.0), (RotationAction::Revoke, "Ready to revoke"));
        let part = bench.desk.part_in_rotation(&old, now()).await.unwrap().unwrap();
        assert_eq!((part.role, part.ready), (RotationRole::Old, true));
        let revoked = bench.desk.revoke(planned(&bench, &old.id.0), now()).await.unwrap();
        assert_eq!(revoked.proof, Some(Proof::Dead), "the old value was at hand");
        synced(&bench.desk).await;
        assert!(bench.desk.status().connections[0].list.problems.is_empty());
        let ended = only(&bench.desk).await;
        assert_eq!(ended.record.ended.map(|(deed, _)| deed), Some(Deed::RotationFinished));
        assert_eq!(ended.waits_for.0, "Proven dead");
    });
}

#[test]
fn a_new_one_that_does_not_work_leaves_the_app_with_the_old_one() {
    for (path, status) in [(CURRENT, 403), ("/tokens", 403), (CURRENT, 401)] {
        alone(async {
            let bench = Bench::loaded().await;
            let (_, created) = begun(&bench).await;
            bench.answer("GET", path, status, "{}");
            moved(&bench.desk, &created).await.outcome.unwrap_err();
            assert_eq!(own(&bench.desk), [OWN]);
            synced(&bench.desk).await;
            assert!(bench.desk.status().connections[0].list.problems.is_empty());
            assert_eq!(only(&bench.desk).await.action, RotationAction::None);
            moved(&bench.desk, &created).await.outcome.unwrap();
            assert_eq!(own(&bench.desk), [NEW]);
        });
    }
}

#[test]
fn nobody_can_say_that_the_app_signs_in_with_it() {
    alone(async {
        let bench = Bench::loaded().await;
        let (_, created) = begun(&bench).await;
        let app = only(&bench.desk).await.places().next().unwrap().id;
        let error = refused(bench.desk.mark_place_done(id(&created), &app, now()).await);
        assert!(matches!(error, RotationError::NotMoved), "{error}");
    });
}

/// Its place is in the wait like any other, and so is the token's use by somebody else.
#[test]
fn another_place_has_its_wait() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of(OWN));
        let mut request = proposed(&bench.desk, &old);
        request.by_hand = vec!["The CLI on the Mac mini".to_owned()];
        // The app can't be left out.
        let planned = bench.desk.plan_rotation(&old, now()).unwrap().places;
        request.left_out = planned.iter().map(|place| place.id.clone()).collect();
        let created = bench.desk.rotate(request, now()).await.unwrap();
        let places: Vec<_> = only(&bench.desk).await.places().map(|place| place.id).collect();
        assert_eq!(places.len(), 2);
        let app = [places[0].clone()];
        let results = bench.desk.deliver_to_places(id(&created), created.handle, &app, None, now());
        assert!(results.await.unwrap()[0].outcome.is_ok());
        bench.desk.mark_place_done(id(&created), &places[1], now()).await.unwrap();
        synced(&bench.desk).await;
        let waits = only(&bench.desk).await;
        assert_eq!((waits.progress.exit, waits.action), (None, RotationAction::None));
        assert_eq!(waits.progress.delivered, 2);
    });
}

#[test]
fn the_keychain_has_the_new_one_from_then_on() {
    with_keychain(async {
        let bench = Bench::new().await;
        let connection = bench.connect().await.unwrap();
        synced(&bench.desk).await;
        let (_, created) = begun(&bench).await;
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        moved(&bench.desk, &created).await.outcome.unwrap();
        assert_eq!(kept(&connection).as_deref(), Some(value.expose()));
        let desk = bench.reopened();
        synced(&desk).await;
        assert_eq!(own(&desk), [NEW]);
    });
}

/// As after a crash between the keychain and the journal, too.
#[test]
fn that_the_app_moved_otherwise_is_recognized() {
    alone(async {
        let bench = Bench::loaded().await;
        let (_, created) = begun(&bench).await;
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        let desk = bench.reopened();
        connect(&desk, &bench.sandbox.ready().base_url, value.expose()).await.unwrap();
        synced(&desk).await;
        synced(&desk).await;
        let rotation = only(&desk).await;
        assert_eq!((own(&desk), rotation.action), (vec![NEW.to_owned()], RotationAction::Revoke));
    });
}

#[test]
fn in_an_incident_the_app_moves_first_and_the_value_is_proven_dead() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of(OWN));
        let value = secret(&bench.sandbox.ready().admin_token);
        let of = found(&bench.desk, &value).await;
        let of = match incident(&bench.desk, of).await.incident.named() {
            Some(_) => of,
            None => bench.desk.choose_found(of, old.clone(), now()).await.unwrap(),
        };
        bench.desk.replace_own(old.clone(), now()).await.unwrap();
        assert_eq!(own(&bench.desk), [NEW]);
        let seen = bench.desk.preview_revoke(&old, now()).unwrap().seen;
        bench.desk.revoke_found(of, old, seen, now()).await.unwrap();
        let told = deeds(&incident(&bench.desk, of).await);
        assert!(told.contains(&Deed::ValueRefused), "{told:?}");
        synced(&bench.desk).await;
        assert!(bench.desk.status().connections[0].list.problems.is_empty());
        assert_eq!(bench.desk.status().connections[0].connection.id, FIRST);
    });
}

#[test]
fn in_an_incident_a_new_one_that_does_not_work_is_named_and_nothing_is_revoked() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of(OWN));
        bench.answer("GET", CURRENT, 403, "{}");
        let error = refused(bench.desk.replace_own(old, now()).await).to_string();
        assert!(error.contains(NEW) && error.contains("Nothing was revoked"), "{error}");
        assert_eq!((own(&bench.desk), bench.sent("DELETE")), (vec![OWN.to_owned()], 0));
    });
}
