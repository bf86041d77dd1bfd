//! The main job: from the connect screen to a token that is made, delivered and revoked.

use thirtyfour::prelude::*;

use crate::app::App;
use crate::desktop::until;
use crate::leaks;
use crate::words::page;
use crate::world::World;

const COPIED: &str =
    "return /Copied at \\d\\d:\\d\\d:\\d\\d/.test(document.querySelector('dialog h2')?.innerText)";

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_made_copied_used_and_revoked() {
    let world = World::connected().await;
    look_at_the_list(&world).await;
    let secret = make_and_copy(&world).await;
    reveal_and_close(&world, &secret).await;
    revoke_after_a_use(&world, &secret).await;
    leaks::nothing_on_disk(&world.desktop, &[&secret, &world.sandbox.ready().admin_token]);
}

async fn look_at_the_list(World { app, .. }: &World) {
    assert_eq!(app.text(".status-bar > span").await, "48 tokens · 3 projects");

    app.press_card("Stale").await;
    app.until("only stale tokens are shown", &all_rows_say("Stale")).await;
    app.says("6 of 48").await;
    app.press_card("All").await;
}

/// Returns the value, as another program pastes it.
async fn make_and_copy(world: &World) -> String {
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "journey").await;
    app.says("Read translations in the whole organization").await;
    app.press("Create token").await;
    app.says("Created “journey”. Not copied yet.").await;
    assert_eq!(world.desktop.paste(), None, "nothing is copied without being asked");
    let primary = world.desktop.selection("primary", "UTF8_STRING");

    app.press(page("deliver/newTokenText.copy")).await;
    app.until("the copy is confirmed", COPIED).await;
    let secret = world.desktop.paste().expect("another program can paste");
    assert!(secret.starts_with("entri_") && secret.len() > 20, "it pastes the value");
    let hint = world.desktop.selection("clipboard", "x-kde-passwordManagerHint");
    assert_eq!(hint.as_deref(), Some("secret"), "clipboard histories are told to leave it out");
    assert_eq!(world.desktop.selection("primary", "UTF8_STRING"), primary);
    assert_eq!(world.answer_to(&secret).await, 200, "it works as a key");
    secret
}

async fn reveal_and_close(World { app, .. }: &World, secret: &str) {
    assert!(!app.holds(secret).await, "the page has a mask only");
    let reveal = app.named("button", page("deliver/newTokenText.hold")).await;
    let hands = || app.page.action_chain().move_to_element_center(&reveal);
    app.touch();
    hands().click_and_hold().perform().await.expect("the button is held");
    app.until("the value is shown", &format!("return {}", shown(secret))).await;
    assert!(app.holds(secret).await, "the search finds a value that is there");
    app.picture("created-revealed-light").await;
    hands().release().perform().await.expect("the button is let go");
    app.until("the value is hidden", &format!("return !{}", shown(secret))).await;
    app.press("Done").await;
    app.gone("dialog").await;
    assert!(!app.holds(secret).await, "after closing it is nowhere in the document");
}

/// It was used after the list was loaded.
async fn revoke_after_a_use(world: &World, secret: &str) {
    let app = &world.app;
    app.on_row("journey").await;
    app.press_key(Key::Delete).await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says(page("widgets/failureText.usedSince")).await;
    assert_eq!(world.answer_to(secret).await, 200, "it was not revoked");
    app.press(page("m.cancel")).await;
    app.press_key(Key::Delete).await;
    app.says("to confirm").await;
    app.fill("#revoke-name", "journey").await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says(page("widgets/failureText.usedSince")).await;
    app.fill("#revoke-name", "journey").await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Revoked “journey”.").await;
    assert_eq!(world.answer_to(secret).await, 401, "the same key is refused at once");
    assert!(!world.alive().contains(&"journey".to_owned()));
    assert_eq!(app.text(".status-bar > span").await, "48 tokens · 3 projects");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_start_shows_the_last_known_list_before_any_answer() {
    let world = World::connected().await;
    let requests = world.sandbox.requests().len();
    let World { sandbox, desktop, app } = world.restart().await;
    assert_eq!(app.text(".status-bar > span").await, "48 tokens · 3 projects");
    app.synced().await;
    until("the key comes from the keychain", || sandbox.requests().len() > requests);

    app.close().await;
    sandbox.stop().await;
    let app = App::open(&desktop, &[]).await;
    assert_eq!(app.text(".status-bar > span").await, "48 tokens · 3 projects");
    app.says("Offline. Showing tokens from").await;
}

fn all_rows_say(chip: &str) -> String {
    format!(
        "const chips = [...document.querySelectorAll('.row:not([hidden]) .chip')];
         return chips.length > 0 && chips.every((chip) => chip.innerText.trim() === '{chip}')"
    )
}

fn shown(secret: &str) -> String {
    format!("document.querySelector('.secret .value').innerText.includes('{secret}')")
}
