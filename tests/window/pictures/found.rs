//! Values that were found: what is asked, the incident, and a value that nobody knows.

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::desktop::Theme;
use crate::found::{leaked, paste};
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

const FOREIGN: &str = "entri_EXAMPLEONLYnobodyOfHere7h2Kq9ZpVw3";

in_both_themes!(tour);

async fn tour(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    let value = leaked(&world, "staging-server (old)").await;
    app.press("I found a token…").await;
    paste(&world, &value);
    app.says("is exposed").await;
    shown.as_picture("found-named").await;
    app.press(page("found/foundText.revoke")).await;
    app.says(page("found/foundText.consequence")).await;
    shown.as_picture("found-confirm").await;
    app.press(page("found/foundText.submit")).await;
    app.says("proven dead").await;
    app.says(page("found/foundText.enterSince")).await;
    shown.as_picture("found").await;
    app.fill("#exposure-2", "2026-11-01").await;
    app.press_key(Key::Tab).await;
    app.says("from 1 Nov 2026").await;
    shown.as_picture("found-exposure").await;
    app.press(page("found/foundText.another")).await;
    paste(&world, FOREIGN);
    app.says("Whose value is this?").await;
    shown.as_picture("found-unknown").await;
    app.click(".sidebar-item").await;
    app.says("2 incidents are still open").await;
    shown.as_picture("found-open").await;
}
