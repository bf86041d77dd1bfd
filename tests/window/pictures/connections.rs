//! Several connections, and signing in to one again.

use entri_sandbox::{Config, Method};
use thirtyfour::Key;

use crate::connections::{another, refuse_next};
use crate::desktop::Theme;
use crate::shown::{Shown, in_both_themes};
use crate::world::World;

in_both_themes!(tour);

async fn tour(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let second = another(&world, 20).await;
    let shown = Shown { world: &world, theme };
    edit(&shown).await;
    all(&shown).await;
    second.stop().await;
    trouble(&shown).await;
    sign_in_again(&shown).await;
}

async fn edit(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.click(".connection").await;
    app.press("Edit connection…").await;
    app.fill("#edit-label", "").await;
    app.press("Save").await;
    app.find("[aria-invalid=true]").await;
    shown.as_picture("edit-connection-refused").await;
    app.fill("#edit-label", "Second server").await;
    app.click("label:has(input[value=staging])").await;
    shown.as_picture("edit-connection").await;
    app.press("Save").await;
    app.gone("dialog").await;
}

async fn all(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.press_key(Key::Control + "9").await;
    app.says("68 tokens · ").await;
    shown.as_picture("all-connections").await;
    app.click(".connection").await;
    shown.as_picture("switcher").await;
    app.press_key(Key::Escape).await;
    app.press_create().await;
    shown.as_picture("create-at").await;
    app.press("Cancel").await;
}

async fn trouble(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.press_key(Key::Control + "r").await;
    app.says("Second server: Can’t reach 127.0.0.1").await;
    app.click(".connection").await;
    shown.as_picture("switcher-troubled").await;
    app.press_key(Key::Escape).await;
}

async fn sign_in_again(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.press_key(Key::Control + "1").await;
    app.synced().await;
    app.press_create().await;
    app.fill("#create-name", "in the middle").await;
    refuse_next(&shown.world.sandbox, Method::POST);
    app.press("Create token").await;
    app.says("rejected this API token").await;
    shown.as_picture("create-signed-out").await;
    app.press("Sign in again").await;
    app.has_focus("Enter the API token…").await;
    shown.as_picture("sign-in-again").await;
    shown.world.enter_token(&shown.world.sandbox.ready().admin_token).await;
    app.says("You’re signed in.").await;
    shown.as_picture("create-signed-in").await;
}
