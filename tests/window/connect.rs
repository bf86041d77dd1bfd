//! The connect screen: what it refuses says why, and nothing typed is lost.

use entri_sandbox::{Config, Fault, FaultAnswer, Method, Variant};

use crate::desktop::Theme;
use crate::words::page;
use crate::world::World;

/// What was typed stays, a sentence says what is wrong, and the focus is on the field to correct.
async fn refused(world: &World, address: &str, token: &str, says: &str) {
    let app = &world.app;
    app.fill("#connect-address", address).await;
    let button = "return document.querySelector('.connect .primary').getBoundingClientRect().top";
    let before = app.eval(button).await;
    world.enter_token(token).await;
    app.says(says).await;
    assert_eq!(app.eval(button).await, before, "the button is where it was pressed: {says}");
    let mendable = "const { activeElement: it } = document;
        return it.ariaInvalid === 'true' || it.innerText === 'Enter the API token…'";
    app.until(&format!("the focus is where it can be mended: {says}"), mendable).await;
    assert_eq!(app.value("#connect-address").await, address, "the address stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_before_anything_is_sent() {
    let world = World::unconnected().await;
    let address = &world.sandbox.ready().base_url;
    let addresses = [
        ("", "Enter the server’s address"),
        ("not an address", "This isn’t an address."),
        ("http://entri.example.com", "https"),
        ("ftp://entri.example.com", "The address must start with https://"),
    ];
    for (address, says) in addresses {
        world.app.fill("#connect-address", address).await;
        world.app.press(page("sign-in/signInText.submit.apiToken")).await;
        world.app.says(says).await;
        let marked = "return document.activeElement.getAttribute('aria-invalid') === 'true'";
        world.app.until(&format!("the focus is on the mistake: {says}"), marked).await;
        assert_eq!(world.app.value("#connect-address").await, address, "the address stays");
    }
    let tokens = [
        ("", "Paste an API token."),
        ("sk_live_1234", "those start with “entri_”"),
        ("entri_", "The API token is incomplete."),
    ];
    for (token, says) in tokens {
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
    refused(&world, &ready.base_url, viewer, "can’t manage tokens").await;
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
    refused(&world, &ready.base_url, &ready.admin_token, "respond like an Entri server").await;
    // Nothing listens on this port: the kernel refuses the discard port of a loopback address.
    refused(&world, "http://127.0.0.1:9", &ready.admin_token, "Can’t reach").await;

    world.connect().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_say_the_organization_is_told_it() {
    let variant = Variant { organization_known: false, ..Variant::default() };
    let world = World::with(Config { variant, ..Config::default() }, Theme::Light).await;
    let ready = world.sandbox.ready().clone();
    let says = "doesn’t say which organization";
    world.enter_token(&ready.admin_token).await;
    world.app.says(says).await;
    world.app.fill("#connect-organization", &ready.org_id).await;
    // What was entered is not lost: it stands in the window, and Enter alone sends it.
    world.enter_token("").await;
    world.app.synced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_needs_no_account() {
    let world = World::unconnected().await;
    world.app.press(page("sign-in/signInText.openSandbox")).await;
    world.app.synced().await;
    world.app.says("Nordlys Apps").await;
    assert_eq!(world.app.text(".sidebar .chip").await, "Sandbox");
    assert_eq!(world.sandbox.requests(), [], "the app has one of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn disconnecting_removes_what_was_kept() {
    let world = World::connected().await;
    world.app.click(".connection").await;
    world.app.press(page("m.menu.disconnect")).await;
    world.app.press(page("connection/disconnectText.submit")).await;
    world.app.find("#connect-address").await;
    let world = world.restart().await;
    world.app.find("#connect-address").await;
    assert!(!world.app.holds("Nordlys Apps").await);
    let keychain = world
        .desktop
        .command("secret-tool")
        .args(["search", "--all", "service", "Entri Tokens"])
        .output();
    let kept = keychain.expect("secret-tool runs").stdout;
    assert_eq!(String::from_utf8_lossy(&kept), "", "the keychain holds nothing of ours");
}
