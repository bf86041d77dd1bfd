//! The columns of the list, by the mouse and by the keyboard.

use crate::app::App;
use crate::hand::Hand;
use crate::world::World;

/// A column's head by what it is called.
fn head(name: &str) -> String {
    format!("[role=columnheader][aria-label='{name}']")
}

async fn lacks(app: &App, name: &str) {
    let script = format!("return document.querySelector(\"{}\") === null", head(name));
    app.until(&format!("there is no column {name}"), &script).await;
}

/// What the rows say in a column, from the one that is highest on the screen down.
async fn said(app: &App, column: &str) -> Vec<String> {
    let script = format!(
        "const heads = [...document.querySelectorAll('[role=columnheader]')];
         const at = heads.findIndex((it) => it.ariaLabel === '{column}');
         const high = (row) => row.getBoundingClientRect().top;
         return [...document.querySelectorAll('.row:not([hidden])')]
             .sort((a, b) => high(a) - high(b)).map((row) => row.children[at].innerText)"
    );
    serde_json::from_value(app.eval(&script).await).expect("a text for each row")
}

async fn sorted_by(app: &App, name: &str, order: &str) {
    let script =
        format!("return document.querySelector(\"{}\").ariaSort === '{order}'", head(name));
    app.until(&format!("it is sorted by {name}"), &script).await;
    app.stands_still().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_on_the_project_or_the_creator_sorts_by_it_and_the_key_goes_on_from_there() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.resize(1600, 900).await;
    for name in ["Project", "Created by"] {
        app.find(&head(name)).await;
        app.stands_still().await;
        hand.click(&format!("{} button", head(name))).await;
        sorted_by(app, name, "ascending").await;
        let rows = said(app, name).await;
        assert!(rows.is_sorted(), "{name}: {rows:?}");
        assert!(rows.first() != rows.last(), "{name}: {rows:?} is nothing to sort");
        hand.click(&format!("{} button", head(name))).await;
        sorted_by(app, name, "descending").await;
        assert!(said(app, name).await.is_sorted_by(|a, b| a >= b), "{name} turned round");
    }
    hand.key("s").await;
    sorted_by(app, "Usage", "ascending").await;
}

/// The left edge and the width of an element.
async fn across(app: &App, css: &str) -> (f64, f64) {
    let script = format!(
        "const {{ left, width }} = document.querySelector(\"{css}\").getBoundingClientRect();
         return [left, width]"
    );
    serde_json::from_value(app.eval(&script).await).expect("two numbers")
}

/// The middle of an element, in pixels of the window.
async fn middle(app: &App, css: &str) -> (i64, i64) {
    app.find(css).await;
    let script = format!(
        "const {{ left, top, width, height }} = document.querySelector(\"{css}\").getBoundingClientRect();
         return [left + width / 2, top + height / 2].map(Math.floor)"
    );
    serde_json::from_value(app.eval(&script).await).expect("a point")
}

/// Drags the middle of an element so far to the right, or to the left.
async fn drag(app: &App, hand: &Hand<'_>, css: &str, by: i64) {
    let (x, y) = middle(app, css).await;
    hand.drag((x, y), (x + by, y));
    app.stands_still().await;
}

fn entry(name: &str) -> String {
    format!(".menu [data-label='{name}']")
}

