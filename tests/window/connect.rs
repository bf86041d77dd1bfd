//! The connect screen: what it refuses says why, and nothing typed is lost.

use entri_sandbox::{Config, Fault, FaultAnswer, Method, Variant};

use crate::desktop::Theme;
use crate::world::World;

/// What was typed stays, a sentence says what is wrong, and the focus is on the field to correct.
async fn refused(world: &World, address: &str, token: &str, says: &str) {
    let app = &world.app;
    app.fill("#connect-address", address).await;
    app.fill("#connect-token", token).await;
    app.press("Connect").await;
    app.says(says).await;
    assert_eq!(app.value("#connect-address").await, address, "the address stays");
    assert_eq!(app.value("#connect-token").await, token, "the token stays");
    let marked = "return document.activeElement.getAttribute('aria-invalid') === 'true'";
    app.until(&format!("the focus is on the mistake: {says}"), marked).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_before_anything_is_sent() {
    let world = World::unconnected().await;
    let (address, key) = (&world.sandbox.ready().base_url, &world.sandbox.ready().admin_token);
    let table = [
        ("", key.as_str(), "Type the server's address"),
        ("not an address", key, "This is not an address."),
        ("http://entri.example.com", key, "https"),
        ("ftp://entri.example.com", key, "The address must start with https://"),
        (address, "", "Paste an API token."),
        (address, "sk_live_1234", "API tokens start with “entri_”"),
        (address, "entri_", "Only the beginning of an API token is here."),
    ];
    for (address, token, says) in table {
        refused(&world, address, token, says).await;
    }
    assert_eq!(world.sandbox.requests(), [], "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_says_why() {
    let world = World::unconnected().await;
    let ready = world.sandbox.ready().clone();
    let wrong = "entri_0000000000000000000000000000000000000000";
    refused(&world, &ready.base_url, wrong, "Invalid API token").await;
    let viewer = &ready.viewer_token;
    refused(&world, &ready.base_url, viewer, "cannot manage tokens").await;
    world.sandbox.fail_next(Fault {
        method: Method::GET,
        path: "/organizations/current".to_owned(),
        with_effect: false,
        answer: FaultAnswer::status(
            401,
            "application/json",
            r#"{"message":"API token has been revoked"}"#,
        ),
    });
    refused(&world, &ready.base_url, &ready.admin_token, "API token has been revoked").await;
    for _ in 0..2 {
        world.sandbox.fail_next(Fault {
            method: Method::GET,
            path: "/organizations/current".to_owned(),
            with_effect: false,
            answer: FaultAnswer::status(200, "text/html", "<!doctype html><title>Portal</title>"),
        });
    }
    refused(&world, &ready.base_url, &ready.admin_token, "Check that the address is that").await;
    // Nothing listens on this port: the kernel refuses the discard port of a loopback address.
    refused(&world, "http://127.0.0.1:9", &ready.admin_token, "cannot be reached").await;

    world.connect().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_say_the_organization_is_told_it() {
    let variant = Variant { organization_known: false, ..Variant::default() };
    let world = World::with(Config { variant, ..Config::default() }, Theme::Light).await;
    let ready = world.sandbox.ready().clone();
    let says = "does not say which organization";
    world.app.fill("#connect-token", &ready.admin_token).await;
    world.app.press("Connect").await;
    world.app.says(says).await;
    world.app.fill("#connect-organization", &ready.org_id).await;
    world.app.press("Connect").await;
    world.app.synced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_needs_no_account() {
    let world = World::unconnected().await;
    world.app.press("Open the sandbox").await;
    world.app.synced().await;
    world.app.says("Nordlys Apps").await;
    assert_eq!(world.app.text(".sidebar .chip").await, "Sandbox");
    assert_eq!(world.sandbox.requests(), [], "the app has one of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn disconnecting_removes_what_was_kept() {
    let world = World::connected().await;
    world.app.click(".connection").await;
    world.app.press("Disconnect…").await;
    world.app.press("Disconnect").await;
    world.app.find("#connect-token").await;
    let world = world.restart().await;
    world.app.find("#connect-token").await;
    assert!(!world.app.holds("Nordlys Apps").await);
    let keychain = world
        .desktop
        .command("secret-tool")
        .args(["search", "--all", "service", "Entri Tokens"])
        .output();
    let kept = keychain.expect("secret-tool runs").stdout;
    assert_eq!(String::from_utf8_lossy(&kept), "", "the keychain holds nothing of ours");
}
