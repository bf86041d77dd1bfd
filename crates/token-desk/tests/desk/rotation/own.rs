//! The token that the app signs in with: it moves to the new one, and revokes the old one with that.

use token_desk::{
    Appearance, Chip, CreateRequest, Created, Deed, Desk, Error, Notes, PlaceResult, Proof,
    RotationAction, RotationError, RotationRole, TokenKey,
};

use super::{id, only, proposed, refused};
use crate::found::{deeds, found, incident};
use crate::revoke_guard::planned;
use crate::support::keychain::{kept, with_keychain};
use crate::support::proxy::Proxy;
use crate::support::{Bench, FIRST, alone, connect, key, named, now, rows, secret, synced};

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
    with_keychain(async {
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
        with_keychain(async {
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
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (_, created) = begun(&bench).await;
        let app = only(&bench.desk).await.places().next().unwrap().id;
        let error = refused(bench.desk.mark_place_done(id(&created), &app, now()).await);
        assert!(matches!(error, RotationError::NotMoved), "{error}");
    });
}

/// Why the plan refuses to move.
fn why_not(bench: &Bench) -> String {
    match refused(bench.desk.plan_rotation(&key(&bench.id_of(OWN)), now())) {
        RotationError::Own { why } => why,
        error => panic!("{error}"),
    }
}

#[test]
fn what_would_not_be_kept_after_quitting_is_not_moved_to() {
    alone(async {
        let bench = Bench::loaded().await;
        assert_eq!(why_not(&bench), "a new one wouldn’t be kept after you quit");
        refused(bench.desk.replace_own(key(&bench.id_of(OWN)), now()).await);
        assert_eq!(bench.sent("POST"), 0);
    });
}

#[test]
fn a_token_with_another_place_is_not_the_apps_to_move() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of(OWN));
        let mut request = proposed(&bench.desk, &old);
        request.by_hand = vec!["The CLI on the Mac mini".to_owned()];
        let error = refused(bench.desk.rotate(request, now()).await);
        assert!(error.to_string().contains("The CLI on the Mac mini"), "{error}");
        let notes = Notes { place: "The old server".to_owned(), ..Default::default() };
        bench.desk.write_notes(old.clone(), &notes).await.unwrap();
        assert_eq!(why_not(&bench), "it is used elsewhere, too: The old server");
        refused(bench.desk.replace_own(old, now()).await);
        assert_eq!(bench.sent("POST"), 0);
    });
}

#[test]
fn a_token_that_another_connection_uses_is_not_moved() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (_, created) = begun(&bench).await;
        let (id, app) = (id(&created), [only(&bench.desk).await.places().next().unwrap().id]);
        let ready = bench.sandbox.ready();
        let other = ready.base_url.replace("127.0.0.1", "localhost");
        let other = connect(&bench.desk, &other, &ready.admin_token).await.unwrap();
        let results = bench.desk.deliver_to_places(id, created.handle, &app, None, now());
        let failed = results.await.unwrap().remove(0).outcome.unwrap_err().to_string();
        assert!(failed.contains("so does the connection"), "{failed}");
        bench.desk.disconnect(other.id, true, now()).await.unwrap();
        let results = bench.desk.deliver_to_places(id, created.handle, &app, None, now());
        results.await.unwrap().remove(0).outcome.unwrap();
    });
}

#[test]
fn the_new_one_cannot_be_taken_back_while_the_app_signs_in_with_it() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (_, created) = begun(&bench).await;
        moved(&bench.desk, &created).await.outcome.unwrap();
        bench.desk.close_secret(created.handle, false, now()).await.unwrap();
        let new = created.key.as_ref().unwrap();
        let error = refused(bench.desk.revoke(planned(&bench, &new.id.0), now()).await);
        assert!(matches!(error, RotationError::SignsIn), "{error}");
        assert_eq!((own(&bench.desk), bench.sent("DELETE")), (vec![NEW.to_owned()], 0));
        // Whoever ends the rotation may revoke it as any token of the app.
        bench.desk.end_rotation(id(&created), now()).await.unwrap();
        bench.desk.revoke(planned(&bench, &new.id.0), now()).await.unwrap();
    });
}

#[test]
fn a_new_one_with_fewer_scopes_is_not_moved_to() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let scopes = ["translations:read", "glossary:read"].map(str::to_owned).to_vec();
        let form = CreateRequest { scopes, ..named("app") };
        let mine = bench.desk.create(form, now()).await.unwrap();
        let value = bench.desk.reveal_secret(mine.handle).unwrap();
        connect(&bench.desk, &bench.sandbox.ready().base_url, value.expose()).await.unwrap();
        synced(&bench.desk).await;
        let few = r#"{"_id":"t-few","token":"entri_fewfewfewfew","name":"app (r2)",
            "scopes":["translations:read"]}"#;
        bench.answer("POST", "/tokens", 201, few);
        let request = proposed(&bench.desk, &mine.key.unwrap());
        let created = bench.desk.rotate(request, now()).await.unwrap();
        let failed = moved(&bench.desk, &created).await.outcome.unwrap_err();
        assert!(matches!(failed, Error::Rotation(RotationError::FewerScopes)), "{failed}");
        assert_eq!(own(&bench.desk), ["app"]);
    });
}

/// The app moved to a third token meanwhile: what it signed in with then isn't the old one's value.
#[test]
fn only_the_value_of_the_old_one_proves_that_it_is_dead() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let third = bench.desk.create(named("third"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(third.handle).unwrap();
        let (old, created) = begun(&bench).await;
        connect(&bench.desk, &bench.sandbox.ready().base_url, value.expose()).await.unwrap();
        synced(&bench.desk).await;
        moved(&bench.desk, &created).await.outcome.unwrap();
        let revoked = bench.desk.revoke(planned(&bench, &old.id.0), now()).await.unwrap();
        assert_eq!(revoked.proof, None);
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

#[test]
fn what_was_changed_of_the_connection_meanwhile_stays() {
    with_keychain(async {
        let bench = Bench::new().await;
        let proxy = Proxy::before(&bench.sandbox.ready().base_url).await;
        connect(&bench.desk, &proxy.url(), &bench.sandbox.ready().admin_token).await.unwrap();
        synced(&bench.desk).await;
        let (_, created) = begun(&bench).await;
        proxy.shut();
        let desk = bench.desk.clone();
        let moving = tokio::spawn(async move { moved(&desk, &created).await });
        proxy.holds_one().await;
        let connection = bench.desk.status().connections[0].connection.clone();
        let appearance = Appearance { label: "Harbour".to_owned(), ..connection.appearance };
        bench.desk.change_appearance(FIRST, appearance, now()).await.unwrap();
        proxy.open();
        moving.await.unwrap().outcome.unwrap();
        let connection = bench.desk.status().connections[0].connection.clone();
        assert_eq!(connection.appearance.label, "Harbour");
    });
}

/// As after a crash between the keychain and the journal, too.
#[test]
fn that_the_app_moved_otherwise_is_recognized() {
    with_keychain(async {
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
    with_keychain(async {
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
    with_keychain(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of(OWN));
        bench.answer("GET", CURRENT, 403, "{}");
        let error = refused(bench.desk.replace_own(old, now()).await).to_string();
        assert!(error.contains(NEW) && error.contains("Nothing was revoked"), "{error}");
        assert_eq!((own(&bench.desk), bench.sent("DELETE")), (vec![OWN.to_owned()], 0));
        let waiting = bench.desk.at_stake().values;
        assert_eq!(waiting, [NEW], "its value isn't lost");
    });
}
