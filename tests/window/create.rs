//! The create form: bad input is told, an answer that was lost is told, nothing typed is lost.

use entri_sandbox::{Fault, FaultAnswer, Method};

use crate::words::page;
use crate::world::World;

const FAILED: &str = r#"{"statusCode":500,"message":"Internal server error"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_told_and_nothing_is_sent() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.press("Create token").await;
    app.says("Enter a name").await;
    let long = "n".repeat(10_000);
    app.set_value("#create-name", &long).await;
    app.press("Create token").await;
    app.says("The name is too long (10000 of 200 characters).").await;
    assert_eq!(app.value("#create-name").await, long, "nothing typed is lost");
    app.fill("#create-name", "too late").await;
    app.click("label:has(input[value=date])").await;
    app.fill(".expiry .input", "2020-02-30").await;
    app.press("Create token").await;
    app.says("Enter a date such as 2027-02-22.").await;
    app.fill(".expiry .input", "2020-02-29").await;
    app.press("Create token").await;
    app.says("This date has passed.").await;
    assert_eq!(app.value("#create-name").await, "too late");
    assert_eq!(world.requests("POST"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_leaves_the_form_as_it_was() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "twice").await;
    world.sandbox.fail_next(Fault {
        method: Method::POST,
        path: "/tokens".to_owned(),
        with_effect: false,
        answer: FaultAnswer::status(
            409,
            "application/json",
            r#"{"statusCode":409,"error":"Conflict","message":"A token with this name already exists"}"#,
        ),
    });
    app.press("Create token").await;
    app.says("A token with this name already exists").await;
    assert_eq!(app.value("#create-name").await, "twice");
    app.press("Create token").await;
    app.says("Created “twice”. Not copied yet.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_never_followed_by_a_second_request() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "ambiguous").await;
    world.sandbox.fail_next(Fault {
        method: Method::POST,
        path: "/tokens".to_owned(),
        with_effect: true,
        answer: FaultAnswer::status(500, "application/json", FAILED),
    });
    app.press("Create token").await;
    app.says("It may have been done. Refresh the list before you try again.").await;
    let button = app.named("button", "Create token").await;
    assert!(!button.is_enabled().await.expect("it has a state"), "a second request is not offered");
    assert_eq!(world.requests("POST"), 1);
    app.press(page("create/createText.refreshFirst")).await;
    app.says("49 tokens").await;
    assert_eq!(app.value("#create-name").await, "ambiguous", "nothing typed is lost");
    assert_eq!(world.requests("POST"), 1);
    assert!(world.alive().contains(&"ambiguous".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_nobody_has_is_not_closed_by_the_way() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "orphan").await;
    app.press("Create token").await;
    app.says("Not copied yet.").await;
    app.press_key(thirtyfour::Key::Escape).await;
    app.says(page("deliver/newTokenText.nobodyText")).await;
    app.press_key(thirtyfour::Key::Escape).await;
    app.says("Not copied yet.").await;
    app.press_key(thirtyfour::Key::Control + "r").await;
    app.says("Not copied yet.").await;
    app.press(page("deliver/newTokenText.close")).await;
    app.says(page("deliver/newTokenText.nobodyText")).await;
    app.press(page("deliver/newTokenText.back")).await;
    app.press(page("deliver/newTokenText.close")).await;
    app.press(page("deliver/newTokenText.revokeNow")).await;
    app.says("Revoked “orphan”. The server refuses its value.").await;
    app.gone("dialog").await;
    assert!(!world.alive().contains(&"orphan".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clipboard_is_cleared_only_of_what_is_ours() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "copied twice").await;
    app.press("Create token").await;
    app.press(page("deliver/newTokenText.copy")).await;
    app.says("Copied and verified.").await;
    let secret = world.desktop.paste().expect("it is there");
    world.desktop.copy("something else");
    app.waits_for_the_clipboard("You copied something else").await;
    assert_eq!(world.desktop.paste().as_deref(), Some("something else"), "it is left alone");
    app.press(page("deliver/newTokenText.copyAgain")).await;
    app.says("Copied and verified.").await;
    assert_eq!(world.desktop.paste(), Some(secret));
    app.waits_for_the_clipboard("Clipboard cleared.").await;
    assert_eq!(world.desktop.paste(), None, "nothing of it is left");
}
