//! A rotation whose time has come, and that no list has told so yet.

use chrono::TimeDelta;
use token_desk::RotationAction;

use super::course::Course;
use crate::support::alone;

#[test]
fn once_the_wait_is_over_a_newer_list_is_asked_for() {
    alone(async {
        let course = Course::begin().await;
        course.used(course.replacement());
        let used = course.after(1).await;
        assert_eq!((&*used.next.1, used.action), ("ready if still quiet", RotationAction::None));
        course.days.wait(TimeDelta::hours(25));
        let due = course.now().await;
        assert_eq!((&*due.next.0, due.action), ("Refresh the list", RotationAction::Refresh));
        assert!(due.next.1.starts_with("due since "), "{:?}", due.next);
        course.days.look().await;
        assert_eq!(course.now().await.action, RotationAction::Revoke);
    });
}
