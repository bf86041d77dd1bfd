//! Several connections: switched, merged, told apart, left, and signed in to again.

use entri_sandbox::{Config, Fault, FaultAnswer, Method, Sandbox};
use thirtyfour::Key;

use crate::app::App;
use crate::world::World;

/// A second server beside the one that is connected.
async fn another(world: &World, tokens: u32) -> Sandbox {
    let sandbox = Sandbox::start(Config { tokens, seed: 2, ..Config::default() }).await;
    let sandbox = sandbox.expect("a second sandbox");
    let app = &world.app;
    app.click(".connection").await;
    app.press("Add a connection…").await;
    app.fill("#connect-address", &sandbox.ready().base_url).await;
    app.fill("#connect-token", &sandbox.ready().admin_token).await;
    app.press("Connect").await;
    app.says(&format!("{tokens} tokens")).await;
    app.synced().await;
    sandbox
}

async fn tokens(app: &App, count: u32) {
    app.says(&format!("{count} tokens · ")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_switched_merged_named_and_left() {
    let world = World::connected().await;
    let app = &world.app;
    let second = another(&world, 20).await;

    app.press_key(Key::Control + "1").await;
    tokens(app, 48).await;
    app.press_key(Key::Control + "2").await;
    tokens(app, 20).await;
    app.click(".connection").await;
    app.press("Name and colour…").await;
    app.fill("#edit-label", "Second server").await;
    app.click("label:has(input[value=staging])").await;
    app.picture("edit-connection-light").await;
    crate::axe::finds_nothing(app, "name and colour").await;
    app.press("Save").await;
    app.says("Second server").await;
    app.says("Staging · 127.0.0.1").await;

    app.press_key(Key::Control + "0").await;
    tokens(app, 68).await;
    app.says("· Second server").await;
    app.picture("all-connections-light").await;
    crate::axe::finds_nothing(app, "all connections").await;
    app.click(".connection").await;
    app.picture("switcher-light").await;
    crate::axe::finds_nothing(app, "switcher").await;
    app.press_key(Key::Escape).await;

    second.stop().await;
    app.press_key(Key::Control + "r").await;
    app.says("Second server: 127.0.0.1").await;
    tokens(app, 68).await;

    app.press_key(Key::Control + "2").await;
    tokens(app, 20).await;
    app.click(".connection").await;
    app.press("Disconnect…").await;
    app.press("Disconnect").await;
    tokens(app, 48).await;
    assert!(!app.holds("Second server").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ends_in_the_middle_of_a_create_loses_nothing() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "in the middle").await;
    world.sandbox.fail_next(Fault {
        method: Method::POST,
        path: "/tokens".to_owned(),
        with_effect: false,
        answer: FaultAnswer::status(401, "application/json", r#"{"message":"Unauthorized"}"#),
    });
    app.press("Create token").await;
    app.says("does not accept this credential").await;
    app.press("Sign in again").await;
    app.fill("#connect-token", &world.sandbox.ready().admin_token).await;
    app.picture("sign-in-again-light").await;
    crate::axe::finds_nothing(app, "sign in again").await;
    app.press("Connect").await;
    app.says("Signed in again. Nothing was sent meanwhile: create the token now.").await;
    assert_eq!(app.value("#create-name").await, "in the middle");
    assert_eq!(world.requests("POST"), 1, "it is offered again, never repeated by itself");
    app.press("Create token").await;
    app.says("Created “in the middle”. Not copied yet.").await;
    assert_eq!(world.requests("POST"), 2);
}
