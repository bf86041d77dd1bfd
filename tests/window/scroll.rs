//! The list under a real wheel, real keys and a window that changes its size: wherever it is
//! scrolled to, rows fill it.

use entri_sandbox::Config;

use crate::app::App;
use crate::desktop::Theme;
use crate::hand::Hand;
use crate::list;
use crate::world::World;

const GRID: &str = "[role=grid]";
/// At each half row of the list there is a row with a name, and the list is as tall as its head and
/// its rows.
const FILLED: &str = "const grid = document.querySelector('[role=grid]');
    const { left, top, bottom } = grid.getBoundingClientRect();
    const end = top + 32 + (grid.ariaRowCount - 1) * 44;
    for (let y = top + 33; y < Math.min(end, bottom, innerHeight); y += 22) {
        const row = document.elementFromPoint(left + 100, y)?.closest('.row');
        if (!row?.querySelector('bdi').innerText) return false;
    }
    return grid.scrollHeight === Math.max(grid.clientHeight, end - top)";
const AT_THE_END: &str = "const grid = document.querySelector('[role=grid]');
    return grid.scrollTop + grid.clientHeight === grid.scrollHeight";

async fn list_of(tokens: u32) -> World {
    let world = World::with(Config { tokens, ..Config::default() }, Theme::Light).await;
    world.connect().await;
    world
}

async fn is_filled(app: &App, when: &str) {
    app.until(&format!("rows fill the list {when}"), FILLED).await;
}

/// Turns the wheel much further than there are rows.
async fn wheel_through(app: &App, hand: &Hand<'_>, when: &str) {
    is_filled(app, when).await;
    hand.wheel_down(GRID, 60).await;
    app.until(&format!("the list is at its end {when}"), AT_THE_END).await;
    is_filled(app, &format!("at its end {when}")).await;
    hand.wheel_up(GRID, 60).await;
    let top = "return document.querySelector('[role=grid]').scrollTop === 0";
    app.until("the list is at its top", top).await;
    is_filled(app, &format!("again {when}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wheel_ends_at_the_last_row_of_a_list_of_any_length() {
    for tokens in [1, 6, 48] {
        let world = list_of(tokens).await;
        let hand = Hand::on(&world).await;
        wheel_through(&world.app, &hand, &format!("of {tokens}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_filter_and_no_order_leaves_the_list_beyond_its_end() {
    let world = list_of(48).await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    for (text, found) in [("gitlab mobile", "2 of 48"), ("ci", " of 48"), ("", "48 tokens")] {
        hand.wheel_down(GRID, 60).await;
        app.fill(".search input", text).await;
        app.says(found).await;
        wheel_through(app, &hand, &format!("with “{text}”")).await;
        hand.wheel_down(GRID, 60).await;
        hand.click(".grid-head button:not(.all)").await;
        list::is_sorted_by(app, "Name").await;
        wheel_through(app, &hand, &format!("sorted, with “{text}”")).await;
    }
    hand.wheel_down(GRID, 60).await;
    hand.click(".summary button:nth-child(3)").await;
    app.says(" of 48").await;
    wheel_through(app, &hand, "of stale tokens").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_the_bar_and_another_size_leave_it_filled() {
    let world = list_of(48).await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    for key in ["Next", "Next", "Next", "Next", "Next", "Next", "End", "Prior", "Home", "End"] {
        hand.key(key).await;
        is_filled(app, &format!("after {key}")).await;
    }
    for height in [700, 1200, 700, 2600, 800] {
        app.resize(1280, height).await;
        is_filled(app, &format!("in a window {height} high")).await;
    }
    hand.key("Home").await;
    let bar = "const { right, top, bottom } =
            document.querySelector('[role=grid]').getBoundingClientRect();
        return [right - 4, top + 40, bottom - 4].map(Math.floor)";
    let [x, top, bottom]: [i64; 3] =
        serde_json::from_value(app.eval(bar).await).expect("the bar's place");
    hand.drag((x, top), (x, bottom));
    app.until("the bar is at its end", AT_THE_END).await;
    is_filled(app, "at the end of its bar").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_screen_and_back_shows_the_rows_that_were_there() {
    let world = list_of(48).await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.wheel_down(GRID, 60).await;
    app.until("the list is at its end", AT_THE_END).await;
    let place = "return document.querySelector('[role=grid]').scrollTop";
    let before = app.eval(place).await;
    assert!(before.as_u64().is_some_and(|offset| offset > 0), "{before}");
    for (number, screen) in [(2, "Rotations"), (3, "Audit report"), (4, "Activity")] {
        hand.click(&format!(".sidebar-item:nth-of-type({number})")).await;
        app.gone(GRID).await;
        hand.click(".sidebar-item:nth-of-type(1)").await;
        app.find(GRID).await;
        is_filled(app, &format!("back from {screen}")).await;
        assert_eq!(app.eval(place).await, before, "its place is kept");
    }
    // Where all rows fit meanwhile there is nothing to scroll back to.
    hand.click(".sidebar-item:nth-of-type(3)").await;
    app.gone(GRID).await;
    app.resize(1280, 2600).await;
    hand.click(".sidebar-item:nth-of-type(1)").await;
    app.find(GRID).await;
    is_filled(app, "in a window that became taller").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_taller_than_sixty_rows_is_filled() {
    let world = list_of(300).await;
    let app = &world.app;
    app.resize(2160, 3840).await;
    is_filled(app, "of a tall window").await;
    let hand = Hand::on(&world).await;
    hand.wheel_down(GRID, 60).await;
    is_filled(app, "of a tall window further down").await;
    hand.key("End").await;
    is_filled(app, "of a tall window at its end").await;
    app.fill(".search input", "ci").await;
    app.says(" of 300").await;
    is_filled(app, "of a tall window with a search").await;
}
