//! Several connections: switched, merged, told apart, left, and signed in to again.

use entri_sandbox::{Config, Fault, FaultAnswer, Method, Sandbox};
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::until;
use crate::words::page;
use crate::world::World;

/// A second server beside the one that is connected.
pub async fn another(world: &World, tokens: u32) -> Sandbox {
    let sandbox = Sandbox::start(Config { tokens, seed: 2, ..Config::default() }).await;
    let sandbox = sandbox.expect("a second sandbox");
    let app = &world.app;
    app.click(".connection").await;
    app.press(page("m.menu.connect")).await;
    app.fill("#connect-address", &sandbox.ready().base_url).await;
    world.enter_token(&sandbox.ready().admin_token).await;
    app.says(&format!("{tokens} tokens")).await;
    app.synced().await;
    sandbox
}

/// Answers the next change of a token as to somebody whose sign-in has ended.
pub fn refuse_next(sandbox: &Sandbox, method: Method) {
    sandbox.fail_next(Fault {
        method,
        path: "/tokens".to_owned(),
        with_effect: false,
        answer: FaultAnswer::status(401, "application/json", r#"{"message":"Unauthorized"}"#),
    });
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
    app.press(page("m.menu.edit")).await;
    app.fill("#edit-label", "Second server").await;
    app.click("label:has(input[value=staging])").await;
    app.press("Save").await;
    app.gone("dialog").await;
    app.says("Second server").await;
    app.says("Staging · 127.0.0.1").await;

    let before = second.requests().len();
    app.press_key(Key::Control + "9").await;
    tokens(app, 68).await;
    until("their lists are loaded anew", || second.requests().len() > before);
    app.synced().await;
    app.says("· Second server").await;

    second.stop().await;
    app.press_key(Key::Control + "r").await;
    app.says("Second server: Can’t reach 127.0.0.1").await;
    tokens(app, 68).await;

    app.press_key(Key::Control + "2").await;
    tokens(app, 20).await;
    app.click(".connection").await;
    app.press(page("m.menu.disconnect")).await;
    app.press(page("connection/disconnectText.submit")).await;
    tokens(app, 48).await;
    assert!(!app.holds("Second server").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ends_in_the_middle_of_a_create_loses_nothing() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "in the middle").await;
    refuse_next(&world.sandbox, Method::POST);
    app.press("Create token").await;
    app.says("rejected this API token").await;
    app.press("Sign in again").await;
    world.enter_token(&world.sandbox.ready().admin_token).await;
    app.says(page("create/createText.signedIn")).await;
    assert_eq!(app.value("#create-name").await, "in the middle");
    assert_eq!(world.requests("POST"), 1, "it is offered again, never repeated by itself");
    app.press("Create token").await;
    app.says("Created “in the middle”. Not copied yet.").await;
    assert_eq!(world.requests("POST"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_value_is_held_while_somebody_signs_in_to_revoke_it() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "nobody has it").await;
    app.press("Create token").await;
    app.says("Not copied yet.").await;
    app.press(page("deliver/newTokenText.close")).await;
    app.has_focus(page("deliver/newTokenText.back")).await;
    refuse_next(&world.sandbox, Method::DELETE);
    app.press(page("deliver/newTokenText.revokeNow")).await;
    app.says("rejected this API token").await;
    app.press("Sign in again").await;
    world.enter_token(&world.sandbox.ready().admin_token).await;
    app.gone(".again").await;
    app.has_focus(page("deliver/newTokenText.back")).await;
    assert_eq!(world.requests("DELETE"), 1, "it is offered again, not repeated");
    app.press(page("deliver/newTokenText.back")).await;
    app.press(page("deliver/newTokenText.copy")).await;
    app.says("Copied and verified.").await;
    app.press("Done").await;
    app.on_row("nobody has it").await;
    app.press_key(Key::Delete).await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Revoked “nobody has it”.").await;
    assert_eq!(world.requests("POST"), 1, "it was made once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_is_asked_about_when_its_revoke_was_refused() {
    let world = World::connected().await;
    let app = &world.app;
    app.fill(".search input", "contractor-import").await;
    app.says("1 of 48").await;
    app.press_key(Key::Enter).await;
    app.press_key(Key::Home).await;
    app.on_row("contractor-import").await;
    refuse_next(&world.sandbox, Method::DELETE);
    app.press_key(Key::Delete).await;
    app.says("rejected this API token").await;
    app.has_focus(page("m.cancel")).await;
    app.press("Sign in again").await;
    world.enter_token(&world.sandbox.ready().admin_token).await;
    app.gone(".again").await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Revoked “contractor-import”.").await;
    assert_eq!(world.requests("DELETE"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_that_was_left_begins_anew() {
    let world = World::unconnected().await;
    let app = &world.app;
    let kept = |is: bool| {
        format!("return document.querySelector('.rows').innerText.includes('Kept until') === {is}")
    };
    app.press(page("sign-in/signInText.openSandbox")).await;
    app.synced().await;
    app.walk_to_list().await;
    app.press_key(Key::Down).await;
    app.press_key("d").await;
    app.has_focus(page("decide/decideText.reason")).await;
    app.press_key("until it ends").await;
    app.press_key(Key::Enter).await;
    app.until("a token is kept", &kept(true)).await;
    app.click(".sidebar .connection").await;
    app.press(page("m.menu.disconnect")).await;
    app.press("Disconnect").await;
    app.press(page("sign-in/signInText.openSandbox")).await;
    app.synced().await;
    app.until("nothing is", &kept(false)).await;
}
