//! Every way in, and the page of the sandbox that one of them leads to.

use std::collections::HashMap;

use entri_sandbox::Config;
use serde_json::json;

use crate::app::picture_file;
use crate::axe;
use crate::desktop::{Theme, until};
use crate::shown::{Shown, in_both_themes};
use crate::ways_in::{choose, configure_cli};
use crate::world::World;

/// Puts a server's page in the place of the app's, which may load nothing of it by itself.
const SHOW: &str = "
    const page = new DOMParser().parseFromString(given.html, 'text/html');
    document.documentElement.replaceWith(document.adoptNode(page.documentElement));
    const style = new CSSStyleSheet();
    style.replaceSync(given.css);
    document.adoptedStyleSheets = [style];";
/// The second step of signing in, as the page's own script shows it.
const SECOND_STEP: &str = "
    for (const id of ['sign-in', 'accounts']) document.getElementById(id).hidden = true;
    document.getElementById('second').hidden = false;";

in_both_themes!(tour);

async fn tour(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    configure_cli(&world);
    let world = world.restart().await;
    let shown = Shown { world: &world, theme };
    ways(&shown).await;
    second_factor(&shown).await;
    own_page(&shown).await;
    axe_on_own_page(&world).await;
}

async fn ways(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.says("from the nt3 CLI on this computer.").await;
    shown.as_picture("cli-token").await;
    app.fill("#connect-address", &shown.world.sandbox.ready().base_url).await;
    for way in ["window", "cookie", "password"] {
        choose(shown.world, way).await;
        shown.as_picture(&format!("way-{way}")).await;
    }
}

async fn second_factor(shown: &Shown<'_>) {
    let (app, ready) = (&shown.world.app, shown.world.sandbox.ready());
    app.fill("#connect-email", &ready.two_factor_email).await;
    shown.world.enter_password(&ready.two_factor_password).await;
    app.says("6-digit code from your authenticator app.").await;
    app.fill("#connect-code", "000000").await;
    shown.as_picture("second-factor").await;
    app.press("Sign in").await;
    app.says("Wrong code.").await;
    shown.as_picture("second-factor-refused").await;
    app.click("label:has(input[value=sentCode])").await;
    app.press("Send a code").await;
    app.says("Code sent.").await;
    shown.as_picture("second-factor-sent").await;
    app.press("Start over").await;
}

async fn own_page(shown: &Shown<'_>) {
    let (desktop, ready) = (&shown.world.desktop, shown.world.sandbox.ready());
    choose(shown.world, "window").await;
    shown.world.open_sign_in_page().await;
    let title = format!("{} – Sign in", ready.base_url);
    until("the window shows the page", || desktop.shows_a_page(&title));
    desktop.picture(&title, &picture_file(&format!("sandbox-login-{}", shown.theme.name())));
    desktop.type_into(&title, &ready.admin_email, &ready.admin_password);
    shown.world.app.synced().await;
}

async fn axe_on_own_page(world: &World) {
    let mut parts = HashMap::new();
    for (part, path) in [("html", "/login"), ("css", "/login/login.css")] {
        let address = format!("{}{path}", world.sandbox.ready().base_url);
        let answer = reqwest::get(address).await.expect("the sandbox answers");
        parts.insert(part, answer.text().await.expect("it is text"));
    }
    world.app.eval(&format!("const given = {};{SHOW}", json!(parts))).await;
    axe::finds_nothing(&world.app, "the sandbox's page for signing in").await;
    world.app.eval(SECOND_STEP).await;
    axe::finds_nothing(&world.app, "the second step on it").await;
}
