//! What the app's own row shows of a server, compared with servers drawn at random. `CALIBRATIONS=10000` draws more
//! than the 200 of every run, `FIRST=4711` begins elsewhere.

mod draw;
mod server;
mod story;

use std::env;

use chrono::TimeDelta;
use draw::Draw;
use server::{DAY, HOUR, time};
use story::{Look, Story};
use token_audit::calibration::{Bounds, Calibration, Channel, OwnSighting};

const FEW: u64 = 200;
/// What times in whole seconds and a load of 20 seconds may be off.
const OFF: i64 = 5;

fn seeds() -> impl Iterator<Item = u64> {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse().ok());
    let first = number("FIRST").unwrap_or(0);
    first..first + number("CALIBRATIONS").unwrap_or(FEW)
}

/// What the app says after the first looks.
fn said(story: &Story, looks: usize) -> Calibration {
    Calibration::of(&story.sightings[..looks], story.values.iter().copied().map(time))
}

fn limits(bounds: Bounds) -> (i64, i64) {
    (bounds.at_least.num_seconds(), bounds.at_most.num_seconds())
}

#[test]
fn step_and_lag_are_those_of_the_server() {
    for seed in seeds() {
        let story = Story::draw(&mut Draw::new(seed));
        let (step, lag) = (story.server.step(), story.server.lag);
        for looks in 1..=story.looks.len() {
            let said = said(&story, looks);
            let context = format!("seed {seed}, {looks} looks, {:?}: {said:?}", story.server);
            if let Some((at_least, at_most)) = said.step.map(limits) {
                assert!(at_least <= step + OFF, "step: {context}");
                assert!(step <= at_most + OFF, "step: {context}");
            }
            if let Some(stated) = said.stated_step() {
                assert!((stated.num_seconds() - step).abs() <= step, "stated step: {context}");
            }
            if let Some((at_least, at_most)) = said.lag.map(limits) {
                assert!(at_least <= lag + OFF, "lag: {context}");
                assert!(story.server.batches || lag <= at_most + OFF, "lag: {context}");
            }
            if let Some(stated) = said.stated_lag() {
                let off = (stated.num_seconds() - lag).abs();
                assert!(off <= step + OFF, "stated lag: {context}");
            }
        }
    }
}

/// Whether the row has stood still at some time since it showed this.
fn stands_still(story: &Story, looks: usize) -> bool {
    let look = story.looks[looks - 1];
    let since = look.shown.unwrap_or(i64::MIN);
    story.server.freeze.is_some_and(|freeze| freeze.from <= look.read && since <= freeze.until)
}

/// What the lag may be at most by these looks: no use was shown sooner. The third shortest counts, so that no wrong date
/// decides.
fn delay(looks: &[Look]) -> i64 {
    let first = looks.chunk_by(|one, next| one.shown == next.shown).map(|run| run[0]);
    let mut delays: Vec<_> =
        first.filter_map(|look| Some(look.read - look.shown?)).map(|it| it + OFF).collect();
    delays.sort_unstable();
    delays.into_iter().take(3).next_back().unwrap_or(0)
}

/// Whether the row has stood still for so long that the app must say so. What it said just before counts.
fn must_be_said(story: &Story, looks: usize) -> bool {
    let Some(freeze) = story.server.freeze else { return false };
    // The load before has seen it, and the last one confirms it.
    let [.., look, last] = story.looks[..looks] else { return false };
    let before = story.looks.iter().take_while(|look| look.read < freeze.from).count();
    let step = said(story, before)
        .step
        .map(limits)
        .map_or(DAY, |(at_least, at_most)| at_most.min(DAY).max(at_least));
    let since = look.shown.unwrap_or(story.looks[0].asked);
    let recorded = look.shown.map_or(freeze.from, |shown| freeze.from.max(shown + step)) + OFF;
    let shown = look.asked - HOUR.max(delay(&story.looks[..looks])) - OFF;
    let uses = story.looks.iter().filter(|look| (recorded..shown).contains(&look.asked)).count();
    let dated = story.sightings[..looks].iter().zip(&story.looks).all(|(said, look)| {
        said.asked.is_some_and(|at| (at - time(look.asked)).abs() <= TimeDelta::seconds(1))
    });
    let still = freeze.from <= look.asked && last.read < freeze.until && look.shown == last.shown;
    dated
        && still
        && uses >= 2
        && look.asked - since > 3 * step.max(HOUR).max(story.server.lag) + OFF
}

