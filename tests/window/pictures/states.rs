//! The states that nobody plans for: nothing there, a part missing, the server gone, names that are
//! hostile, a value that nobody has, no permission.

use entri_sandbox::{Config, Fault, FaultAnswer, Method};
use thirtyfour::Key;

use crate::app::App;
use crate::axe;
use crate::desktop::Theme;
use crate::shown::{Shown, in_both_themes};
use crate::world::World;

in_both_themes!(tour);

async fn tour(theme: Theme) {
    empty(theme).await;
    hostile(theme).await;
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let shown = Shown { world: &world, theme };
    partial(&shown).await;
    lost(&shown).await;
    leaver(&shown).await;
    unchecked(&shown).await;
    forbidden(&shown).await;
    offline(world, theme).await;
}

async fn empty(theme: Theme) {
    let world = World::with(Config { tokens: 0, ..Config::default() }, theme).await;
    world.connect().await;
    world.app.says("No tokens yet").await;
    Shown { world: &world, theme }.as_picture("empty").await;
}

async fn hostile(theme: Theme) {
    let world = World::with(Config { tokens: 1, ..Config::default() }, theme).await;
    let long = "w".repeat(5_000);
    for name in ["<b>bold</b>", "safe\u{202E}gnp.exe", "a\u{200B}dmin", &long] {
        world.sandbox.add_token(name).expect("it is added");
    }
    world.connect().await;
    world.app.says("safe⟨U+202E⟩gnp.exe").await;
    world.app.press_key(Key::Down).await;
    world.app.press_key(Key::Enter).await;
    world.app.find(".details").await;
    Shown { world: &world, theme }.as_picture("hostile-names").await;
}

/// The next request of this kind gets that answer.
fn fail(world: &World, method: Method, path: &str, with_effect: bool, status: u16) {
    let answer = FaultAnswer::status(status, "application/json", "{}");
    world.sandbox.fail_next(Fault { method, path: path.to_owned(), with_effect, answer });
}

async fn partial(shown: &Shown<'_>) {
    let app = &shown.world.app;
    for _ in 0..3 {
        fail(shown.world, Method::GET, "/projects/6660aa10/tokens", false, 500);
    }
    app.press_key(Key::Control + "r").await;
    app.says("Couldn’t load the tokens of “Marketing Website”. Showing them as last known.").await;
    shown.as_picture("partial").await;
    app.press("Retry").await;
    app.synced().await;
}

async fn lost(shown: &Shown<'_>) {
    let app = &shown.world.app;
    fail(shown.world, Method::POST, "/tokens", true, 500);
    app.press_create().await;
    app.fill("#create-name", "lost-on-the-way").await;
    app.press("Create token").await;
    app.says("It may have been done.").await;
    shown.as_picture("create-outcome-unknown").await;
    app.press("Cancel").await;
    app.says("its value never arrived").await;
    shown.as_picture("unresolved").await;
    app.press("Keep token").await;
    app.gone(".unresolved").await;
}

async fn leaver(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.press("Audit report").await;
    app.click("[aria-label='Show the tokens with: Creator left the organization (3)']").await;
    app.says("3 of 49").await;
    app.click(".row[data-position='0']").await;
    app.says("The creator is no longer a member.").await;
    shown.as_picture("leaver").await;
    app.press_key(Key::Escape).await;
}

async fn unchecked(shown: &Shown<'_>) {
    let app = &shown.world.app;
    fail(shown.world, Method::GET, "/members", false, 403);
    app.press_key(Key::Control + "r").await;
    app.press("Audit report").await;
    app.says("you can’t view members.").await;
    shown.as_picture("report-unchecked").await;
    app.click(".sidebar-item").await;
}

async fn forbidden(shown: &Shown<'_>) {
    let app = &shown.world.app;
    for _ in 0..4 {
        fail(shown.world, Method::GET, "/tokens", false, 403);
    }
    app.press_key(Key::Control + "r").await;
    app.find(".head button[disabled], .title button[disabled]").await;
    shown.as_picture("forbidden").await;
}

async fn offline(world: World, theme: Theme) {
    let World { sandbox, desktop, app } = world;
    app.close().await;
    sandbox.stop().await;
    let app = App::open(&desktop, &[]).await;
    app.says("Offline. Showing tokens from").await;
    app.nothing_sticks_out().await;
    app.picture(&format!("offline-{}", theme.name())).await;
    axe::finds_nothing(&app, "offline").await;
}
