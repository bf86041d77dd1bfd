//! Rotating a token, from the key R to a file that has the new value, and what the page shows of it since.

use std::fs;
use std::time::Instant;

use chrono::TimeDelta;
use thirtyfour::Key;

use crate::app::App;
use crate::canary::{Searched, in_memory, made, wiped_in_time};
use crate::desktop::Theme;
use crate::hand::Hand;
use crate::leaks;
use crate::rounds::all_went_well;
use crate::shown::{Shown, in_both_themes};
use crate::turned::Turned;
use crate::words::page;
use crate::world::World;

in_both_themes!(rotate);

/// Makes a token that lives in a file, and leaves the keyboard on its row.
pub async fn lives_in_a_file(world: &World, name: &str) -> String {
    let app = &world.app;
    made(world, name).await;
    app.press(page("deliver/deliveryText.ways.file")).await;
    app.fill("#deliver-text", "~/entri-token").await;
    app.press("Save").await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Delivered to file ~/entri-token").await;
    app.press("Done").await;
    app.on_row(name).await;
    saved(world)
}

fn saved(world: &World) -> String {
    let file = fs::read_to_string(world.desktop.home().join("entri-token")).expect("it is saved");
    file.trim_end().to_owned()
}

/// Rotates so many tokens that live in a file, one after the other, and looks for both values of each.
pub async fn rounds(count: usize) -> Searched {
    let world = World::connected().await;
    let (mut secrets, mut searched) = (Vec::new(), Searched::default());
    for round in 0..count {
        let old = lives_in_a_file(&world, &format!("rotated {round}")).await;
        let new = rotated(&world).await;
        assert!(!in_memory(&world, &new).is_empty(), "while it is open, the app holds it");
        world.app.press(page("deliver/newTokenText.done")).await;
        world.app.gone("dialog").await;
        let closed = Instant::now();
        for value in [&old, &new] {
            searched.memory.push(wiped_in_time(&world, value, closed));
        }
        // Where they are meant to be.
        fs::remove_file(world.desktop.home().join("entri-token")).expect("the saved file goes");
        secrets.extend([old, new]);
    }
    for secret in &secrets {
        searched.at_rest(&world, secret);
    }
    searched
}

