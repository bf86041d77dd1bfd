//! The new value goes to where the old one lives.

use std::fs;

use token_desk::{Deed, Destination, FileRequest, PlaceRole, RotationAction, RotationError};

use super::{delivered, id, only, proposed, refused};
use crate::found::incident;
use crate::support::{Bench, FIRST, alone, key, now};

#[test]
fn the_file_that_has_the_old_value_gets_the_new_one() {
    alone(async {
        let bench = Bench::loaded().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let old = delivered(&bench, "press kit", folder.path()).await;
        let before = fs::read_to_string(&file).unwrap();
        let plan = bench.desk.plan_rotation(&old, now()).unwrap();
        let path = file.to_str().unwrap().to_owned();
        assert_eq!(plan.places[0].destination, Destination::File { path: path.clone() });
        assert!(plan.places[0].is_ready());
        let created = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap();
        let place = only(&bench.desk).await.places().next().unwrap();
        assert_eq!((&*place.shown, place.done), (&*path, None));
        let lines = bench.desk.place_lines(id(&created), std::slice::from_ref(&place.id)).unwrap();
        assert_eq!(lines, [path]);
        let done = bench
            .desk
            .deliver_to_places(id(&created), created.handle, &[place.id], None, now())
            .await
            .unwrap();
        assert!(done[0].outcome.is_ok(), "{done:?}");
        let after = fs::read_to_string(&file).unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        assert_eq!(after, format!("{}\n", value.expose()));
        assert_ne!(after, before);
        assert_eq!(only(&bench.desk).await.record.done(), 1);
        // As after kill -9.
        assert_eq!(only(&bench.reopened()).await.record.done(), 1);
        let elsewhere = folder.path().join("other").to_str().unwrap().to_owned();
        let request = FileRequest { path: elsewhere, home: None, replace: false };
        bench.desk.save_secret(created.handle, request, now()).await.unwrap();
        let roles: Vec<_> = only(&bench.desk).await.places().map(|place| place.role).collect();
        assert_eq!(roles, [PlaceRole::OfOld, PlaceRole::Added]);
    });
}

/// Rotated first, and found to be leaked afterwards.
#[test]
fn a_rotation_that_got_everywhere_replaces_the_token_of_an_incident() {
    alone(async {
        let bench = Bench::loaded().await;
        let (desk, folder) = (&bench.desk, tempfile::tempdir().unwrap());
        let old = delivered(&bench, "press kit", folder.path()).await;
        let created = desk.rotate(proposed(desk, &old), now()).await.unwrap();
        let of = desk.report_leaked(old.clone(), now()).await.unwrap();
        let done = async || incident(desk, of).await.incident.is_done("replace");
        desk.sync(FIRST, now()).await;
        assert!(!done().await, "it is in no place yet");
        let places = [only(desk).await.places().next().unwrap().id];
        let results = desk.deliver_to_places(id(&created), created.handle, &places, None, now());
        assert!(results.await.unwrap()[0].outcome.is_ok());
        desk.close_secret(created.handle, false, now()).await.unwrap();
        assert!(done().await);
        let told = incident(desk, of).await.incident;
        let says = told.last(Deed::TaskDone).unwrap().says().unwrap().to_owned();
        assert_eq!(says, "Replaced by “press kit (r2)”: its only place has the new value");
    });
}

#[test]
fn a_file_that_has_more_than_a_token_by_now_is_left_alone() {
    alone(async {
        let bench = Bench::loaded().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let old = delivered(&bench, "press kit", folder.path()).await;
        fs::write(&file, "NT3_API_TOKEN=entri_x\nOTHER=y\n").unwrap();
        let created = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap();
        let place = only(&bench.desk).await.places().next().unwrap();
        let places = [place.id];
        let done = bench.desk.deliver_to_places(id(&created), created.handle, &places, None, now());
        let failed = done.await.unwrap().remove(0).outcome.unwrap_err();
        assert!(failed.to_string().contains("has more in it than a token"), "{failed}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "NT3_API_TOKEN=entri_x\nOTHER=y\n");
        assert_eq!(only(&bench.desk).await.record.done(), 0);
        // Once it is mended there, it can be tried again.
        fs::remove_file(&file).unwrap();
        let done = bench.desk.deliver_to_places(id(&created), created.handle, &places, None, now());
        assert!(done.await.unwrap()[0].outcome.is_ok());
    });
}

#[test]
fn a_place_that_only_a_person_can_reach_is_marked_as_done() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let mut request = proposed(&bench.desk, &old);
        request.by_hand = vec![" Fastlane on the Mac mini ".to_owned(), " ".to_owned()];
        let created = bench.desk.rotate(request, now()).await.unwrap();
        let place = only(&bench.desk).await.places().next().unwrap();
        assert_eq!((&*place.shown, place.ready), ("Fastlane on the Mac mini", false));
        let error = refused(bench.desk.place_lines(id(&created), std::slice::from_ref(&place.id)));
        assert!(matches!(error, RotationError::ByHand), "{error}");
        bench.desk.mark_place_done(id(&created), &place.id, now()).await.unwrap();
        assert_eq!(only(&bench.desk).await.record.done(), 1);
        assert_eq!(only(&bench.reopened()).await.record.done(), 1);
    });
}

#[test]
fn a_place_with_a_value_in_its_name_is_kept_nowhere() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let mut request = proposed(&bench.desk, &old);
        request.by_hand = vec![bench.sandbox.ready().admin_token.clone()];
        bench.desk.rotate(request, now()).await.unwrap_err();
        assert_eq!(bench.sent("POST"), 0);
        assert_eq!(bench.desk.rotations(now()).await.unwrap(), []);
    });
}

#[test]
fn a_place_can_be_left_out() {
    alone(async {
        let bench = Bench::loaded().await;
        let folder = tempfile::tempdir().unwrap();
        let old = delivered(&bench, "press kit", folder.path()).await;
        let mut request = proposed(&bench.desk, &old);
        request.left_out =
            vec![bench.desk.plan_rotation(&old, now()).unwrap().places[0].id.clone()];
        bench.desk.rotate(request, now()).await.unwrap();
        assert_eq!(only(&bench.desk).await.record.places, []);
    });
}

#[test]
fn closing_before_anybody_has_the_value_says_that_it_is_lost() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let created = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap();
        assert!(!only(&bench.desk).await.record.value_lost(), "it waits");
        bench.desk.close_secret(created.handle, true, now()).await.unwrap();
        let lost = only(&bench.desk).await;
        assert_eq!((&*lost.waits_for.0, lost.action), ("Value lost", RotationAction::RevokeNew));
    });
}