#[test]
fn every_freeze_is_told_and_none_is_invented() {
    let (mut told, mut due) = (0, 0);
    for seed in seeds() {
        let story = Story::draw(&mut Draw::new(seed));
        for looks in 1..=story.looks.len() {
            let said = said(&story, looks);
            let context = format!("seed {seed}, {looks} looks, {:?}: {said:?}", story.server);
            let stands_still = stands_still(&story, looks);
            if let Some(since) = said.frozen {
                told += 1;
                assert!(stands_still, "invented: {context}");
                let shown = story.looks[looks - 1].shown.map(time);
                assert!(shown.is_none_or(|shown| shown == since), "since when: {context}");
            }
            if must_be_said(&story, looks) {
                due += 1;
                assert!(said.frozen.is_some(), "missed: {context}");
            }
            let moves = story.looks[..looks].windows(2).any(|pair| pair[0].shown != pair[1].shown);
            if said.channel == Channel::DoesNotCount {
                assert!(!moves && stands_still, "channel: {context}");
            }
        }
    }
    assert!(due > 0 && told >= due, "{told} said, {due} due");
}

#[test]
fn an_app_that_looks_often_knows_step_and_lag() {
    let (mut known, mut all) = (0, 0);
    for seed in seeds() {
        let story = Story::draw_close(&mut Draw::new(seed));
        let said = said(&story, story.looks.len());
        assert_eq!(said.frozen, None, "seed {seed}, {:?}: {said:?}", story.server);
        known += u32::from(said.stated_step().is_some() && said.stated_lag().is_some());
        all += 1;
    }
    assert!(known * 4 >= all * 3, "{known} of {all}");
}

/// A load on that day, whose row showed a use on that other one.
fn sighting(day: i64, used: Option<i64>) -> OwnSighting {
    let (asked, last_used) = (Some(time(day * DAY)), used.map(|day| time(day * DAY)));
    OwnSighting { asked, took: TimeDelta::seconds(1), last_used }
}

#[test]
fn without_a_row_or_with_too_few_loads_nothing_is_known() {
    assert_eq!(Calibration::of(&[], [time(0), time(60)]), Calibration::UNKNOWN);
    let few = Calibration::of(&[1, 2].map(|day| sighting(day, Some(day))), []);
    assert_eq!(few, Calibration { channel: Channel::Counts, ..Calibration::UNKNOWN });
}

#[test]
fn a_server_that_does_not_report_its_time_says_nothing() {
    let undated = |day| OwnSighting { asked: None, ..sighting(day, Some(day.min(9))) };
    let looks: Vec<_> = (0..40).map(undated).collect();
    assert_eq!(Calibration::of(&looks, []), Calibration::UNKNOWN);
}

#[test]
fn a_row_that_never_moves_is_told_apart_from_one_that_stopped() {
    let unused = |days: i64| (0..=days).map(|day| sighting(day, None)).collect::<Vec<_>>();
    assert_eq!(Calibration::of(&unused(3), []), Calibration::UNKNOWN, "not for long enough");
    let said = Calibration::of(&unused(5), []);
    assert_eq!(said.channel, Channel::DoesNotCount);
    assert!(said.frozen.is_some());
}

#[test]
fn a_wrong_date_hides_no_freeze_and_no_move() {
    let day = |day: i64| sighting(day, Some(day.min(9)));
    let mut looks: Vec<_> = (0..20).map(day).collect();
    looks[4].asked = Some(time(404 * DAY));
    assert_eq!(Calibration::of(&looks, []).frozen, Some(time(9 * DAY)));
    let moved = OwnSighting { asked: None, ..sighting(20, Some(20)) };
    looks.push(moved);
    assert_eq!(Calibration::of(&looks, []).frozen, None);
}
