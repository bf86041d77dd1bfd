//! What takes a rotation off its way: a late use of the old token, and what others do to either.

use token_audit::View;
use token_audit::rotation::Exit;
use token_desk::{Query, RotationAction, StepState};

use super::course::Course;
use super::id;
use crate::support::alone;

#[test]
fn a_late_use_of_the_old_one_starts_the_wait_again() {
    alone(async {
        let course = Course::begin().await;
        course.used(course.replacement());
        course.after(20).await;
        course.used(&course.old);
        let again = course.after(6).await;
        assert_eq!(again.action, RotationAction::None);
        assert_eq!(again.progress.used_again.map(|it| it.at_least), Some(1));
        assert!(again.waits_for.1.starts_with("Used again"), "{:?}", again.waits_for);
        let still = course.after(17).await;
        assert_eq!(still.action, RotationAction::None, "24 hours since then aren’t over");
        assert_eq!(course.after(3).await.action, RotationAction::Revoke);
    });
}

#[test]
fn an_old_one_that_is_used_every_night_is_stuck() {
    alone(async {
        let course = Course::begin().await;
        course.used(course.replacement());
        for _ in 0..4 {
            course.after(23).await;
            course.used(&course.old);
            course.after(1).await;
        }
        let stuck = course.now().await;
        assert_eq!(stuck.progress.exit, Some(Exit::Stuck), "{stuck:?}");
        assert_eq!(stuck.steps[3].state, StepState::Stuck);
        assert!(stuck.waits_for.0.contains("still use"), "{:?}", stuck.waits_for);
        assert_eq!(stuck.action, RotationAction::None);
        let query = Query { text: "finding:rotation-stuck".to_owned(), ..Query::default() };
        let rows = || course.desk().query(&query, 0, 9, None, course.days.now()).rows;
        let found: Vec<_> = rows().into_iter().map(|row| row.key).collect();
        assert_eq!(found, std::slice::from_ref(&course.old));
        let attention = Query { view: View::Attention, ..Query::default() };
        let needs = || {
            let listed = course.desk().query(&attention, 0, 99, None, course.days.now());
            listed.rows.iter().any(|row| row.key == course.old)
        };
        assert!(needs(), "it needs attention");
        let details = course.desk().details(&course.old, course.days.now()).unwrap();
        assert_eq!(details.stuck, Some(stuck.waits_for.0));
        course.desk().end_rotation(id(&course.created), course.days.now()).await.unwrap();
        assert_eq!(rows(), []);
        assert!(!needs());
    });
}

#[test]
fn a_token_that_somebody_else_revoked_takes_the_rotation_off_its_way() {
    alone(async {
        for is_old in [true, false] {
            let course = Course::begin().await;
            let key = if is_old { &course.old } else { course.replacement() };
            assert!(course.days.bench.sandbox.revoke_elsewhere(&key.id.0).unwrap());
            let changed = course.after(1).await;
            let which = if is_old { "The old token is gone" } else { "The new token is gone" };
            assert_eq!((&*changed.waits_for.0, changed.action), (which, RotationAction::End));
            course.desk().end_rotation(id(&course.created), course.days.now()).await.unwrap();
            let ended = course.now().await;
            assert!(!ended.record.is_open());
            let left = if is_old { "The old token is gone" } else { "The old token stays" };
            assert_eq!(ended.waits_for, ("Canceled".to_owned(), left.to_owned()));
            let other = if is_old { course.replacement() } else { &course.old };
            assert!(course.days.bench.sandbox.revoke_elsewhere(&other.id.0).unwrap());
            assert_eq!(course.after(2).await.waits_for.1, "Both tokens are gone");
        }
    });
}

#[test]
fn a_token_that_somebody_renamed_may_be_another_one() {
    alone(async {
        let course = Course::begin().await;
        course.days.bench.sandbox.rename_elsewhere(&course.old.id.0, "else").unwrap();
        let changed = course.after(1).await;
        assert_eq!(changed.waits_for.0, "The old token was renamed");
        assert_eq!(changed.action, RotationAction::End);
    });
}

#[test]
fn canceling_revokes_the_new_one_and_the_old_one_stays() {
    alone(async {
        let course = Course::begin().await;
        course.revoke(course.replacement()).await;
        let canceled = course.after(1).await;
        assert_eq!(
            canceled.waits_for,
            ("Canceled".to_owned(), "The new token was revoked".to_owned())
        );
        assert!(!canceled.record.is_open());
        let truth = course.days.bench.sandbox.truth().unwrap();
        assert!(truth.iter().any(|it| it.id == course.old.id.0 && !it.revoked));
    });
}