/// The columns in the order they stand on the screen.
async fn heads(app: &App) -> Vec<String> {
    let script = "const left = (it) => it.getBoundingClientRect().left;
        return [...document.querySelectorAll('[role=columnheader]')]
            .sort((a, b) => left(a) - left(b)).map((it) => it.ariaLabel)";
    serde_json::from_value(app.eval(script).await).expect("names")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_click_on_a_head_shows_the_columns_and_what_is_chosen_is_there_after_a_restart() {
    let world = World::connected().await;
    {
        let (app, hand) = (&world.app, Hand::on(&world).await);
        app.find(".splitter").await;
        assert_eq!(
            heads(app).await,
            ["Name", "Project", "Usage", "Expires", "Created", "Last used"]
        );
        hand.right_click(&head("Usage")).await;
        app.find(&entry("Project")).await;
        // The button has long been let go of, and the menu is there.
        let shown = "const it = document.querySelector('.menu:popover-open button');
            const { left, top, width, height } = it.getBoundingClientRect();
            return document.elementFromPoint(left + width / 2, top + height / 2).closest('button') === it";
        app.until("the menu is on the screen", shown).await;
        hand.click(&entry("Scopes")).await;
        app.find(&head("Scopes")).await;
        app.until("the menu stays", shown).await;
        hand.click(&entry("Created")).await;
        lacks(app, "Created").await;
        hand.click(&entry("Move left")).await;
        app.stands_still().await;
        assert_eq!(
            heads(app).await,
            ["Name", "Project", "Usage", "Scopes", "Expires", "Last used"]
        );
        hand.key("Escape").await;
        app.gone(".menu:popover-open").await;
        app.has_focus("API tokens").await;
    }
    let world = world.restart().await;
    let app = &world.app;
    app.find(".splitter").await;
    app.find(&head("Scopes")).await;
    assert_eq!(heads(app).await, ["Name", "Project", "Usage", "Scopes", "Expires", "Last used"]);
    let hand = Hand::on(&world).await;
    hand.right_click(&head("Name")).await;
    hand.click(&entry("Reset columns")).await;
    lacks(app, "Scopes").await;
    assert_eq!(heads(app).await, ["Name", "Project", "Usage", "Expires", "Created", "Last used"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edge_of_a_column_is_dragged_and_stays_where_it_was_let_go_of() {
    let world = World::connected().await;
    let edge = "[role=separator][aria-label='Width of Usage']";
    let before;
    {
        let (app, hand) = (&world.app, Hand::on(&world).await);
        app.find(edge).await;
        app.stands_still().await;
        before = across(app, &head("Usage")).await;
        drag(app, &hand, edge, -60).await;
        let after = across(app, &head("Usage")).await;
        assert_eq!(after, (before.0 - 60.0, before.1 + 60.0), "the edge is under the pointer");
        let cell = across(app, ".row .chip").await;
        assert!((cell.0 - after.0).abs() < 1.0, "the rows follow: {cell:?}");
        // Whatever is between the two edges gives way, and the name keeps what it needs.
        drag(app, &hand, edge, -2000).await;
        assert!(across(app, &head("Name")).await.1 >= 120.0);
        hand.key("Right").await;
        drag(app, &hand, edge, 30).await;
    }
    let script =
        "return document.querySelector(\"[aria-label='Usage']\").getBoundingClientRect().width";
    let kept = world.app.eval(script).await;
    let world = world.restart().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.find(edge).await;
    app.stands_still().await;
    assert_eq!(app.eval(script).await, kept);
    // Twice the button: as wide as what it says.
    let (x, y) = middle(app, edge).await;
    hand.double_click(x, y).await;
    app.stands_still().await;
    let fits = "return [...document.querySelectorAll('.row .chip')].every((it) => it.scrollWidth <= it.clientWidth)";
    app.until("every chip can be read", fits).await;
    assert!(across(app, &head("Usage")).await.1 < before.1 + 40.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_is_dragged_wider_as_far_as_the_list_can_spare_it() {
    let world = World::connected().await;
    let edge = "[role=separator][aria-label='Width of details']";
    let panel = ".details";
    let open = async |app: &App, hand: &Hand<'_>| {
        hand.click(".row[data-position='2']").await;
        app.find(edge).await;
        app.stands_still().await;
    };
    {
        let (app, hand) = (&world.app, Hand::on(&world).await);
        open(app, &hand).await;
        let before = across(app, panel).await;
        drag(app, &hand, edge, -80).await;
        assert_eq!(across(app, panel).await, (before.0 - 80.0, before.1 + 80.0));
        drag(app, &hand, edge, -500).await;
        let nothing = "return getSelection().isCollapsed";
        app.until("no text is selected on the way", nothing).await;
        let list = across(app, "[role=grid]").await.1;
        assert!(list >= 440.0, "{list} pixels are left for the list");
        assert_eq!(heads(app).await, ["Name", "Usage", "Last used"]);
        hand.key("Right").await;
        let wider = across(app, "[role=grid]").await.1;
        assert!((wider - list - 8.0).abs() < 1.0, "{wider} after {list}");
    }
    let width = across(&world.app, panel).await.1;
    let world = world.restart().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    open(app, &hand).await;
    let again = across(app, panel).await.1;
    assert!((again - width).abs() < 1.0, "{again} instead of {width}");
    let (x, y) = middle(app, edge).await;
    hand.double_click(x, y).await;
    app.stands_still().await;
    let natural = across(app, panel).await.1;
    assert!((natural - 336.0).abs() < 1.0, "{natural}");
}

/// In a narrow window, with a token open beside the list.
#[tokio::test(flavor = "multi_thread")]
async fn the_button_of_the_columns_covers_nothing_that_filters() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.resize(1024, 700).await;
    app.press("Audit report").await;
    app.click("[aria-label^='Show the tokens with: Unused']").await;
    app.stands_still().await;
    hand.click(".row[data-position='0']").await;
    app.find(".details").await;
    app.stands_still().await;
    hand.click(".toolbar .chip .icon").await;
    app.gone(".toolbar .chip").await;
}
