//! The preferences, by hand: each takes effect at once, outlives a restart, and goes back.

use std::fs;

use entri_sandbox::{Config, Sandbox};

use crate::app::App;
use crate::axe;
use crate::desktop::{Desktop, Theme};
use crate::hand::Hand;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

const COUNTDOWN: &str = "Revoke without a countdown?";

in_both_themes!(set_restarted_and_reset);

async fn set_restarted_and_reset(theme: Theme) {
    let sandbox = Sandbox::start(Config::default()).await.expect("the sandbox starts");
    let mut desktop = Desktop::with_theme(theme);
    desktop.set("TZ", "Asia/Tokyo");
    let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
    let mut world = World { sandbox, desktop, app };
    world.connect().await;
    opened(&world, theme).await;
    if theme == Theme::Dark {
        return;
    }
    set(&world).await;
    world = world.restart().await;
    is_set(&world.app).await;
    reset(&world).await;
    world = world.restart().await;
    let app = &world.app;
    app.until("the list has its usual rows", &row_is(44)).await;
    app.until("the theme is the desktop's", &scheme_is("light dark")).await;
    damaged(world).await;
}

/// Opens the page by its keys, and looks at all of it.
async fn opened(world: &World, theme: Theme) {
    let (app, hand) = (&world.app, Hand::on(world).await);
    app.until("rows are there", &row_is(44)).await;
    hand.key("ctrl+comma").await;
    app.named("h1", page("preferences/preferencesText.title")).await;
    app.find("[name=theme]:checked").await;
    Shown { world, theme }.as_picture("preferences").await;
    for (width, height) in [(1024, 700), (1280, 800)] {
        app.resize(width, height).await;
        app.nothing_sticks_out().await;
    }
}

async fn set(world: &World) {
    let (app, hand) = (&world.app, Hand::on(world).await);
    choose(&hand, "theme", "dark").await;
    app.until("the page is dark", &scheme_is("dark")).await;
    axe::finds_nothing(app, "preferences in dark colors").await;
    choose(&hand, "density", "compact").await;
    choose(&hand, "zone", "utc").await;
    pick(app, "clearClipboard", "60").await;
    app.until("it is kept", "return document.querySelectorAll('.setting .link').length === 4")
        .await;
    // What makes a mistake costlier is asked about in a native window.
    pick(app, "countdown", "0").await;
    world.desktop.say_no(COUNTDOWN);
    app.until("it is on still", &value_is("countdown", "5")).await;
    hand.click("h1").await;
    pick(app, "countdown", "0").await;
    world.desktop.say_yes(COUNTDOWN, "Turn off");
    app.until("it is off", &resets(5)).await;
    hand.click("[data-setting=singleKeys] .switch").await;
    app.until("it is off", &resets(6)).await;
    // The hand knows where things are in the usual size.
    hand.key("ctrl+plus").await;
    app.until("its own keys are followed", &size_is("110%")).await;
    to_list(app).await;
    app.until("the rows are closer", &row_is(36)).await;
    hand.key("c").await;
    hand.key("ctrl+k").await;
    app.has_focus(page("palette/paletteText.placeholder")).await;
    hand.key("Escape").await;
    app.gone("dialog").await;
}

/// After a restart, before anybody pressed anything.
async fn is_set(app: &App) {
    app.until("the rows are closer", &row_is(36)).await;
    app.until("the page is dark", &scheme_is("dark")).await;
    app.click(".sidebar .last .sidebar-item").await;
    app.until("the size", &size_is("110%")).await;
    app.until("the clipboard", &value_is("clearClipboard", "60")).await;
    app.until("the countdown", &value_is("countdown", "0")).await;
    let zone = "return document.querySelector('[name=zone]:checked').value === 'utc'";
    app.until("the zone", zone).await;
    app.says("Local (UTC+9)").await;
    let off = "return !document.querySelector('[data-setting=singleKeys] .switch').checked";
    app.until("single keys", off).await;
}

async fn reset(world: &World) {
    let app = &world.app;
    app.press(page("preferences/preferencesText.resetAll")).await;
    app.press(page("preferences/preferencesText.resetSubmit")).await;
    app.says(page("preferences/preferencesText.wereReset")).await;
    app.until(
        "nothing is left to reset",
        "return document.querySelector('.setting .link') === null",
    )
    .await;
    app.until("the size", &size_is("100%")).await;
    app.until("the theme is the desktop's", &scheme_is("light dark")).await;
}

/// A file that somebody edited, and the colors of a page that isn't the app's own, before any of its script ran.
async fn damaged(world: World) {
    let file = world.desktop.home().join("data/entri-tokens/settings.json");
    let World { sandbox, desktop, app } = world;
    app.close().await;
    fs::write(&file, r#"{"theme":"dark","textSize":7}"#).expect("the file is written");
    let app = App::open(&desktop, &[]).await;
    app.says("These settings couldn’t be read and are at their defaults: text size.").await;
    app.until("the rest holds", &scheme_is("dark")).await;
    app.click(".sidebar .last .sidebar-item").await;
    app.until("the size", &size_is("100%")).await;
    app.eval("location.href = 'stopped.html'").await;
    app.until("another page", "return location.pathname === '/stopped.html'").await;
    app.until("it is dark from its first paint", &scheme_is("dark")).await;
    drop(sandbox);
}

async fn choose(hand: &Hand<'_>, name: &str, value: &str) {
    hand.click(&format!("label:has([name={name}][value={value}])")).await;
}

async fn pick(app: &App, name: &str, value: &str) {
    app.eval(&format!(
        "const select = document.querySelector('[data-setting={name}] select');
         select.value = '{value}';
         select.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .await;
}

async fn to_list(app: &App) {
    app.click(".sidebar section .sidebar-item").await;
}

fn scheme_is(scheme: &str) -> String {
    format!("return getComputedStyle(document.documentElement).colorScheme === '{scheme}'")
}

fn resets(count: usize) -> String {
    format!("return document.querySelectorAll('.setting .link').length === {count}")
}

fn row_is(pixels: u32) -> String {
    format!("return Math.round(document.querySelector('.row')?.offsetHeight) === {pixels}")
}

fn size_is(percent: &str) -> String {
    format!("return document.querySelector('.stepper output')?.textContent === '{percent}'")
}

fn value_is(name: &str, value: &str) -> String {
    format!("return document.querySelector('[data-setting={name}] select').value === '{value}'")
}
