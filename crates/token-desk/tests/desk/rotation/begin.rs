//! The create of a rotation: once, in the journal before, and never separated from its rotation.

use std::time::Duration;

use chrono::TimeDelta;
use entri_sandbox::FaultAnswer;
use token_desk::{ActKind, ActivityQuery, Deed, RotationError};

use super::{delivered, id, only, proposed, refused};
use crate::revoke_guard::planned;
use crate::support::{Bench, FIRST, alone, key, now, row, synced};

#[test]
fn the_new_token_is_like_the_old_one_and_both_are_a_pair() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let created = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap();
        let new = created.key.clone().unwrap();
        let rotation = only(&bench.desk).await;
        assert_eq!((&rotation.record.old, rotation.record.id), (&old, id(&created)));
        assert_eq!(rotation.record.replacement.as_ref().map(|it| &it.key), Some(&new));
        assert!(rotation.record.value_waits && rotation.record.is_open());
        assert_eq!(row(&bench.desk, &new.id.0).project, row(&bench.desk, &old.id.0).project);
        let query = ActivityQuery { len: usize::MAX, ..ActivityQuery::default() };
        let acts = bench.desk.activity(query).await.unwrap().acts;
        let act = acts.iter().find(|act| act.kind() == ActKind::Rotation).unwrap();
        let said = act.sentence();
        assert_eq!((&*said.before, &*said.name), ("Started rotating", "cms-webhook"));
        assert_eq!(said.after, "as “cms-webhook (r2)”");
    });
}

#[test]
fn neither_of_the_two_is_rotated_a_second_time() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let request = proposed(&bench.desk, &old);
        let new = bench.desk.rotate(request.clone(), now()).await.unwrap().key.unwrap();
        for token in [&old, &new] {
            let error = refused(bench.desk.plan_rotation(token, now()));
            assert!(matches!(error, RotationError::Running { .. }), "{error}");
        }
        let error = refused(bench.desk.rotate(request, now()).await);
        assert!(matches!(error, RotationError::Running { .. }), "{error}");
        assert_eq!(bench.sent("POST"), 1);
    });
}

/// The page may have been loaded anew while the first create is under way.
#[test]
fn a_second_one_does_not_begin_while_the_first_is_being_created() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let request = proposed(&bench.desk, &old);
        bench.fail("POST", "/tokens", true, FaultAnswer::Late(Duration::from_secs(1)));
        let both = [request.clone(), request].map(|request| bench.desk.rotate(request, now()));
        let [first, second] = both;
        let (first, second) = tokio::join!(first, second);
        let (made, other) = if first.is_ok() { (first, second) } else { (second, first) };
        assert!(made.unwrap().key.is_some());
        assert!(matches!(refused(other), RotationError::Running { .. }));
        assert_eq!(bench.sent("POST"), 1);
    });
}

/// As after kill -9: nothing of the first desk runs at its end.
#[test]
fn a_crash_after_the_create_leaves_the_pair_and_says_that_the_value_is_lost() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let new = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap().key;
        let desk = bench.reopened();
        let rotation = only(&desk).await;
        assert_eq!(rotation.record.replacement.map(|it| it.key), new);
        assert!(!rotation.record.value_waits, "it went with the process");
        assert_eq!(desk.status().connections[0].unresolved.len(), 1, "and it is asked about");
    });
}

#[test]
fn a_create_without_an_answer_is_found_later_and_stays_a_part_of_its_rotation() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        bench.fail(
            "POST",
            "/tokens",
            true,
            FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>"),
        );
        bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap_err();
        bench.looked().await;
        synced(&bench.desk).await;
        let rotation = only(&bench.desk).await;
        assert_eq!(rotation.record.create, Some(Deed::Found));
        assert!(rotation.record.value_lost() && rotation.record.is_open());
        assert_eq!(bench.sent("POST"), 1);
        let new = rotation.record.replacement.unwrap().key;
        assert_eq!(bench.id_of("cms-webhook (r2)"), new.id.0);
        // It can't go on, so the new one is revoked, which ends the rotation.
        bench.desk.revoke(planned(&bench, &new.id.0), now()).await.unwrap();
        let ended = only(&bench.desk).await.record.ended.map(|(deed, _)| deed);
        assert_eq!(ended, Some(Deed::RotationCanceled));
        bench.desk.plan_rotation(&old, now()).expect("it can be rotated again");
    });
}

#[test]
fn a_create_that_never_left_leaves_no_rotation() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        bench.answer("POST", "/tokens", 403, r#"{"message":"no"}"#);
        let request = proposed(&bench.desk, &old);
        bench.desk.rotate(request.clone(), now()).await.unwrap_err();
        let again = bench.desk.rotate(request, now()).await;
        assert!(again.is_ok(), "{again:?}");
    });
}

#[test]
fn revoking_the_old_token_finishes_the_rotation() {
    alone(async {
        let bench = Bench::loaded().await;
        let folder = tempfile::tempdir().unwrap();
        let old = delivered(&bench, "press kit", folder.path()).await;
        let created = bench.desk.rotate(proposed(&bench.desk, &old), now()).await.unwrap();
        bench.desk.close_secret(created.handle, true, now()).await.unwrap();
        bench.desk.revoke(planned(&bench, &old.id.0), now()).await.unwrap();
        let record = only(&bench.desk).await.record;
        assert_eq!(record.ended.map(|(deed, _)| deed), Some(Deed::RotationFinished));
        assert_eq!(record.revoked.map(|it| it.proven), Some(None), "its value wasn't at hand");
        bench.desk.sync(FIRST, now()).await;
        assert_eq!(
            only(&bench.desk).await.record.ended.map(|(deed, _)| deed),
            Some(Deed::RotationFinished)
        );
    });
}

/// What was chosen is shorter than a lag that nobody knows.
#[test]
fn a_wait_that_is_long_only_because_the_lag_is_not_measured_is_told_as_such() {
    alone(async {
        let bench = Bench::loaded().await;
        let old = key(&bench.id_of("cms-webhook"));
        let mut request = proposed(&bench.desk, &old);
        (request.quiet, request.longest_job) = (TimeDelta::zero(), TimeDelta::zero());
        bench.desk.rotate(request, now()).await.unwrap();
        let rotation = only(&bench.desk).await;
        assert!(rotation.quiet().starts_with("at most 1 hour without use of the old one: "));
        let progress = rotation.progress;
        assert_eq!((progress.wait, progress.unmeasured), (TimeDelta::hours(1), true));
    });
}
