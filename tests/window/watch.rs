//! Watching from the tray: turned on, told by the desktop, opened from there, and with the window
//! closed.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use entri_sandbox::{Config, Sandbox};
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::{Desktop, Theme, until};
use crate::hand::Hand;
use crate::panel::Panel;
use crate::processes::{OF_THE_APP, Process, of_the_app};
use crate::revoke;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

const TITLE: &str = "Entri Tokens";
const NAME: &str = "Release pipeline";
const STALE_BY: TimeDelta = TimeDelta::days(91);

/// A connected app on a desktop with a panel.
async fn with_panel(theme: Theme) -> (World, Panel) {
    let desktop = Desktop::with_theme(theme);
    let panel = Panel::on(&desktop).await;
    let sandbox = Sandbox::start(Config::default()).await.expect("the sandbox starts");
    let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
    let world = World { sandbox, desktop, app };
    world.connect().await;
    (world, panel)
}

/// Turns it on in the preferences.
async fn watch(app: &App) {
    app.click(".sidebar .last .sidebar-item").await;
    app.click("label:has([name=watch][value='1'])").await;
}

async fn done(app: &App) {
    app.click(".sidebar section .sidebar-item").await;
    app.find(".row").await;
}

/// The server takes back that the token was used lately.
fn goes_stale(world: &World) {
    world.sandbox.touch(&world.id_of(NAME), Utc::now() - STALE_BY).expect("it is there");
}

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    let (world, panel) = with_panel(theme).await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.click(".sidebar .last .sidebar-item").await;
    app.says("Nothing is revoked automatically.").await;
    watch(app).await;
    app.says(page("preferences/checksText.inTray")).await;
    app.says("Next check in 59 min.").await;
    assert!(panel.has_icon().await);
    shown.as_picture("watch-on").await;
    done(app).await;
    goes_stale(&world);
    panel.choose("Check now").await;
    let told = &panel.told(1)[0];
    assert_eq!(told.title, format!("“{NAME}” became stale"));
    // What is open stays open; what was clicked on comes after it.
    app.press_create().await;
    app.find("dialog").await;
    panel.open(told).await;
    app.find("dialog").await;
    app.press_key(Key::Escape).await;
    app.until(
        "the stale tokens are shown, the new one first",
        &format!(
            "return document.querySelector('.summary [aria-pressed=true]')?.innerText.includes('Stale')
             && document.querySelector('[role=row][aria-rowindex=\"2\"]')?.innerText.includes('{NAME}')"
        ),
    )
    .await;
    app.until("the list has the keys", "return document.activeElement.matches('.grid')").await;
    shown.as_picture("watch-opened").await;
    panel.choose("Check now").await;
    assert_eq!(panel.told(2)[1].title, "No new findings");
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_it_goes_on_in_the_tray() {
    let (world, panel) = with_panel(Theme::Light).await;
    watch(&world.app).await;
    world.app.says(page("preferences/checksText.inTray")).await;
    let World { sandbox, desktop, app } = world;
    app.close().await;
    let mut app = start(&desktop);
    until("its icon is there", || tokio::task::block_in_place(|| has_icon(&panel)));
    close(&desktop);
    assert!(app.try_wait().expect("it has a state").is_none(), "it goes on");
    let [_, page, _] = OF_THE_APP;
    let is_there = |it: &Process| it.name == page && it.runs();
    until("nothing of the page stays", || !of_the_app(app.id()).iter().any(is_there));
    // The first check may be told of the load that the window began; the second has one of its own.
    panel.choose("Check now").await;
    assert_eq!(panel.told(1)[0].title, "No new findings");
    let requests = sandbox.requests().len();
    panel.choose("Check now").await;
    assert_eq!(panel.told(2)[1].title, "No new findings");
    assert!(sandbox.requests().len() > requests, "without a window, too");
    panel.click().await;
    until("its window is back", || desktop.shows_a_page(TITLE));
    close(&desktop);
    // A second start opens it, too.
    assert!(command(&desktop).status().expect("it ends").success());
    until("its window is back", || desktop.shows_a_page(TITLE));
    close(&desktop);
    panel.choose("Quit").await;
    assert!(app.wait().expect("it ends").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_is_closed_revokes_nothing_anymore() {
    let (world, _panel) = with_panel(Theme::Light).await;
    let (app, desktop) = (&world.app, &world.desktop);
    watch(app).await;
    app.says(page("preferences/checksText.inTray")).await;
    done(app).await;
    revoke::go_to(app, "zapier-bridge").await;
    app.press_key(Key::Delete).await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Revoking in").await;
    let held = Instant::now();
    let [.., process] = world.processes();
    desktop.ask_to_close();
    until("its window is gone", || !desktop.has_window(TITLE));
    until("it would have been sent", || held.elapsed() > Duration::from_secs(7));
    assert!(process.runs(), "the app goes on");
    assert_eq!(world.requests("DELETE"), 0);
    assert!(world.alive().contains(&"zapier-bridge".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_tray_closing_ends_it() {
    let world = World::connected().await;
    watch(&world.app).await;
    world.app.says("This desktop has no system tray.").await;
    let World { desktop, app, .. } = world;
    app.close().await;
    let mut app = start(&desktop);
    until("its window is there", || desktop.shows_a_page(TITLE));
    desktop.ask_to_close();
    assert!(app.wait().expect("it ends").success());
}

/// Without a tray both end it.
#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_every_desktop_close_the_window_and_end_the_app() {
    let world = World::connected().await;
    let World { desktop, app, .. } = world;
    app.close().await;
    for keys in ["ctrl+w", "ctrl+q"] {
        let mut app = start(&desktop);
        until("its window is there", || desktop.shows_a_page(TITLE));
        desktop.xdotool(&["windowfocus", "--sync", &desktop.windows(TITLE)[0], "key", keys]);
        let status = app.wait().expect("it ends");
        assert!(status.success(), "{keys}: {status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_waits_is_asked_about_before_it_is_lost() {
    const QUESTION: &str = "Close without copying?";
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.press_create().await;
    app.fill("#create-name", "nightly").await;
    app.press(page("create/createText.submit")).await;
    app.says("Not copied yet.").await;
    for keys in ["ctrl+w", "ctrl+q"] {
        world.desktop.xdotool(&["key", keys]);
        world.desktop.say_no(QUESTION);
        app.says("Not copied yet.").await;
        // A no holds for a while against script; a key is no script.
        hand.click("dialog h2").await;
    }
    world.desktop.xdotool(&["key", "ctrl+q"]);
    world.desktop.say_yes(QUESTION, "Close without copying");
    until("its window is gone", || !world.desktop.has_window(TITLE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_still_being_created_is_asked_about_too() {
    const QUESTION: &str = "Close before the token is created?";
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let held = world.sandbox.hold_next(&"POST".parse().expect("a method"), "/tokens");
    app.press_create().await;
    app.fill("#create-name", "nightly").await;
    app.press(page("create/createText.submit")).await;
    held.reached().await;
    world.desktop.xdotool(&["key", "ctrl+q"]);
    world.desktop.say_no(QUESTION);
    drop(held);
    app.says("Created “nightly”. Not copied yet.").await;
    hand.click("dialog h2").await;
    world.desktop.xdotool(&["key", "ctrl+w"]);
    world.desktop.say_yes("Close without copying?", "Close without copying");
    until("its window is gone", || !world.desktop.has_window(TITLE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_shows_from_the_start_what_enter_presses() {
    const QUESTION: &str = "Close without copying?";
    let world = World::connected().await;
    let (app, desktop) = (&world.app, &world.desktop);
    app.press_create().await;
    app.fill("#create-name", "nightly").await;
    app.press(page("create/createText.submit")).await;
    app.says("Not copied yet.").await;
    desktop.xdotool(&["key", "ctrl+q"]);
    let asked = Instant::now();
    until("it is asked", || desktop.has_window(QUESTION));
    let window = desktop.windows(QUESTION).remove(0);
    desktop.xdotool(&["windowfocus", "--sync", &window]);
    until("it takes a yes", || asked.elapsed() > Duration::from_secs(3));
    let before = desktop.settled(&window);
    // To the other button and back: now the focus is drawn in any case.
    desktop.xdotool(&["key", "Tab"]);
    let other = desktop.settled(&window);
    desktop.xdotool(&["key", "shift+Tab"]);
    assert!(desktop.settled(&window) == before, "the focus was drawn before a key was pressed");
    assert!(other != before, "and is somewhere else now");
    desktop.xdotool(&["key", "Return"]);
    until("Enter cancels", || !desktop.has_window(QUESTION));
    app.says("Not copied yet.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_without_a_window_it_ends() {
    let (world, panel) = with_panel(Theme::Light).await;
    watch(&world.app).await;
    world.app.says(page("preferences/checksText.inTray")).await;
    let World { sandbox: _sandbox, desktop, app } = world;
    app.close().await;
    let mut app = start(&desktop);
    until("its icon is there", || tokio::task::block_in_place(|| has_icon(&panel)));
    close(&desktop);
    panel.choose("Stop checking").await;
    assert!(app.wait().expect("it ends").success(), "nobody would see it");
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_in_the_tray_it_is_off() {
    let (world, panel) = with_panel(Theme::Light).await;
    watch(&world.app).await;
    world.app.says(page("preferences/checksText.inTray")).await;
    done(&world.app).await;
    panel.choose("Stop checking").await;
    until("its icon is gone", || !tokio::task::block_in_place(|| has_icon(&panel)));
    world.app.click(".sidebar .last .sidebar-item").await;
    world
        .app
        .until("it is off", "return document.querySelector('[name=watch]:checked')?.value === '0'")
        .await;
}

fn has_icon(panel: &Panel) -> bool {
    tokio::runtime::Handle::current().block_on(panel.has_icon())
}

fn command(desktop: &Desktop) -> Command {
    let mut app = desktop.command(env!("CARGO_BIN_EXE_entri-tokens"));
    app.stdin(Stdio::null()).stdout(Stdio::null()).stderr(desktop.log());
    app
}

pub fn start(desktop: &Desktop) -> Child {
    until("no app runs here", || !desktop.has_app());
    command(desktop).spawn().expect("the app starts")
}

/// Closes the window, and waits until it is gone.
fn close(desktop: &Desktop) {
    until("its window is there", || desktop.shows_a_page(TITLE));
    desktop.ask_to_close();
    until("its window is gone", || !desktop.has_window(TITLE));
}
