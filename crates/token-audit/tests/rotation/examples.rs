//! Rotations by hand: one nightly token, a server that tells uses to the minute, lists twice a day.

use chrono::{Datelike, TimeDelta, Weekday};
use token_audit::calibration::Calibration;
use token_audit::rotation::{
    Change, Ended, Exit, Next, Place, Proof, Refusal, Stage, WaitRule, WaitsFor,
};

use crate::story::{CREATED, Story, at, to_the_minute};

/// The longest usual gap, over the weekend, says nothing about the next day.
#[test]
fn a_use_is_expected_on_the_next_day_of_the_rhythm() {
    let mut story = Story::switched_on(200);
    story.old.retain(|used| !matches!(used.weekday(), Weekday::Sat | Weekday::Sun));
    let (thursday, friday, monday) = (105, 106, 109);
    assert_eq!(story.progress(at(thursday, 9)).next, Some(Next::Use(at(friday, 3))));
    assert_eq!(story.progress(at(friday, 9)).next, Some(Next::Use(at(monday, 3))));
}

#[test]
fn a_rotation_goes_its_way() {
    let mut story = Story::switched_on(103);
    let planned = story.progress(at(CREATED, 7));
    assert_eq!((planned.stage, planned.waits_for), (Stage::Planned, Some(WaitsFor::Create)));
    story.places = vec![Place::default()];
    let created = story.progress(at(CREATED, 8));
    let missing = Some(WaitsFor::Delivery { missing: 1 });
    assert_eq!((created.stage, created.waits_for), (Stage::Created, missing));

    let mut story = Story::switched_on(103);
    let delivered = story.progress(at(102, 9));
    assert_eq!(
        (delivered.stage, delivered.waits_for),
        (Stage::Delivered, Some(WaitsFor::FirstUse))
    );
    assert_eq!((delivered.since, delivered.exit), (at(CREATED, 9), None));
    assert_eq!(delivered.next, Some(Next::Use(at(103, 3))));
    assert_eq!((delivered.delivered, delivered.places), (1, 1));

    // The old one was last used on day 102; twice its gap of a day is longer than the 24 hours.
    let quiet = story.progress(at(103, 9));
    assert_eq!((quiet.stage, quiet.wait), (Stage::OldQuiet, TimeDelta::days(2)));
    assert_eq!(quiet.new_used, Some(at(103, 3)));
    assert_eq!(quiet.quiet.map(|quiet| quiet.since), Some(at(102, 3)));
    assert_eq!(quiet.may_revoke(), Err(Refusal::Waits(WaitsFor::Silence)));
    let Some(Next::Ready(ready)) = quiet.next else { panic!("{quiet:?}") };
    assert!(ready > at(105, 3) && ready < at(105, 4));
    let looks: Vec<_> = (60..=104).map(|day| at(day, 9)).chain([ready]).collect();
    assert_eq!(story.seen(&looks, ready).stage, Stage::Ready, "a list of that time shows it");
    assert_eq!(story.progress(at(105, 0)).stage, Stage::OldQuiet);

    let ready = story.progress(at(105, 9));
    assert_eq!((ready.stage, ready.may_revoke()), (Stage::Ready, Ok(())));
    assert_eq!(ready.step, TimeDelta::minutes(1));
    story.revoked = Some(at(105, 10));
    let revoked = story.progress(at(105, 10));
    assert_eq!((revoked.stage, revoked.waits_for), (Stage::Revoked, Some(WaitsFor::Proof)));
    assert_eq!(revoked.may_revoke(), Err(Refusal::Revoked));
    story.proof = Some(Proof::Refused(at(105, 11)));
    assert_eq!(story.progress(at(105, 12)).stage, Stage::Proven);
    story.proof = Some(Proof::Gone(at(105, 11)));
    let gone = story.progress(at(105, 12));
    assert_eq!((gone.stage, gone.waits_for, gone.since), (Stage::Gone, None, at(105, 11)));
}

#[test]
fn a_late_list_proves_silence_even_if_the_app_was_closed() {
    let story = Story::switched_on(101);
    let before: Vec<_> = (60..=100).map(|day| at(day, 9)).collect();
    let closed = story.seen(&before, at(140, 9));
    assert_eq!(closed.stage, Stage::Delivered);
    let opened = story.seen(&[before, vec![at(140, 9)]].concat(), at(140, 10));
    // The only list that shows the new one in use: silence counts from its latest use, which is all it shows.
    assert_eq!(opened.new_used, Some(at(140, 3)));
    assert_eq!(opened.quiet.map(|quiet| quiet.since), Some(at(100, 3)));
}

#[test]
fn nothing_newer_than_the_last_list_is_known() {
    let story = Story::switched_on(101);
    let looks: Vec<_> = (60..=104).map(|day| at(day, 9)).collect();
    assert_eq!(story.seen(&looks, at(104, 10)).stage, Stage::Ready);
    let late = story.seen(&looks, at(120, 10));
    assert_eq!((late.stage, late.waits_for), (Stage::OldQuiet, Some(WaitsFor::NewerList)));
    assert_eq!(late.may_revoke(), Err(Refusal::Waits(WaitsFor::NewerList)));
}

