//! Every way in, through the connect screen, to the whole list.

use std::fs;

use crate::desktop::until;
use crate::words::page;
use crate::world::World;

pub async fn choose(world: &World, way: &str) {
    world.app.click(&format!("label:has(input[value={way}])")).await;
}

/// Leaves a token where the command-line tool does; what its file says.
pub fn configure_cli(world: &World) -> String {
    let ready = world.sandbox.ready();
    let folder = world.desktop.home().join(".nt3");
    fs::create_dir(&folder).expect("a folder");
    let config = format!(r#"{{"token":"{}","api_url":"{}"}}"#, ready.admin_token, ready.base_url);
    fs::write(folder.join("config.json"), &config).expect("a file");
    config
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_with_a_password() {
    let world = World::unconnected().await;
    let (app, ready) = (&world.app, world.sandbox.ready());
    choose(&world, "password").await;
    app.fill("#connect-email", &ready.admin_email).await;
    world.enter_password("wrong").await;
    app.says("doesn’t recognize this email address and password").await;
    assert_eq!(app.value("#connect-email").await, ready.admin_email, "nothing typed is lost");
    world.enter_password(&ready.admin_password).await;
    app.synced().await;
    app.says(&format!("Signed in as {} (owner)", ready.admin_email)).await;
    assert!(!app.holds(&ready.admin_password).await);
    let world = world.restart().await;
    let before = world.sandbox.requests().len();
    until("the session comes from the keychain", || world.sandbox.requests().len() > before + 3);
    world.app.synced().await;
    crate::leaks::nothing_on_disk(&world.desktop, &[&world.sandbox.ready().admin_password]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_with_a_second_factor() {
    let world = World::unconnected().await;
    let (app, ready) = (&world.app, world.sandbox.ready());
    choose(&world, "password").await;
    app.fill("#connect-email", &ready.two_factor_email).await;
    world.enter_password(&ready.two_factor_password).await;
    app.says(page("sign-in/signInText.codeHints.totp")).await;
    app.fill("#connect-code", "000000").await;
    app.press(page("sign-in/signInText.answer")).await;
    app.says("Wrong code.").await;
    app.fill("#connect-code", &world.sandbox.totp_code()).await;
    app.press(page("sign-in/signInText.answer")).await;
    app.synced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_cookie() {
    let world = World::unconnected().await;
    let app = &world.app;
    choose(&world, "cookie").await;
    app.press(page("sign-in/signInText.submit.cookie")).await;
    world.desktop.enter("Enter the session cookie", "better-auth.session_token=unsigned");
    app.says("The session cookie is incomplete").await;
    app.press(page("sign-in/signInText.submit.cookie")).await;
    world.desktop.enter("Enter the session cookie", &world.sandbox.session_cookie());
    app.synced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_own_page_in_a_window() {
    let world = World::unconnected().await;
    let ready = world.sandbox.ready();
    choose(&world, "window").await;
    world.open_sign_in_page().await;
    let title = format!("{} – Sign in", ready.base_url);
    until("the window says where it is, and shows it", || world.desktop.shows_a_page(&title));
    world.desktop.type_into(&title, &ready.admin_email, &ready.admin_password);
    world.app.synced().await;
    until("the window is closed", || !world.desktop.has_window(&title));
    world.app.says("Signed in as").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_the_command_line_tool() {
    let world = World::unconnected().await;
    let config = configure_cli(&world);
    let world = world.restart().await;
    world.app.says("Found a token from the nt3 CLI on this computer.").await;
    world.app.says(".nt3/config.json").await;
    assert!(!world.app.holds(&world.sandbox.ready().admin_token).await, "the page has a mask only");
    world.app.press(page("sign-in/signInText.use")).await;
    world.desktop.say_yes("Connect to this server?", "Connect");
    world.app.synced().await;
    let after = fs::read_to_string(world.desktop.home().join(".nt3/config.json"));
    assert_eq!(after.expect("it is there"), config, "it is only read");
}
