//! The page is loaded again while something is under way: the page that comes shows it as it is.

use entri_sandbox::{Fault, FaultAnswer, Method};

use crate::app::App;
use std::time::Duration;

use crate::desktop::until;
use crate::ways_in::choose;
use crate::words::page;
use crate::world::World;

impl App {
    /// Loads the page again, as the app does when the page's process has ended.
    async fn load_again(&self) {
        self.eval("window.isBefore = true").await;
        self.page.refresh().await.expect("the page is loaded again");
        // The driver may be back while the page before is still there, and takes a click.
        self.until("the page before is gone", "return window.isBefore === undefined").await;
        self.find(".app, .connect").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_waits_can_still_be_copied() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "waits").await;
    app.press("Create token").await;
    app.says("Created “waits”. Not copied yet.").await;
    app.load_again().await;
    app.says("Created “waits”. Not copied yet.").await;
    app.press(page("deliver/newTokenText.close")).await;
    app.says(page("deliver/newTokenText.nobodyText")).await;
    app.press(page("deliver/newTokenText.back")).await;
    app.press(page("deliver/newTokenText.copy")).await;
    app.says("Copied and verified.").await;
    let secret = world.desktop.paste().expect("it is there");
    assert!(world.answer_to(&secret).await.is_success());
    app.load_again().await;
    app.says("Created “waits”. Copied ").await;
    app.press("Done").await;
    app.gone("dialog").await;
    app.load_again().await;
    app.synced().await;
    app.gone("dialog").await;
    assert!(!app.holds(&secret).await);
    assert_eq!(world.requests("POST"), 1);
}

/// The page that goes sends what it has in hand once more, on another way: Tauri's own script does that.
#[tokio::test(flavor = "multi_thread")]
async fn a_create_on_its_way_is_not_sent_again() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "once").await;
    world.sandbox.fail_next(Fault {
        method: Method::POST,
        path: "/tokens".to_owned(),
        with_effect: true,
        answer: FaultAnswer::Late(Duration::from_secs(3)),
    });
    app.press("Create token").await;
    until("it is sent", || world.requests("POST") == 1);
    app.load_again().await;
    app.says("Created “once”. Not copied yet.").await;
    assert_eq!(world.requests("POST"), 1);
    assert_eq!(world.alive().iter().filter(|name| *name == "once").count(), 1);
}

/// The server asks for so long a wait that the bulk revoke goes on as long as nobody stops it.
#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_revoke_that_runs_can_be_stopped() {
    let world = World::connected().await;
    let app = &world.app;
    world.plan_stale().await;
    world.sandbox.fail_next(Fault {
        method: Method::DELETE,
        path: "/tokens".to_owned(),
        with_effect: false,
        answer: FaultAnswer::Answer {
            status: 429,
            content_type: "application/json",
            headers: vec![("retry-after", "60".to_owned())],
            body: "{}".to_owned(),
        },
    });
    world.revoke_planned("6").await;
    app.says("The server is rate limiting. This token is rechecked in 60 seconds.").await;
    app.load_again().await;
    app.says("Revoking 6 tokens…").await;
    app.says("The server is rate limiting. This token is rechecked in 60 seconds.").await;
    app.press(page("bulk-revoke/bulkText.stop")).await;
    app.says("Not processed").await;
    app.load_again().await;
    app.says("Not processed").await;
    app.press(page("m.close")).await;
    app.gone("dialog").await;
    app.load_again().await;
    app.synced().await;
    app.gone("dialog").await;
    app.says("48 tokens").await;
    assert_eq!((world.requests("DELETE"), world.alive().len()), (1, 48));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_in_a_window_can_be_begun_again() {
    let world = World::unconnected().await;
    let (app, ready) = (&world.app, world.sandbox.ready());
    let title = format!("{} – Sign in", ready.base_url);
    choose(&world, "window").await;
    world.open_sign_in_page().await;
    until("the window shows where it is", || world.desktop.shows_a_page(&title));
    let [first] = &*world.desktop.windows(&title) else { panic!("one window") };
    app.load_again().await;
    choose(&world, "window").await;
    world.open_sign_in_page().await;
    until("another window has taken its place", || {
        let windows = world.desktop.windows(&title);
        windows.len() == 1 && windows[0] != *first && world.desktop.shows_a_page(&title)
    });
    world.desktop.type_into(&title, &ready.admin_email, &ready.admin_password);
    app.synced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_waits_for_a_code_goes_on() {
    let world = World::unconnected().await;
    let (app, ready) = (&world.app, world.sandbox.ready());
    choose(&world, "password").await;
    app.fill("#connect-email", &ready.two_factor_email).await;
    world.enter_password(&ready.two_factor_password).await;
    app.says(page("sign-in/signInText.codeHints.totp")).await;
    app.load_again().await;
    app.says(page("sign-in/signInText.codeHints.totp")).await;
    assert!(!app.holds(&ready.two_factor_password).await);
    app.fill("#connect-code", &world.sandbox.totp_code()).await;
    app.press(page("sign-in/signInText.answer")).await;
    app.synced().await;
}