#[test]
fn an_old_token_that_is_used_on_makes_it_stuck() {
    let mut story = Story::switched_on(101);
    story.old.extend((101..120).map(|day| at(day, 3)));
    story.new = (101..120).map(|day| at(day, 12)).collect();
    let again = story.progress(at(102, 9));
    assert_eq!((again.stage, again.exit), (Stage::OldQuiet, None));
    let used = again.used_again.expect("used again");
    assert_eq!((used.last, used.usual, used.hour), (at(102, 3), Some(true), Some(3)));
    assert_eq!(again.next, Some(Next::Use(at(103, 3))));
    let stuck = story.progress(at(110, 9));
    assert_eq!((stuck.exit, stuck.waits_for), (Some(Exit::Stuck), Some(WaitsFor::Silence)));
    assert_eq!((stuck.since, stuck.used_again.map(|it| it.at_least)), (at(101, 12), Some(9)));
    assert_eq!(stuck.may_revoke(), Err(Refusal::Waits(WaitsFor::Silence)));

    // Once that is repaired, it goes on.
    story.old.retain(|used| *used < at(111, 0));
    assert_eq!(story.progress(at(112, 9)).exit, None);
    assert_eq!(story.progress(at(113, 17)).stage, Stage::Ready);

    let mut odd = Story::switched_on(101);
    odd.old.push(at(102, 15));
    let used = odd.progress(at(102, 17)).used_again.expect("used again");
    assert_eq!((used.usual, used.hour), (Some(false), Some(3)));
}

/// The old token had been unused for long before the new one was used at all: that silence counts for nothing.
#[test]
fn an_old_token_that_is_revoked_early_was_not_quiet_for_long_enough() {
    let mut story = Story::switched_on(CREATED + 1);
    story.old = vec![at(CREATED - 30, 3)];
    story.revoked = Some(at(CREATED + 1, 10));
    story.proof = Some(Proof::Refused(at(CREATED + 1, 10)));
    let told = story.progress(at(CREATED + 1, 12));
    assert_eq!((told.stage, told.quiet_enough), (Stage::Proven, false));
    story.revoked = Some(at(CREATED + 20, 10));
    assert!(story.progress(at(CREATED + 20, 12)).quiet_enough);
}

#[test]
fn a_new_token_that_nobody_uses_makes_it_stuck() {
    let mut story = Story::switched_on(200);
    assert_eq!(story.progress(at(102, 9)).exit, None);
    let stuck = story.progress(at(103, 9));
    assert_eq!((stuck.exit, stuck.waits_for), (Some(Exit::Stuck), Some(WaitsFor::FirstUse)));
    // A call of the app is no use by anybody else.
    story.new_own = vec![at(101, 12)];
    let own = story.progress(at(103, 9));
    assert_eq!((own.new_used, own.stage), (None, Stage::Delivered));
    story.new_own.clear();
    story.new = vec![at(101, 12)];
    assert_eq!(story.progress(at(102, 9)).new_used, Some(at(101, 12)));
}

#[test]
fn a_use_from_before_it_existed_is_none() {
    let mut story = Story::switched_on(103);
    // Dates are rounded down to the minute, and the server's clock may be seconds off.
    let created = at(CREATED, 8);
    for (before, counts) in [(3_600, false), (90, false), (60, true), (0, true)] {
        let shown = created - TimeDelta::seconds(before);
        story.new[0] = shown;
        let said = story.progress(at(102, 10));
        let (use_of_it, odd) = if counts { (Some(shown), None) } else { (None, Some(shown)) };
        assert_eq!((said.new_used, said.odd_use), (use_of_it, odd), "{before} s before");
        let stage = if counts { Stage::OldQuiet } else { Stage::Delivered };
        assert_eq!(said.stage, stage, "{before} s before");
    }
    story.new[0] = at(60, 3);
    let used = story.progress(at(106, 9));
    assert_eq!((used.new_used, used.odd_use), (Some(at(104, 3)), Some(at(60, 3))));
}

#[test]
fn a_call_of_the_app_hides_what_came_before_it() {
    let mut story = Story::switched_on(101);
    story.old_own = vec![at(104, 15)];
    let tested = story.progress(at(105, 9));
    assert_eq!((tested.stage, tested.used_again), (Stage::OldQuiet, None));
    assert_eq!(tested.quiet.map(|quiet| quiet.since), Some(at(104, 15)));
    assert_eq!(story.progress(at(106, 17)).stage, Stage::Ready);
}

