//! The menu of a row, by the mouse and by the keyboard.

use entri_sandbox::Config;

use crate::app::App;
use crate::desktop::{Theme, until};
use crate::hand::Hand;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

const ROW: &str = r#".row[data-position="3"]"#;
const ABOVE: &str = r#".row[data-position="1"]"#;
const FIRST_ENTRY: &str = "Show details\nEnter";
const MENU: &str = ".menu.of-row";
/// Its first entry is what is seen where it should be.
const ON_SCREEN: &str = "const entry = document.querySelector('.menu.of-row button');
    const { left, top, width, height } = entry?.getBoundingClientRect() ?? {};
    return entry !== null
        && document.elementFromPoint(left + width / 2, top + height / 2)?.closest('button') === entry";

/// The left, upper and lower edge of an element.
async fn place(app: &App, css: &str) -> (f64, f64, f64) {
    let script = "const { left, top, bottom } = it.getBoundingClientRect();
        return [left, top, bottom]";
    app.find(css).await;
    let script = format!("const it = document.querySelector(\"{css}\"); {script}");
    serde_json::from_value(app.eval(&script).await).expect("three edges")
}

async fn is_open(app: &App) {
    app.has_focus(FIRST_ENTRY).await;
    app.until("the menu is on the screen", ON_SCREEN).await;
    // It comes by a few pixels.
    app.stands_still().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stays_after_the_click_and_acts_on_the_row_that_was_clicked() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let name = app.text(&format!("{ROW} bdi")).await;
    hand.right_click(ROW).await;
    is_open(app).await;
    app.on_row(&name).await;
    hand.key("Escape").await;
    app.gone(MENU).await;
    app.has_focus(page("m.title")).await;
    // Another one, while one is open.
    hand.right_click(ROW).await;
    is_open(app).await;
    hand.right_click(".row[data-position='0']").await;
    let other = "return document.querySelectorAll('.menu:popover-open').length === 1
        && document.querySelector('.row.active').dataset.position === '0'";
    app.until("the menu of the other row", other).await;
    is_open(app).await;
    hand.key("Down").await;
    app.has_focus("Select\nX").await;
    hand.key("Return").await;
    app.says("1 selected").await;
    app.has_focus(page("m.title")).await;
    hand.right_click(ROW).await;
    is_open(app).await;
    hand.click(&format!("{MENU} button:last-child")).await;
    app.says(&format!("Revoke “{name}”?")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_when_somebody_turns_to_something_else() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let open = async || {
        hand.right_click(ROW).await;
        is_open(app).await;
    };
    open().await;
    hand.click(".head h1").await;
    app.gone(MENU).await;
    open().await;
    hand.wheel_down(ABOVE, 2).await;
    app.gone(MENU).await;
    hand.wheel_up("[role=grid]", 9).await;
    open().await;
    hand.key("shift+Tab").await;
    app.gone(MENU).await;
    open().await;
    hand.leave();
    app.gone(MENU).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_that_closes_a_menu_opens_nothing_beneath_it() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.right_click(ROW).await;
    is_open(app).await;
    hand.click(ABOVE).await;
    app.gone(MENU).await;
    // A facet's list of values lies over the rows, and is closed by the browser.
    hand.click(".facets button").await;
    app.find(".menu:popover-open").await;
    hand.click(".row[data-position='9']").await;
    app.gone(".menu:popover-open").await;
    app.until(
        "the keyboard is where it was",
        "return document.querySelector('.row.active').dataset.position === '3'",
    )
    .await;
    app.gone(".details").await;
    hand.click(ABOVE).await;
    app.find(".details").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_for_it_open_it_at_the_row() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.has_focus(page("m.title")).await;
    for position in 0..3 {
        hand.key("Down").await;
        hand.key(if position == 1 { "shift+F10" } else { "Menu" }).await;
        is_open(app).await;
        let row = format!(".row.active[data-position='{position}']");
        let [row, menu] = [place(app, &row).await, place(app, MENU).await];
        assert!(menu.0 > row.0, "{menu:?} is beside the box of {row:?}");
        assert!((menu.1 - row.2).abs() < 2.0, "{menu:?} begins where {row:?} ends");
        hand.key("Escape").await;
        app.gone(MENU).await;
        app.has_focus(page("m.title")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn name_and_id_are_on_the_clipboard_and_the_activity_is_the_tokens() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let name = app.text(&format!("{ROW} bdi")).await;
    for (entry, copied) in [(7, name.clone()), (8, world.id_of(&name))] {
        hand.right_click(ROW).await;
        is_open(app).await;
        hand.click(&format!("{MENU} button:nth-child({entry})")).await;
        until("it is copied", || world.desktop.paste().as_ref() == Some(&copied));
    }
    hand.right_click(ROW).await;
    is_open(app).await;
    hand.click(&format!("{MENU} button:nth-child(9)")).await;
    app.until("the screen is Activity", "return document.activeElement.matches('h1')").await;
    assert_eq!(app.value("[type=search]").await, world.id_of(&name));
}

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    Hand::on(&world).await.right_click(ROW).await;
    is_open(&world.app).await;
    Shown { world: &world, theme }.as_picture("row-menu").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_of_a_hand_go_to_its_ends_and_to_a_letter() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.has_focus(page("m.title")).await;
    hand.key("Down").await;
    hand.key("Menu").await;
    is_open(app).await;
    let on = |begins: &str| {
        format!(
            "return document.activeElement.matches('.menu.of-row button')
            && document.activeElement.innerText.startsWith('{begins}')"
        )
    };
    for (key, begins) in [("End", "Revoke"), ("Home", "Show details"), ("c", "Copy name")] {
        hand.key(key).await;
        app.until(&format!("{key} goes to {begins}"), &on(begins)).await;
    }
}
