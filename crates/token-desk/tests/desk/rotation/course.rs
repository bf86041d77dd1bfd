//! From the first use of the new token to the end of the old one.

use std::fs;

use chrono::TimeDelta;
use entri_sandbox::Variant;
use entri_sandbox::odd::{Odd, Uses};
use token_audit::rotation::Stage;
use token_desk::{
    Created, Deed, Desk, RevokeRequest, Rotation, RotationAction, RotationRole, Secret, StepState,
    Sureness, TokenKey,
};

use super::{delivered_at, id, only_at, proposed_at};
use crate::found::{found, incident};
use crate::support::days::Days;
use crate::support::{FIRST, alone};
use crate::watch::{check, watch};

/// A rotation whose new value is in the one place where the old one was.
pub struct Course {
    pub days: Days,
    pub old: TokenKey,
    pub created: Created,
    value_of_old: Secret,
    value_of_new: Secret,
    _folder: tempfile::TempDir,
}

impl Course {
    /// On a server whose dates of use are known to the minute.
    pub async fn begin() -> Self {
        Self::begin_with(60).await
    }

    /// On a server whose dates of use are in steps of so many seconds, as the app knows.
    async fn begin_with(step: u32) -> Self {
        let days = Days::begin().await;
        let odd = Odd { uses: Uses { step, ..Uses::default() }, ..Odd::default() };
        let preview_of = Some("Entri Tokens app");
        days.bench.sandbox.set_variant(Variant { odd, preview_of, ..Variant::default() });
        for seconds in [20, 30, 20, 30, 40, 20, 70, 60, 10, 25, 45, 50, 65, 30, 20, 61] {
            days.wait(TimeDelta::seconds(seconds));
            days.look().await;
        }
        let folder = tempfile::tempdir().unwrap();
        let (desk, now) = (&days.bench.desk, days.now());
        let old = delivered_at(&days.bench, "press kit", folder.path(), now).await;
        let value_of_old = fs::read_to_string(folder.path().join("token")).unwrap();
        let value_of_old = Secret::new(value_of_old.trim_end().to_owned());
        let created = desk.rotate(proposed_at(desk, &old, now), now).await.unwrap();
        let value_of_new = desk.reveal_secret(created.handle).unwrap();
        let course = Self { days, old, created, value_of_old, value_of_new, _folder: folder };
        let place = course.now().await.places().next().unwrap().id;
        let desk = course.desk();
        let handle = course.created.handle;
        let places = [place];
        let results = desk.deliver_to_places(id(&course.created), handle, &places, None, now);
        assert!(results.await.unwrap()[0].outcome.is_ok());
        desk.close_secret(handle, false, now).await.unwrap();
        course
    }

    pub fn desk(&self) -> &Desk {
        &self.days.bench.desk
    }

    pub fn replacement(&self) -> &TokenKey {
        self.created.key.as_ref().unwrap()
    }

    pub async fn now(&self) -> Rotation {
        only_at(self.desk(), self.days.now()).await
    }

    /// Lets so many hours pass, then loads the list.
    pub async fn after(&self, hours: i64) -> Rotation {
        self.days.wait(TimeDelta::hours(hours));
        self.days.look().await;
        self.now().await
    }

    pub fn used(&self, key: &TokenKey) {
        self.days.bench.sandbox.touch(&key.id.0, self.days.now()).unwrap();
    }

    /// Tests a value that was found, which names its token for certain.
    async fn tested(&self, value: &Secret) {
        let of = found(self.desk(), value).await;
        let of = self.desk().test_found(of, FIRST, self.days.now()).await.unwrap();
        let told = incident(self.desk(), of).await.incident;
        assert_eq!(told.named().map(|(.., sure)| sure), Some(Sureness::Certain));
        self.desk().close_incident(of, self.days.now()).await.unwrap();
    }

    pub async fn revoke(&self, key: &TokenKey) {
        // Nobody answers within the second of the last list.
        self.days.wait(TimeDelta::minutes(1));
        let plan = self.desk().preview_revoke(key, self.days.now()).unwrap();
        let typed = Some(plan.to_type.text().to_owned());
        let request = RevokeRequest { key: key.clone(), seen: plan.seen, typed };
        self.desk().revoke(request, self.days.now()).await.unwrap();
    }
}

fn states(rotation: &Rotation) -> [StepState; 5] {
    rotation.steps.clone().map(|step| step.state)
}

#[test]
fn the_revoke_is_offered_once_the_new_one_is_in_use_and_the_old_one_is_quiet() {
    use StepState::{Done, Now, ToDo};
    alone(async {
        let course = Course::begin().await;
        let delivered = course.now().await;
        assert_eq!(states(&delivered), [Done, Done, Now, ToDo, ToDo]);
        assert_eq!(delivered.waits_for.0, "The first use of the new token");
        course.used(course.replacement());
        let used = course.after(1).await;
        assert_eq!(states(&used), [Done, Done, Done, Now, ToDo]);
        assert_eq!(used.waits_for.0, "24 h without use of the old one");
        let quiet = course.after(12).await;
        assert_eq!((quiet.progress.stage, quiet.action), (Stage::OldQuiet, RotationAction::None));
        let ready = course.after(13).await;
        assert_eq!(states(&ready), [Done, Done, Done, Done, Now]);
        assert_eq!((&*ready.next.0, ready.action), ("Ready to revoke", RotationAction::Revoke));
        course.revoke(&course.old).await;
        let ended = course.after(1).await;
        assert_eq!(states(&ended), [Done; 5]);
        assert_eq!(
            (&*ended.waits_for.0, ended.action),
            ("Gone from the list", RotationAction::None)
        );
        assert_eq!(ended.record.ended.map(|(deed, _)| deed), Some(Deed::RotationFinished));
    });
}

