//! A copied token on the clipboard: kept out of histories, taken away in time, also by a computer that
//! slept and by an app that quits, and never at the cost of what somebody else copied.

use std::fs;
use std::time::{Duration, Instant};

use crate::canary::{copied, made, made_and_copied};
use crate::desktop::{Desktop, until};
use crate::rounds::{Outcome, all_went_well, expect};
use crate::world::World;

const STAYS: Duration = Duration::from_secs(30);
const WITHIN: Duration = Duration::from_secs(1);
const EARLIEST: Duration = STAYS.saturating_sub(WITHIN);
const LATEST: Duration = STAYS.saturating_add(WITHIN);
const LOOK_EVERY: Duration = Duration::from_millis(100);
const HINT: &str = "x-kde-passwordManagerHint";
const LEAVE: &str = "Clear the clipboard and quit";
const FOREIGN: &str = "something else";

/// Copies one value after the other in one window. In every second round somebody else copies
/// something, each time later than before: the last time just before ours would be taken away.
pub async fn rounds(count: u32) -> Vec<Outcome> {
    let world = World::connected().await;
    let mut outcomes = Vec::new();
    for round in 0..count {
        made(&world, &format!("on the clipboard {round}")).await;
        let meanwhile = EARLIEST / (count - round);
        outcomes.push(match round % 2 {
            0 => taken_away_in_time(&world).await,
            _ => left_to_others(&world, meanwhile).await,
        });
        world.app.press("Done").await;
        world.app.gone("dialog").await;
    }
    outcomes
}

async fn taken_away_in_time(world: &World) -> Outcome {
    let desktop = &world.desktop;
    let primary = desktop.selection("primary", "TARGETS");
    let before = Instant::now();
    let secret = copied(world).await;
    let after = Instant::now();
    let hint = desktop.selection("clipboard", HINT);
    while desktop.paste().as_ref() == Some(&secret) && after.elapsed() < LATEST {
        tokio::time::sleep(LOOK_EVERY).await;
    }
    let (at_least, at_most) = (after.elapsed(), before.elapsed());
    expect(hint.as_deref() == Some("secret"), || format!("the hint is {hint:?}"))?;
    expect(at_least < LATEST, || format!("still there after {at_least:?}"))?;
    expect(at_most > EARLIEST, || format!("gone after {at_most:?}"))?;
    expect(desktop.paste().is_none(), || "something took its place".to_owned())?;
    let left_alone = desktop.selection("primary", "TARGETS") == primary;
    expect(left_alone, || "the other selection was changed".to_owned())?;
    world.app.says("Clipboard cleared.").await;
    Ok(())
}

/// Somebody else copies something after some time.
async fn left_to_others(world: &World, after: Duration) -> Outcome {
    let copy = Instant::now();
    copied(world).await;
    tokio::time::sleep(after.saturating_sub(copy.elapsed())).await;
    world.desktop.copy(FOREIGN);
    // It was cleared, or it was left alone.
    world.app.waits_for_the_clipboard("clipboard was").await;
    let waited = copy.elapsed();
    let pasted = world.desktop.paste();
    expect(pasted.as_deref() == Some(FOREIGN), || format!("not kept after {waited:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_away_in_time() {
    all_went_well(rounds(1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computer_that_slept_takes_it_away_when_it_wakes() {
    let world = World::connected().await;
    let secret = made_and_copied(&world, "asleep").await;
    let [_, _, app] = world.processes();
    app.signal("-STOP");
    tokio::time::sleep(STAYS + 2 * WITHIN).await;
    app.signal("-CONT");
    let woke = Instant::now();
    // An app that sleeps answers nobody, so that nothing could be pasted before.
    while world.desktop.paste().as_ref() == Some(&secret) {
        assert!(woke.elapsed() < WITHIN, "it is still there");
    }
    assert_eq!(world.desktop.paste(), None);
    world.app.says("Clipboard cleared.").await;
}

/// It may not be pasted yet, and with the app it is gone.
#[tokio::test(flavor = "multi_thread")]
async fn leaving_asks_while_a_copy_is_on_the_clipboard() {
    for closed in [false, true] {
        let world = World::connected().await;
        let secret = made_and_copied(&world, "at the end").await;
        if closed {
            world.app.press("Done").await;
            world.app.gone("dialog").await;
        }
        world.desktop.ask_to_close();
        world.desktop.say_no(LEAVE);
        assert_eq!(world.desktop.paste().as_ref(), Some(&secret), "it can still be pasted");
        world.desktop.ask_to_close();
        world.desktop.say_yes(LEAVE, "Clear and quit");
        let desktop = ended(world).await;
        assert!(said_at_quit(&desktop).contains("Cleared"));
        assert_eq!(desktop.paste(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_quits_leaves_what_others_copied() {
    let world = World::connected().await;
    made_and_copied(&world, "at the end").await;
    world.desktop.copy("something else");
    let desktop = quit(world).await;
    assert!(said_at_quit(&desktop).contains("Replaced"));
    assert_eq!(desktop.paste().as_deref(), Some("something else"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_told_to_end_takes_it_away() {
    let world = World::connected().await;
    made_and_copied(&world, "at the end").await;
    let [_, _, app] = world.processes();
    app.signal("-TERM");
    let World { desktop, app, .. } = world;
    until("it ended", || !desktop.has_app());
    app.close().await;
    assert!(said_at_quit(&desktop).contains("Cleared"));
}

/// Closes the window as a person would.
async fn quit(world: World) -> Desktop {
    world.desktop.ask_to_close();
    ended(world).await
}

async fn ended(world: World) -> Desktop {
    let World { desktop, app, .. } = world;
    until("it ended", || !desktop.has_app());
    app.close().await;
    desktop
}

/// What the app logged about the clipboard as it quit: with its owner gone, nobody can ask for the
/// text anymore, whether it was cleared or not.
fn said_at_quit(desktop: &Desktop) -> String {
    let log = fs::read_to_string(desktop.home().join("app.log")).expect("the app left a log");
    let line = log.lines().find(|line| line.contains("clipboard at quit"));
    line.expect("it says what became of it").to_owned()
}
