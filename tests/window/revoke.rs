//! Revoking: as much confirmation as the token's use demands, and what the server says of it.

use entri_sandbox::{Fault, FaultAnswer, Method};
use thirtyfour::Key;

use crate::app::App;
use crate::hand::Hand;
use crate::words::page;
use crate::world::World;

/// Goes to the row of the only token a search finds.
pub async fn go_to(app: &App, name: &str) {
    app.fill(".search input", name).await;
    app.says("1 of 48").await;
    app.press_key(Key::Enter).await;
    app.press_key(Key::Home).await;
    app.on_row(name).await;
}

/// Opens the details of the only token a search finds.
async fn open(world: &World, name: &str) {
    go_to(&world.app, name).await;
    world.app.press_key(Key::Enter).await;
    world.app.find(".details").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_goes_with_one_click() {
    let world = World::connected().await;
    open(&world, "contractor-import").await;
    world.app.press("Revoke…").await;
    world.app.says("Revoked “contractor-import”.").await;
    world.app.gone(".details").await;
    assert!(!world.alive().contains(&"contractor-import".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_use_takes_its_typed_name() {
    let world = World::connected().await;
    open(&world, "Release pipeline").await;
    world.app.press("Revoke…").await;
    let button = world.app.named("button", page("revoke/revokeText.submit")).await;
    assert!(!button.is_enabled().await.expect("it has a state"));
    world.app.fill("#revoke-name", "Release pipelin").await;
    world.app.press_key(Key::Enter).await;
    assert!(!button.is_enabled().await.expect("it has a state"), "Enter does not end it");
    world.app.fill("#revoke-name", "Release pipeline").await;
    world.app.press_key(Key::Enter).await;
    world.app.says("Revoked “Release pipeline”.").await;
    assert_eq!(world.requests("DELETE"), 1);
}

/// The list is as it was, so nothing below the pointer moves.
#[tokio::test(flavor = "multi_thread")]
async fn revoking_the_apps_own_token_signs_it_out_at_once() {
    const OWN: &str = "Entri Tokens app";
    let world = World::connected().await;
    let app = &world.app;
    open(&world, OWN).await;
    app.fill(".search input", "").await;
    app.says("48 tokens").await;
    let top = "return Math.round(document.querySelector('.rows').getBoundingClientRect().top)";
    let before = app.eval(top).await;
    app.press("Revoke…").await;
    app.fill("#revoke-name", OWN).await;
    app.press(page("revoke/revokeText.submitOwn")).await;
    app.find(".head .banner").await;
    app.says(page("m.statusBar.signedOut")).await;
    assert_eq!(app.eval(top).await, before);
    app.press(page("m.auditReport")).await;
    app.says("signed out: may be out of date").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_revoke_leaves_the_token_and_says_so() {
    let world = World::connected().await;
    open(&world, "zapier-bridge").await;
    world.app.press("Revoke…").await;
    world.sandbox.fail_next(Fault {
        method: Method::DELETE,
        path: "/tokens/".to_owned(),
        with_effect: false,
        answer: FaultAnswer::status(
            403,
            "application/json",
            r#"{"statusCode":403,"error":"Forbidden","message":"Only owners and admins can manage API tokens"}"#,
        ),
    });
    world.app.press(page("revoke/revokeText.submit")).await;
    world.app.says("Only owners and admins manage API tokens.").await;
    assert!(world.alive().contains(&"zapier-bridge".to_owned()));
    world.app.press(page("revoke/revokeText.submit")).await;
    world.app.says("Revoked “zapier-bridge”.").await;
}

/// Up to the seconds in which the revoke can be stopped, by hand.
async fn hold(world: &World, hand: &Hand<'_>) {
    hand.key("Delete").await;
    world.app.find("dialog").await;
    hand.click("dialog footer .danger").await;
    world.app.says("Revoking in").await;
    world.app.has_focus(page("revoke/revokeText.stop")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoke_can_be_stopped_before_it_is_sent() {
    let world = World::connected().await;
    let app = &world.app;
    go_to(app, "zapier-bridge").await;
    let hand = Hand::on(&world).await;
    for stop in ["click", "Escape", "Return"] {
        hold(&world, &hand).await;
        match stop {
            "click" => hand.click("dialog footer button:first-child").await,
            key => hand.key(key).await,
        }
        app.gone("dialog").await;
        app.says("Stopped. “zapier-bridge” was not revoked.").await;
    }
    hold(&world, &hand).await;
    assert_eq!(world.requests("DELETE"), 0, "it is not sent as long as it can be stopped");
    assert!(world.alive().contains(&"zapier-bridge".to_owned()));
    app.says("Revoked “zapier-bridge”.").await;
    assert_eq!(world.requests("DELETE"), 1, "and what was stopped was never sent");
    assert!(!world.alive().contains(&"zapier-bridge".to_owned()));
}
