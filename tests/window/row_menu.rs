//! The menu of a row, by the pointer and by the keyboard.

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::Theme;
use crate::shown::{Shown, in_both_themes};
use crate::world::World;

const ROW: &str = r#".row[data-position="3"]"#;

/// The driver lets go of the first button then, so that the row is clicked on as well.
async fn right_click(app: &App, css: &str) {
    let row = app.find(css).await;
    app.page.action_chain().context_click_element(&row).perform().await.expect("it is clicked");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_acts_on_the_row_that_was_clicked_and_gives_the_focus_back() {
    let world = World::connected().await;
    let app = &world.app;
    let name = app.text(&format!("{ROW} bdi")).await;
    right_click(app, ROW).await;
    app.has_focus("Show details\nEnter").await;
    app.press_key(Key::Escape).await;
    app.gone(".menu.of-row").await;
    app.has_focus("API tokens").await;
    app.on_row(&name).await;
    // Another one, while one is open.
    right_click(app, ROW).await;
    app.has_focus("Show details\nEnter").await;
    right_click(app, ".row[data-position='10']").await;
    let open = "return document.querySelectorAll('.menu:popover-open').length === 1
        && document.querySelector('.row.active').dataset.position === '10'";
    app.until("the menu of the other row", open).await;
    app.press_key(Key::Down).await;
    app.has_focus("Select\nX").await;
    app.press_key(Key::Enter).await;
    app.says("1 selected").await;
    app.has_focus("API tokens").await;
    right_click(app, ROW).await;
    app.has_focus("Show details\nEnter").await;
    app.press_key(Key::Up).await;
    app.has_focus("Revoke…\nDel").await;
    app.press_key(Key::Enter).await;
    app.says(&format!("Revoke “{name}”?")).await;
}

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    right_click(app, ROW).await;
    app.has_focus("Show details\nEnter").await;
    Shown { world: &world, theme }.as_picture("row-menu").await;
}
