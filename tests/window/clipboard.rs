//! A copied token on the clipboard: kept out of histories, taken away in time, also by a computer that
//! slept and by an app that quits, and never at the cost of what somebody else copied.

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

use crate::canary::made_and_copied;
use crate::desktop::{Desktop, until};
use crate::world::World;

const STAYS: Duration = Duration::from_secs(30);
const WITHIN: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_away_in_time() {
    let world = World::connected().await;
    let desktop = &world.desktop;
    let primary = desktop.selection("primary", "TARGETS");
    let before = Instant::now();
    let secret = made_and_copied(&world, "on the clipboard").await;
    let after = Instant::now();
    let targets = desktop.selection("clipboard", "TARGETS").expect("it offers forms");
    assert!(targets.lines().any(|it| it == "x-kde-passwordManagerHint"), "{targets}");
    while desktop.paste().as_ref() == Some(&secret) {
        assert!(after.elapsed() < STAYS + WITHIN, "it is still there");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(before.elapsed() > STAYS.saturating_sub(WITHIN), "{:?}", before.elapsed());
    assert_eq!(desktop.paste(), None, "nothing takes its place");
    assert_eq!(desktop.selection("primary", "TARGETS"), primary, "the other one is left alone");
    world.app.says("The clipboard was cleared.").await;
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
    world.app.says("The clipboard was cleared.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_quits_takes_it_away() {
    let world = World::connected().await;
    made_and_copied(&world, "at the end").await;
    let desktop = quit(world).await;
    assert!(said_at_quit(&desktop).contains("Cleared"));
    assert_eq!(desktop.paste(), None);
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
    let World { desktop, app, .. } = world;
    ask_to_close(&desktop).expect("the window is asked");
    until("it ended", || !desktop.has_app());
    app.close().await;
    desktop
}

/// As the title bar of a window does; there is none without a window manager.
fn ask_to_close(desktop: &Desktop) -> Result<(), Box<dyn Error>> {
    let (connection, _) = x11rb::connect(Some(desktop.display()))?;
    let window = desktop.windows("Entri Tokens").first().ok_or("no window")?.parse()?;
    let atom = |name| Ok::<_, Box<dyn Error>>(connection.intern_atom(false, name)?.reply()?.atom);
    let message = [atom(b"WM_DELETE_WINDOW")?, 0, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS")?, message);
    connection.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
    Ok(())
}

/// What the app logged of the clipboard as it quit: with its owner gone nobody can ask for the text
/// any more, cleared or not.
fn said_at_quit(desktop: &Desktop) -> String {
    let log = fs::read_to_string(desktop.home().join("app.log")).expect("the app left a log");
    let line = log.lines().find(|line| line.contains("clipboard at quit"));
    line.expect("it says what became of it").to_owned()
}
