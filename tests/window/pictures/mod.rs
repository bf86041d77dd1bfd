//! Every screen and dialog in both themes: pictured, and judged by axe.

mod connections;
mod found;
mod rotations;
mod sign_in;
mod states;

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::desktop::Theme;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

in_both_themes!(tour);

#[tokio::test(flavor = "multi_thread")]
async fn the_smallest_window_hides_nothing() {
    let world = World::connected().await;
    let app = &world.app;
    app.resize(1024, 700).await;
    app.nothing_sticks_out().await;
    app.press_key(Key::Down).await;
    app.press_key(Key::Enter).await;
    app.find(".details").await;
    app.nothing_sticks_out().await;
    app.picture("small-details-light").await;
    app.press_key(Key::Escape).await;
    app.press_create().await;
    app.press("GitHub Actions").await;
    app.nothing_sticks_out().await;
    app.picture("small-create-light").await;
    app.press_key(Key::Escape).await;
    app.gone("dialog").await;
    app.press_key("?").await;
    app.find("#help-title").await;
    let above = "document.querySelector('#help-title').getBoundingClientRect().top \
                 < document.querySelector('dialog').getBoundingClientRect().top";
    assert_eq!(
        app.eval(&format!("return {above}")).await,
        false,
        "a tall dialog begins with its title"
    );
}

async fn tour(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    let dark = world.app.eval("return matchMedia('(prefers-color-scheme: dark)').matches").await;
    assert_eq!(dark, theme == Theme::Dark, "the page follows the desktop");
    let shown = Shown { world: &world, theme };
    connect(&shown).await;
    list(&shown).await;
    create(&shown).await;
    revoke(&shown).await;
}

async fn connect(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.find("#connect-address").await;
    shown.as_picture("connect").await;
    shown.world.enter_token("sk_live_1234").await;
    app.says("those start with").await;
    shown.as_picture("connect-refused").await;
    shown.world.connect().await;
}

async fn list(shown: &Shown<'_>) {
    let app = &shown.world.app;
    shown.as_picture("tokens").await;
    app.click(".connection").await;
    shown.as_picture("menu").await;
    app.press(page("m.menu.disconnect")).await;
    shown.as_picture("disconnect").await;
    app.press(page("m.cancel")).await;
    app.press_card("Stale").await;
    app.says("6 of 48").await;
    app.click(".row[data-position='2']").await;
    app.says("Unused for").await;
    shown.as_picture("details").await;
    app.press_key(Key::Escape).await;
    app.fill(".search input", "nothing like it").await;
    app.says(page("m.empty.noMatch")).await;
    shown.as_picture("no-match").await;
    app.press(page("m.empty.clear")).await;
    app.click(".status-bar .end button:last-child").await;
    app.says("unused:>90d").await;
    shown.as_picture("help").await;
    app.press(page("m.close")).await;
}

async fn create(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.press_create().await;
    app.press("GitHub Actions").await;
    app.says("Read and write translations").await;
    shown.as_picture("create").await;
    app.click("label:has(input[value=never])").await;
    app.says("No expiry.").await;
    app.fill("#create-name", "").await;
    app.press("Create token").await;
    app.says("Enter a name").await;
    shown.as_picture("create-refused").await;
    app.fill("#create-name", "staging-server (r2)").await;
    app.press("Create token").await;
    app.says("Not copied yet.").await;
    shown.as_picture("created").await;
    app.press(page("deliver/newTokenText.close")).await;
    app.says(page("deliver/newTokenText.nobodyText")).await;
    shown.as_picture("created-leaving").await;
    app.press(page("deliver/newTokenText.back")).await;
    app.press(page("deliver/newTokenText.copy")).await;
    app.says("Copied and verified.").await;
    shown.as_picture("copied").await;
    app.press("Done").await;
    app.gone("dialog").await;
}

async fn revoke(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.on_row("staging-server (r2)").await;
    app.press_key(Key::Delete).await;
    app.says("This can’t be undone.").await;
    shown.as_picture("revoke").await;
    app.press(page("m.cancel")).await;
    app.fill(".search input", "Release pipeline").await;
    app.says("1 of 49").await;
    app.press_key(Key::Enter).await;
    app.press_key(Key::Home).await;
    app.on_row("Release pipeline").await;
    app.press_key(Key::Delete).await;
    app.fill("#revoke-name", "Release pi").await;
    assert_eq!(app.value("#revoke-name").await, "Release pi");
    shown.as_picture("revoke-by-name").await;
    app.fill("#revoke-name", "Release pipeline").await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Revoked “Release pipeline”.").await;
    shown.as_picture("revoked").await;
}
