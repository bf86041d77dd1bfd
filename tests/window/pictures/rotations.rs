//! The dialogs of rotations that have no other story: of the app's own token, and of several at once; by keyboard alone.

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::desktop::Theme;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

/// The smallest window, the usual one, and a wide screen.
const SIZES: [(u32, u32); 3] = [(1024, 700), (2560, 1440), (1280, 800)];

in_both_themes!(tour);

async fn tour(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    // It was used last, so it is the first one.
    app.press_key(Key::Down).await;
    app.on_row("Entri Tokens app").await;
    app.press_key("r").await;
    app.has_focus(page("rotation/rotateText.submit")).await;
    app.says(page("rotation/rotateText.alone")).await;
    in_all_sizes(&shown, "rotate-own").await;
    app.press_key(Key::Escape).await;
    app.gone("dialog").await;
    several(&shown).await;
}

async fn several(shown: &Shown<'_>) {
    let app = &shown.world.app;
    for _ in 0..2 {
        app.press_key(Key::Down).await;
        app.press_key("x").await;
    }
    app.press_key("r").await;
    app.has_focus(page("rotation/rotateText.submit")).await;
    app.says("1 more selected token after this one").await;
    in_all_sizes(shown, "rotate-several").await;
    app.press_key(Key::Enter).await;
    app.says("1 more selected token after this one").await;
    app.says("The old one still works.").await;
    in_all_sizes(shown, "handover-several").await;
    app.walk_and_press(page("deliver/newTokenText.copy")).await;
    app.says("Copied and verified.").await;
    app.walk_and_press(page("deliver/newTokenText.done")).await;
    // The next one follows by itself, and is the last: a second Enter creates nothing.
    app.has_focus(page("m.cancel")).await;
    app.press_key(Key::Escape).await;
    app.gone("dialog").await;
}

async fn in_all_sizes(shown: &Shown<'_>, screen: &str) {
    let app = &shown.world.app;
    for (width, height) in SIZES {
        app.resize(width, height).await;
        app.nothing_sticks_out().await;
        app.picture(&format!("{screen}-{width}-{}", shown.theme.name())).await;
    }
    shown.as_picture(screen).await;
}
