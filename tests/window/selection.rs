//! Rows selected by the mouse, and by keys that come faster than the answers about the list.

use entri_sandbox::Config;
use serde_json::json;

use crate::app::App;
use crate::desktop::Theme;
use crate::hand::Hand;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn fast_keys_select_what_was_meant() {
    let config = Config { tokens: 300, ..Config::default() };
    let world = World::with(config, Theme::Light).await;
    world.connect().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.key("Down").await;
    hand.key_repeats("x", 3).await;
    app.says("1 selected").await;
    hand.key_repeats("x", 3).await;
    app.gone(".selection").await;
    // A run goes beyond the rows that are held.
    hand.key_repeats("shift+Down", 120).await;
    app.says("121 selected").await;
    hand.key_repeats("shift+Up", 20).await;
    app.says("101 selected").await;
    hand.key("shift+Home").await;
    app.says("1 selected").await;
    hand.key_repeats("shift+Down", 120).await;
    app.says("121 selected").await;
    hand.key("Delete").await;
    app.says("Revoke 120 tokens?").await;
    hand.key("Escape").await;
    app.says("120 selected").await;
}

/// Waits until just the rows at these positions are seen to be selected.
async fn selected(app: &App, positions: &[usize]) {
    let script = format!(
        "const rows = [...document.querySelectorAll('.row:not([hidden])[aria-selected=true]')];
         const at = rows.map(({{ dataset }}) => Number(dataset.position)).toSorted((a, b) => a - b);
         return JSON.stringify(at) === '{}'",
        json!(positions)
    );
    app.until(&format!("{positions:?} are selected"), &script).await;
}

async fn says_of_all(app: &App, checked: &str) {
    let script = format!("return document.querySelector('.all').ariaChecked === '{checked}'");
    app.until(&format!("the box in the head is {checked}"), &script).await;
}

/// The color behind a row.
async fn behind(app: &App, position: usize) -> String {
    let script = format!(
        "return getComputedStyle(document.querySelector(\".row[data-position='{position}']\")).backgroundColor"
    );
    app.eval(&script).await.as_str().expect("a color").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_selected_rows_look_selected() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    for position in [2, 3, 4] {
        hand.click_box(position).await;
    }
    selected(app, &[2, 3, 4]).await;
    hand.click_box(3).await;
    selected(app, &[2, 4]).await;
    // Away from the row, which looks different below the pointer.
    hand.click("h1").await;
    app.until(
        "the row is the keyboard’s",
        "return document.querySelector('.row.active')?.dataset.position === '3'",
    )
    .await;
    let [above, between, below] =
        [behind(app, 2).await, behind(app, 3).await, behind(app, 4).await];
    assert_eq!(above, below);
    assert_ne!(between, above, "it is no longer selected");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mouse_selects_rows_as_everywhere_else() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.click_box(1).await;
    hand.click_with("shift", ".row[data-position='3']").await;
    selected(app, &[1, 2, 3]).await;
    hand.click_with("ctrl", ".row[data-position='5']").await;
    hand.click_with("ctrl", ".row[data-position='2']").await;
    selected(app, &[1, 3, 5]).await;
    hand.drag_boxes(6, 8).await;
    selected(app, &[1, 3, 5, 6, 7, 8]).await;
    let open = "return document.querySelector('.details') !== null";
    assert_eq!(app.eval(open).await, json!(false), "none of it opens a token");
    says_of_all(app, "mixed").await;
    hand.click(".all").await;
    app.says("48 selected").await;
    says_of_all(app, "true").await;
    hand.click(".all").await;
    app.gone(".selection").await;
    says_of_all(app, "false").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_collected_over_several_searches() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.press_card("Stale").await;
    app.says("6 of 48").await;
    hand.click(".all").await;
    app.says("6 selected").await;
    hand.click(".search input").await;
    app.press_card("Expired").await;
    says_of_all(app, "mixed").await;
    hand.click(".all").await;
    app.says("7 selected").await;
    says_of_all(app, "true").await;
    // Tokens that aren't listed stay selected.
    hand.click(".all").await;
    app.says("6 selected").await;
}
