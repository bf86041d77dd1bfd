//! A value that turned up somewhere: from the pasted text to dead and proven, with real keys and a real clipboard.

use std::time::{Duration, Instant};

use rusqlite::Connection as Database;

use crate::canary::{close, in_memory, made_and_copied};
use crate::desktop::until;
use crate::hand::Hand;
use crate::reveal::in_page;
use crate::words::page;
use crate::world::World;

const ASKED: &str = "Paste what you found";
/// The longest that the machine may take; the rest of a minute is the person's.
const MACHINE: Duration = Duration::from_secs(40);

/// Makes a token whose value is found afterwards, and returns the value.
pub async fn leaked(world: &World, name: &str) -> String {
    let value = made_and_copied(world, name).await;
    close(world).await;
    let file = world.desktop.home().join("data/entri-tokens/entri-tokens.db");
    until("its fingerprint is kept", || {
        let database = Database::open(&file).expect("the app's file");
        let kept = "SELECT EXISTS (SELECT 1 FROM fingerprint WHERE name = ?1)";
        database.query_row(kept, [name], |row| row.get(0)).unwrap_or(false)
    });
    value
}

/// Pastes a text into the window that asks what was found.
pub fn paste(world: &World, text: &str) {
    world.desktop.copy(text);
    world.desktop.paste_into(ASKED);
    world.desktop.enter(ASKED, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_value_is_dead_and_proven_within_a_minute() {
    let world = World::connected().await;
    let app = &world.app;
    let value = leaked(&world, "leaky").await;
    let requests = world.requests("DELETE");
    // One tab stop with the button that has just been used.
    app.walk_to("Create token").await;
    let hand = Hand::on(&world).await;
    hand.key("Left").await;
    app.has_focus("I found a token…").await;
    let begun = Instant::now();
    hand.key("Return").await;
    paste(&world, &format!("export NT3_API_TOKEN={value}; ./deploy"));
    // As a window manager does once the other window is gone.
    let hand = Hand::on(&world).await;
    app.has_focus(page("found/foundText.revoke")).await;
    app.says("“leaky” is exposed").await;
    app.says("Certain").await;
    hand.key("Return").await;
    app.has_focus(page("m.cancel")).await;
    hand.key("Tab").await;
    app.has_focus(page("found/foundText.submit")).await;
    hand.key("Return").await;
    app.says("“leaky” is revoked and proven dead").await;
    let took = begun.elapsed();
    println!("From the button to proven dead: {} ms", took.as_millis());
    assert!(took < MACHINE, "{took:?}");
    app.has_focus(page("found/foundText.replace")).await;
    assert_eq!(world.requests("DELETE"), requests + 1);
    assert!(!world.alive().contains(&"leaky".to_owned()));
    app.says("Second proof").await;
    let held = in_memory(&world, &value);
    assert!(!in_page(&held), "the page has a mask only: {held:?}");
    assert!(held.iter().any(|it| it.starts_with("entri-tokens")), "for the second proof: {held:?}");
    app.press(page("found/foundText.forget")).await;
    app.press(page("found/foundText.forgetSubmit")).await;
    app.says(page("found/foundText.notKept")).await;
    until("it is in no memory", || in_memory(&world, &value).is_empty());
    crate::leaks::nothing_on_disk(&world.desktop, &[&value]);
}

/// The incident is in the journal, whatever happens to the app.
#[tokio::test(flavor = "multi_thread")]
async fn an_incident_goes_on_after_a_restart_without_the_value() {
    let world = World::connected().await;
    let value = leaked(&world, "leaky").await;
    world.app.press("I found a token…").await;
    paste(&world, &value);
    world.app.says("“leaky” is exposed").await;
    let world = world.restart().await;
    world.app.synced().await;
    world.app.press(page("found/foundText.goOn")).await;
    world.app.says("“leaky” is exposed").await;
    world.app.says(page("found/foundText.notKept")).await;
    world.app.press(page("found/foundText.revoke")).await;
    world.app.press(page("found/foundText.submit")).await;
    world.app.says("“leaky” is revoked").await;
    world.app.press(page("found/foundText.replace")).await;
    assert_eq!(world.app.value("#create-name").await, "leaky (r2)");
}