/// The row of the new one says when it was created, by the clock that dates its uses.
#[test]
fn a_use_from_before_the_new_one_existed_is_told_and_changes_nothing() {
    alone(async {
        let course = Course::begin().await;
        let id = &course.replacement().id.0;
        let sandbox = &course.days.bench.sandbox;
        sandbox.touch(id, course.days.now() - TimeDelta::minutes(10)).unwrap();
        let odd = course.after(1).await;
        assert_eq!((odd.progress.stage, odd.progress.new_used), (Stage::Delivered, None));
        assert!(odd.waits_for.1.contains("is before its creation"), "{:?}", odd.waits_for);
        course.used(course.replacement());
        let used = course.after(1).await;
        assert_eq!(used.waits_for.0, "24 h without use of the old one");
    });
}

/// The app may test a value that somebody found, which is a use at the server.
#[test]
fn a_test_by_the_app_is_no_use_of_either_token() {
    alone(async {
        let course = Course::begin_with(1).await;
        let (old, new) = (course.value_of_old.clone(), course.value_of_new.clone());
        course.tested(&new).await;
        let tested = course.after(1).await;
        assert_eq!((tested.progress.stage, tested.progress.new_used), (Stage::Delivered, None));
        course.used(course.replacement());
        course.after(2).await;
        course.tested(&old).await;
        let quiet = course.after(1).await;
        assert_eq!((quiet.progress.stage, quiet.progress.used_again), (Stage::OldQuiet, None));
    });
}

/// What a revoke outside the rotation has to say.
#[test]
fn a_revoke_knows_the_part_of_its_token_in_a_rotation() {
    alone(async {
        let course = Course::begin().await;
        let (old, new) = (&course.old, course.replacement());
        let part =
            async |key| course.desk().part_in_rotation(key, course.days.now()).await.unwrap();
        let before = part(old).await.unwrap();
        assert_eq!((before.role, &*before.other), (RotationRole::Old, "press kit (r2)"));
        assert_eq!((before.new_used, before.ready, before.delivered), (None, false, 1));
        let of_new = part(new).await.unwrap();
        assert_eq!((of_new.role, &*of_new.other), (RotationRole::New, "press kit"));
        course.used(new);
        course.after(1).await;
        let used = part(old).await.unwrap();
        assert!(used.new_used.is_some() && !used.ready, "{used:?}");
        course.after(25).await;
        assert!(part(old).await.unwrap().ready);
        course.revoke(old).await;
        assert_eq!(part(new).await, None, "it has ended");
    });
}

#[test]
fn only_a_token_that_is_still_listed_can_be_shown() {
    alone(async {
        let course = Course::begin().await;
        assert_eq!(course.now().await.listed, [true, true]);
        course.revoke(course.replacement()).await;
        assert_eq!(course.after(1).await.listed, [true, false]);
    });
}

#[test]
fn how_far_it_is_survives_a_crash_at_every_step() {
    alone(async {
        let course = Course::begin().await;
        let again = |course: &Course| course.days.bench.reopened();
        let same = async |course: &Course| {
            let desk = again(course);
            desk.warm(course.days.now());
            let (here, there) = (course.now().await, only_at(&desk, course.days.now()).await);
            assert_eq!((here.steps, here.action), (there.steps, there.action));
        };
        same(&course).await;
        course.used(course.replacement());
        course.after(1).await;
        same(&course).await;
        course.after(25).await;
        same(&course).await;
        course.revoke(&course.old).await;
        course.after(1).await;
        same(&course).await;
    });
}

#[test]
fn background_checks_report_each_turn_once_and_revoke_nothing() {
    alone(async {
        let course = Course::begin().await;
        watch(&course.days).await;
        course.used(course.replacement());
        let news = async |hours| {
            course.days.wait(TimeDelta::hours(hours));
            check(&course.days).await.map(|news| (news.title, news.body))
        };
        assert_eq!(news(7).await, None);
        let ready = "“press kit” is ready to revoke: its replacement is in use.".to_owned();
        assert_eq!(news(20).await, Some(("A rotation needs you".to_owned(), ready)));
        assert_eq!(news(7).await, None, "once");
        assert_eq!(course.days.bench.sent("DELETE"), 0);
        assert!(course.days.bench.sandbox.revoke_elsewhere(&course.replacement().id.0).unwrap());
        let off = "The rotation of “press kit” can’t go on.".to_owned();
        assert_eq!(news(7).await, Some(("A rotation needs you".to_owned(), off)));
    });
}