/// Rotates the token that has the focus, and delivers the new value, which is returned.
async fn rotated(world: &World) -> String {
    let app = &world.app;
    app.press_key("r").await;
    app.has_focus(page("rotation/rotateText.submit")).await;
    app.press_key(Key::Enter).await;
    app.has_focus("Deliver to 1 place").await;
    app.press_key(Key::Enter).await;
    world.desktop.say_yes("Deliver to these places", "Deliver");
    app.says("1 of 1 place has it.").await;
    saved(world)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_values_of_a_rotation_are_nowhere() {
    let Searched { memory, starts, files } = rounds(1).await;
    for outcomes in [memory, starts, files] {
        all_went_well(outcomes);
    }
}

async fn rotate(theme: Theme) {
    let (world, clock) = World::with_clock(theme).await;
    world.connect().await;
    let shown = Shown { world: &world, theme };
    let app = &world.app;
    let old = lives_in_a_file(&world, "nightly-export").await;
    let created = asked_and_created(&shown).await;
    assert_eq!(saved(&world), old, "nothing is delivered that nobody confirmed");
    delivered(&shown, &old).await;
    app.press(page("deliver/newTokenText.done")).await;
    app.on_row("nightly-export (r2)").await;
    let new = saved(&world);
    assert_ne!(new, old);
    for value in [&old, &new] {
        assert_eq!(world.answer_to(value).await, 200, "both work");
    }
    assert_eq!(world.alive().len(), created, "and no other was created");
    followed(&shown, &clock).await;
    assert_eq!(world.answer_to(&old).await, 401);
    assert_eq!(world.answer_to(&new).await, 200);
    fs::remove_file(world.desktop.home().join("entri-token")).expect("the saved file goes");
    leaks::nothing_on_disk(&world.desktop, &[&old, &new]);
}

/// By keyboard alone. Returns how many tokens there are then.
async fn asked_and_created(shown: &Shown<'_>) -> usize {
    let (world, app) = (shown.world, &shown.world.app);
    let before = world.alive().len();
    app.press_key("r").await;
    app.has_focus(page("rotation/rotateText.submit")).await;
    app.says("Rotate “nightly-export”").await;
    app.says("~/entri-token").await;
    assert_eq!(app.value("#rotate-name").await, "nightly-export (r2)");
    shown.as_picture("rotate").await;
    app.press_key(Key::Enter).await;
    app.says("0 of 1 place has it.").await;
    app.has_focus("Deliver to 1 place").await;
    shown.as_picture("handover").await;
    assert_eq!(world.alive().len(), before + 1);
    before + 1
}

/// A file that somebody wrote more to is left alone; once that is mended, it can be tried again, with the mouse.
async fn delivered(shown: &Shown<'_>, old: &str) {
    let (world, app) = (shown.world, &shown.world.app);
    let file = world.desktop.home().join("entri-token");
    fs::write(&file, format!("NT3_API_TOKEN={old}\nOTHER=1\n")).expect("a file");
    app.press_key(Key::Enter).await;
    world.desktop.say_yes("Deliver to these places", "Deliver");
    app.says("has more in it than a token").await;
    app.has_focus(&format!("{}: ~/entri-token", page("rotation/handoverText.again"))).await;
    shown.as_picture("handover-failed").await;
    fs::write(&file, format!("{old}\n")).expect("a file");
    click(world, "dialog li .primary").await;
    world.desktop.say_yes("Deliver to these places", "Deliver");
    app.says("1 of 1 place has it.").await;
    shown.as_picture("handover-done").await;
}

/// By keyboard alone, while the clock is turned: the revoke is offered only once the new one is in use and the old one
/// quiet. A use from before the new one existed is none.
async fn followed(shown: &Shown<'_>, clock: &Turned) {
    let (world, app) = (shown.world, &shown.world.app);
    app.press_key("g").await;
    app.press_key("r").await;
    app.find("main table").await;
    app.says("The first use of the new token").await;
    assert!(!app.text("main table").await.contains("Ready to revoke"));
    shown.as_picture("rotations-delivered").await;
    let used = |name, hours_ago| {
        let used = clock.now() - TimeDelta::hours(hours_ago);
        world.sandbox.touch(&world.id_of(name), used).expect("the sandbox is told");
    };
    used("nightly-export", 0);
    used("nightly-export (r2)", 60);
    app.press_key(Key::Control + "r").await;
    app.says("is before its creation").await;
    clock.by(TimeDelta::hours(1));
    used("nightly-export (r2)", 0);
    app.press_key(Key::Control + "r").await;
    app.says("24 h without use of the old one").await;
    has_a_menu(world).await;
    clock.by(TimeDelta::hours(60));
    app.press_key(Key::Control + "r").await;
    app.says("Ready to revoke").await;
    shown.as_picture("rotations-ready").await;
    app.walk_and_press(page("rotation/rotationsText.revoke")).await;
    app.fill("#revoke-name", "nightly-export").await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Gone from the list").await;
    app.gone("dialog").await;
    shown.as_picture("rotations-finished").await;
    assert!(!world.alive().contains(&"nightly-export".to_owned()));
}

/// Beside what there is to do next, by the mouse and by the keyboard.
async fn has_a_menu(world: &World) {
    const MORE: &str = "main table .more";
    const MENU: &str = ".menu:popover-open";
    let (app, hand) = (&world.app, Hand::on(world).await);
    let first = "Mark done: ~/entri-token";
    for close in ["Escape", "Tab"] {
        hand.click(MORE).await;
        app.has_focus(first).await;
        app.named("button", page("rotation/rotationsText.end")).await;
        hand.key(close).await;
        app.gone(MENU).await;
    }
    hand.click(MORE).await;
    app.has_focus(first).await;
    hand.click("main h1").await;
    app.gone(MENU).await;
    // The letter goes to the entry that begins with it, which shows the old token in the list.
    hand.click(MORE).await;
    app.has_focus(first).await;
    hand.key("s").await;
    app.has_focus("Show old token").await;
    hand.key("Return").await;
    app.on_row("nightly-export").await;
    hand.key("g").await;
    hand.key("r").await;
    app.find(MORE).await;
}

/// The app moves to the new token, and revokes the old one with that: from the key R to "proven dead".
#[tokio::test(flavor = "multi_thread")]
async fn the_app_rotates_the_token_that_it_signs_in_with() {
    let world = World::connected().await;
    let app = &world.app;
    let old = world.sandbox.ready().admin_token.clone();
    // It was used last, so it is the first one.
    app.press_key(Key::Down).await;
    app.on_row("Entri Tokens app").await;
    app.press_key("r").await;
    app.has_focus(page("rotation/rotateText.submit")).await;
    app.says(page("rotation/rotateText.alone")).await;
    app.press_key(Key::Enter).await;
    app.has_focus("Deliver to 1 place").await;
    app.press_key(Key::Enter).await;
    app.says("1 of 1 place has it.").await;
    app.says(page("rotation/handoverText.nextOwn")).await;
    app.press(page("deliver/newTokenText.done")).await;
    app.gone("dialog").await;
    app.press_key("g").await;
    app.press_key("r").await;
    app.walk_and_press(page("rotation/rotationsText.revoke")).await;
    app.fill("#revoke-name", "Entri Tokens app").await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Proven dead").await;
    assert_eq!(world.answer_to(&old).await, 401);
    let world = world.restart().await;
    world.app.synced().await;
    world.app.press_key(Key::Down).await;
    world.app.on_row("Entri Tokens app (r2)").await;
    leaks::nothing_on_disk(&world.desktop, &[&old]);
}

/// With a hand on the mouse, as a person would.
async fn click(world: &World, css: &str) {
    let app: &App = &world.app;
    app.find(css).await;
    Hand::on(world).await.click(css).await;
}