#[test]
fn a_frozen_server_suspends_it() {
    let mut story = Story::switched_on(101);
    let frozen = Some(at(104, 0));
    story.calibration = Some(Calibration { frozen, ..to_the_minute() });
    let said = story.progress(at(110, 9));
    let recording = WaitsFor::Recording { since: at(104, 0) };
    assert_eq!((said.stage, said.quiet), (Stage::NewInUse, None));
    assert_eq!(said.may_revoke(), Err(Refusal::Waits(recording)));
}

#[test]
fn without_last_use_every_place_is_confirmed_by_hand() {
    let mut story = Story::switched_on(101);
    story.calibration = None;
    let unconfirmed = story.progress(at(110, 9));
    let missing = WaitsFor::Confirmation { missing: 1 };
    assert_eq!((unconfirmed.stage, unconfirmed.waits_for), (Stage::Delivered, Some(missing)));
    story.places[0].confirmed = Some(at(110, 9));
    let waiting = story.progress(at(111, 8));
    assert_eq!((waiting.stage, waiting.waits_for), (Stage::Delivered, Some(WaitsFor::Time)));
    assert_eq!((waiting.next, waiting.quiet), (Some(Next::Ready(at(111, 9))), None));
    let ready = story.progress(at(111, 9));
    assert_eq!((ready.stage, ready.quiet, ready.may_revoke()), (Stage::Ready, None, Ok(())));
    story.places.clear();
    assert_eq!(story.progress(at(120, 9)).waits_for, Some(missing), "no place is known");
}

#[test]
fn what_leaves_the_way_refuses_the_revoke() {
    let mut story = Story::switched_on(101);
    let off = |story: &Story| {
        let progress = story.progress(at(110, 9));
        (progress.exit, progress.may_revoke())
    };
    let refused = |exit| (Some(exit), Err(Refusal::Off(exit)));
    story.expires = Some(at(105, 0));
    assert_eq!(off(&story), refused(Exit::OldChanged(Change::Expired(at(105, 0)))));
    story.change = Some(Change::Vanished(at(104, 9)));
    assert_eq!(off(&story), refused(Exit::OldChanged(Change::Vanished(at(104, 9)))));
    story.ended = Some(Ended::CalledOff(at(103, 9)));
    assert_eq!(off(&story), refused(Exit::CalledOff));
    story.ended = Some(Ended::ValueLost(at(103, 9)));
    assert_eq!(off(&story), refused(Exit::ValueLost));
}

#[test]
fn an_expiry_before_the_end_is_told() {
    let mut story = Story::switched_on(103);
    story.expires = Some(at(104, 0));
    let late = story.progress(at(103, 9));
    assert_eq!((late.deadline, late.late), (Some(at(104, 0)), true));
    story.expires = Some(at(107, 0));
    assert!(!story.progress(at(103, 9)).late);
    let ready = story.progress(at(106, 9));
    assert_eq!((ready.stage, ready.next), (Stage::Ready, Some(Next::Expiry(at(107, 0)))));
}

#[test]
fn the_longest_job_counts() {
    let mut story = Story::switched_on(101);
    story.rule = WaitRule { longest_job: TimeDelta::days(31), ..WaitRule::default() };
    assert_eq!(story.progress(at(131, 9)).stage, Stage::OldQuiet);
    assert_eq!(story.progress(at(132, 9)).stage, Stage::Ready);
}

/// Of a token that only the app is known to use, which moves at the ninth hour.
fn moved_at_once() -> Story {
    let rule =
        WaitRule { chosen: TimeDelta::zero(), longest_job: TimeDelta::zero(), at_once: true };
    let old = (60..=CREATED).map(|day| at(day, 3)).collect();
    Story { old, new: vec![at(CREATED, 10)], rule, ..Story::switched_on(CREATED) }
}

#[test]
fn what_only_the_app_uses_is_ready_at_once_and_never_late() {
    let story = Story { expires: Some(at(CREATED, 20)), ..moved_at_once() };
    let progress = story.progress(at(CREATED, 12));
    assert_eq!((progress.stage, progress.late), (Stage::Ready, false));
    let story = Story { places: vec![Place::default()], ..story };
    let progress = story.progress(at(CREATED, 12));
    assert_eq!((progress.stage, progress.wait), (Stage::Created, TimeDelta::zero()));
    assert!(!progress.late, "{progress:?}");
}

#[test]
fn a_use_since_the_move_shows_that_others_use_it_and_is_waited_for() {
    let mut story = moved_at_once();
    story.old.push(at(CREATED, 15));
    assert_eq!(story.progress(at(CREATED, 12)).stage, Stage::Ready);
    let progress = story.progress(at(CREATED, 18));
    assert_eq!(progress.waits_for, Some(WaitsFor::Silence));
    assert!(progress.wait >= TimeDelta::hours(24), "{progress:?}");
}

#[test]
fn a_test_by_the_app_since_the_move_is_no_use_by_others() {
    let mut story = moved_at_once();
    story.old_own.push(at(CREATED, 15));
    assert_eq!(story.progress(at(CREATED, 18)).stage, Stage::Ready);
}
