//! The palette, with a real keyboard.

use crate::desktop::Theme;
use crate::hand::Hand;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;
use entri_sandbox::Config;
use thirtyfour::Key;

in_both_themes!(finds_and_does);

const FIRST: &str =
    "return document.querySelector('[role=option][aria-selected=true] > bdi')?.textContent";

async fn finds_and_does(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let shown = Shown { world: &world, theme };
    app.find(".row").await;
    // From a field, which has the focus again once it is closed.
    hand.key("slash").await;
    app.has_focus(page("m.search")).await;
    hand.key("ctrl+k").await;
    app.has_focus(page("palette/paletteText.placeholder")).await;
    app.press_key("exp").await;
    app.until(
        "tokens are found",
        "return document.querySelector('[aria-label=Tokens] [role=option]') !== null",
    )
    .await;
    shown.as_picture("palette").await;
    if matches!(theme, Theme::Light) {
        does(&world, &hand).await;
    }
}

async fn does(world: &World, hand: &Hand<'_>) {
    let app = &world.app;
    hand.key("Escape").await;
    app.has_focus(page("m.search")).await;
    // An act of another screen.
    hand.key("ctrl+k").await;
    app.press_key("export act").await;
    app.until(
        "the act is first",
        &format!("{FIRST} === '{}'", page("commands/actText.exportActivity")),
    )
    .await;
    hand.key("Return").await;
    app.named("h2", page("activity/activityText.exportTitle")).await;
    hand.key("Escape").await;
    app.gone("dialog").await;
    // A token, by a part of its name, on a keyboard of another script.
    world.desktop.lay_out_keyboard("ru");
    hand.key("ctrl+45").await;
    app.has_focus(page("palette/paletteText.placeholder")).await;
    world.desktop.lay_out_keyboard("us");
    app.press_key("gitlab").await;
    app.until("the token is found", &format!("{FIRST}.startsWith('gitlab')")).await;
    hand.key("Return").await;
    app.find(".details").await;
    app.until("its row is active", "return document.querySelector('.row.active bdi').textContent === document.querySelector('.details h2').textContent").await;
    // What can't be undone only opens its dialog.
    hand.key("ctrl+k").await;
    app.press_key("revoke…").await;
    hand.key("Return").await;
    app.until("its name is to be typed", "return document.activeElement.id === 'revoke-name'")
        .await;
    app.press_key(Key::Escape).await;
    app.has_focus(page("m.title")).await;
    // An Enter that is held down opens a dialog, and presses nothing in it.
    let tokens = world.alive().len();
    hand.key("ctrl+k").await;
    app.press_key("rotate…").await;
    hand.hold_key("Return").await;
    app.has_focus(page("rotation/rotateText.submit")).await;
    assert_eq!(world.alive().len(), tokens, "nothing is created");
}
