//! Practicing a leak with a real keyboard and clipboard, while a real connection is there, which isn't touched.

use entri_sandbox::Config;

use crate::canary::{close, copied};
use crate::desktop::Theme;
use crate::found::ASKED;
use crate::hand::Hand;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

in_both_themes!(practiced);

async fn practiced(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    let before = world.sandbox.request_count();
    begun(&world, "practice a leak").await;
    app.says(page("practice/tasks.leak")).await;
    app.press("I found a token…").await;
    world.desktop.paste_into(ASKED);
    world.desktop.enter(ASKED, "");
    app.says("“drill-leaked” is exposed").await;
    app.says("Certain").await;
    shown.as_picture("practice").await;
    if matches!(theme, Theme::Light) {
        ended(&world).await;
    }
    // The second click falls on what takes the button's place.
    Hand::on(&world).await.double_click_on(".practice > .button:last-of-type").await;
    app.says("You skipped").await;
    shown.as_picture("practice-missed").await;
    app.press(page("practice/practiceText.close")).await;
    app.gone(".practice").await;
    assert_eq!(world.sandbox.request_count(), before, "the real server hears nothing of it");
}

/// Begins a drill by the palette.
async fn begun(world: &World, words: &str) {
    let hand = Hand::on(world).await;
    hand.key("ctrl+k").await;
    world.app.has_focus(page("palette/paletteText.placeholder")).await;
    world.app.press_key(words).await;
    hand.key("Return").await;
}

/// To the end of the leak, and on with a rotation.
async fn ended(world: &World) {
    let app = &world.app;
    app.press(page("found/foundText.revoke")).await;
    app.press(page("found/foundText.submit")).await;
    app.says("“drill-leaked” is revoked and proven dead").await;
    app.press(page("found/foundText.replace")).await;
    app.find("#create-name").await;
    app.press("Create token").await;
    copied(world).await;
    close(world).await;
    app.says("no step missed").await;
    begun(world, "practice a rotation").await;
    app.says(page("practice/tasks.rotation")).await;
}
