//! What somebody signs in with, and the value of a new token, get neither into the page nor to a server
//! that nobody confirmed.

use std::fs;

use serde_json::json;

use super::acts::{REACH, VALUE};
use super::prey::Prey;
use crate::canary::in_memory;
use crate::desktop::until;
use crate::navigation::Port;
use crate::reveal::in_page;
use crate::ways_in::choose;
use crate::words::page;
use crate::world::World;

/// Whoever made a token and then enters it for another server by mistake is stopped.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_value_goes_to_no_other_server() {
    let prey = Prey::set_up().await;
    let Prey { world, forbidden, .. } = &prey;
    prey.begin("secrets_reveal", &json!({"handle": VALUE})).await;
    world.desktop.say_yes("Show the value", "Show");
    let value = prey.ended().await.as_str().expect("a value").to_owned();
    let credential = json!({"kind": "apiToken"});
    let request = json!({"address": forbidden.address, "credential": credential,
        "organizationId": null});
    world.app.touch();
    prey.begin("connections_connect", &json!({"request": request})).await;
    world.desktop.enter("Enter the API token", &value);
    let said = prey.ended().await;
    assert!(said["message"].as_str().is_some_and(|it| it.contains("Nothing was sent")), "{said}");
    assert_eq!(forbidden.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_signs_in_with_never_gets_into_the_page() {
    let world = World::connected().await;
    let token = world.sandbox.ready().admin_token.clone();
    let places = in_memory(&world, &token);
    assert!(!in_page(&places), "{places:?}");
    assert!(places.iter().any(|it| it.starts_with("entri-tokens")), "the app uses it: {places:?}");
}

/// Typed or pasted, a password is wiped once it was sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_sent_is_nowhere() {
    let world = World::unconnected().await;
    let password = &world.sandbox.ready().admin_password;
    for pasted in [false, true] {
        ask_for_password(&world).await;
        if pasted {
            world.desktop.copy(password);
            world.desktop.paste_into("Enter the password");
        } else {
            world.desktop.type_there("Enter the password", password);
        }
        until("it stands in the field", || !in_memory(&world, password).is_empty());
        assert!(!in_page(&in_memory(&world, password)), "pasted: {pasted}");
        world.desktop.enter("Enter the password", "");
        world.app.synced().await;
        world.desktop.copy("something else");
        let left = in_memory(&world, password);
        assert!(left.is_empty(), "pasted: {pasted}, {left:?}");
        world.app.click(".connection").await;
        world.app.press(page("m.menu.disconnect")).await;
        world.app.press(page("connection/disconnectText.submit")).await;
    }
}

async fn ask_for_password(world: &World) {
    choose(world, "password").await;
    world.app.fill("#connect-address", &world.sandbox.ready().base_url).await;
    world.app.fill("#connect-email", &world.sandbox.ready().admin_email).await;
    world.app.press(page("sign-in/signInText.submit.password")).await;
}

/// The file of the command-line tool can change while it is asked about.
#[tokio::test(flavor = "multi_thread")]
async fn the_server_that_was_confirmed_is_the_one_that_is_reached() {
    let prey = Prey::set_up().await;
    let (desktop, other) = (&prey.world.desktop, Port::open());
    let way = json!({"kind": "cli", "place": "globalFile"});
    let request = json!({"address": "", "credential": way, "organizationId": null});
    prey.begin("connections_connect", &json!({"request": request})).await;
    until("the app asks", || desktop.has_window(REACH));
    let config = json!({"token": "entri_0123456789abcdef", "api_url": other.address});
    fs::write(desktop.home().join(".nt3/config.json"), config.to_string()).expect("a file");
    desktop.say_yes(REACH, "Connect");
    let mut reached = (0, 0);
    until("a server is reached", || {
        reached = (prey.forbidden.connections(), other.connections());
        reached != (0, 0)
    });
    assert!(reached.0 > 0 && reached.1 == 0, "{reached:?}");
}
