//! Single keys of a real keyboard, wherever a real mouse has clicked before.

use crate::app::App;
use crate::hand::Hand;
use crate::list;
use crate::words::page;
use crate::world::World;

/// A place in the window, and what is clicked to be there.
const PLACES: [(&str, &[&str]); 7] = [
    ("a card", &[".summary button:nth-child(3)"]),
    ("a column's head", &[".grid-head > :nth-child(4) button"]),
    ("a facet", &[".facet", ".values:popover-open button"]),
    ("the sidebar", &[".sidebar-item"]),
    ("the status bar", &[".status-bar > span"]),
    ("the title", &[".head h1"]),
    ("the details", &[".row[data-position='1']", ".details h2"]),
];
const ACTIVE_IN_SIGHT: &str = "const row = document.querySelector('.row.active');
    const { left, top } = row?.getBoundingClientRect() ?? {};
    return row !== null && document.elementFromPoint(left + 100, top + 22)?.closest('.row') === row";
const ACTIVE: &str = "return Number(document.querySelector('.row.active').dataset.position)";

async fn go(hand: &Hand<'_>, clicks: &[&str]) {
    for css in clicks {
        hand.click(css).await;
    }
}

/// Opens a dialog by its key, and closes it.
async fn opens(app: &App, hand: &Hand<'_>, key: &str, title: &str) {
    hand.key(key).await;
    app.named("h2", title).await;
    hand.key("Escape").await;
    app.gone("dialog").await;
}

async fn goes_to_row(app: &App, hand: &Hand<'_>, key: &str, position: u64) {
    hand.key(key).await;
    app.until("the row is in sight", ACTIVE_IN_SIGHT).await;
    assert_eq!(app.eval(ACTIVE).await, position, "after {key}");
}

#[tokio::test(flavor = "multi_thread")]
async fn they_work_wherever_the_last_click_was() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    for (place, clicks) in PLACES {
        eprintln!("after a click on {place}");
        go(&hand, clicks).await;
        opens(app, &hand, "question", "Keyboard shortcuts").await;
        go(&hand, clicks).await;
        opens(app, &hand, "c", "Create token").await;
        go(&hand, clicks).await;
        // Details that are longer than the window are scrolled by the other keys.
        let keys = match place {
            "the details" => [("k", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0)],
            _ => [("Home", 0), ("Down", 1), ("k", 0), ("j", 1), ("Up", 0)],
        };
        for (key, row) in keys {
            goes_to_row(app, &hand, key, row).await;
        }
        go(&hand, clicks).await;
        hand.key("slash").await;
        app.has_focus(page("m.search")).await;
        hand.key("ctrl+a").await;
        hand.key("q").await;
        app.until("the letter is in the search", "return document.activeElement.value === 'q'")
            .await;
        // Away with what is offered, with the text, and from the field; then with the rest.
        hand.key_repeats("Escape", 5).await;
        list::shows_all(app).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_means_the_same_everywhere() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    // The second click on the card lets go of it, the third one takes it again.
    let card = ".summary button:nth-child(3)";
    for ends in [&[card, card][..], &[".status-bar > span"], &[".details h2"]] {
        hand.click(card).await;
        app.says(" of 48 tokens").await;
        hand.click(".row[data-position='1']").await;
        app.find(".details").await;
        hand.key("x").await;
        app.says("1 selected").await;
        for end in ends {
            hand.click(end).await;
        }
        hand.key("Escape").await;
        app.says(" of 48 tokens").await;
        app.find(".details").await;
        hand.key("Escape").await;
        app.gone(".details").await;
        app.says(" of 48 tokens").await;
        hand.key("Escape").await;
        list::shows_all(app).await;
    }
}

/// The keys of a keyboard that is laid out for the user, not for the letter on a Latin one.
#[tokio::test(flavor = "multi_thread")]
async fn they_are_known_on_keyboards_of_other_scripts() {
    const A: &str = "38";
    const Q: &str = "24";
    const C: &str = "54";
    const J: &str = "44";
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    for (layout, key_of_a) in [("ru", A), ("gr", A), ("fr", Q), ("us", A)] {
        world.desktop.lay_out_keyboard(layout);
        hand.click(".head h1").await;
        opens(app, &hand, C, "Create token").await;
        hand.key("Home").await;
        goes_to_row(app, &hand, J, 1).await;
        hand.key(&format!("ctrl+{key_of_a}")).await;
        app.says("48 selected").await;
        hand.key("Escape").await;
        list::shows_all(app).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_is_short_from_the_sidebar_to_the_list_and_stands_nowhere_in_between() {
    const SOMEWHERE: &str = "return document.activeElement !== document.body";
    const IN_THE_LIST: &str = "return document.activeElement.role === 'grid'";
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    // From the list to the end, and round to the sidebar.
    let in_the_sidebar = "return document.activeElement.closest('.sidebar') !== null";
    while app.eval(in_the_sidebar).await != true {
        hand.key("Tab").await;
        app.until("something has the focus", SOMEWHERE).await;
    }
    for tabs in 1..=6 {
        assert!(tabs < 6, "the list is more than five tab stops away");
        hand.key("Tab").await;
        if app.eval(IN_THE_LIST).await == true {
            break;
        }
    }
    // And back beyond the first one.
    while app.eval(in_the_sidebar).await != true {
        hand.key("shift+Tab").await;
    }
    hand.key("shift+Tab").await;
    app.until("the last stop", "return document.activeElement.closest('.status-bar') !== null")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_goes_round_in_a_dialog() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.key("c").await;
    app.until("the name", "return document.activeElement.id === 'create-name'").await;
    let first = "return document.activeElement.matches('.recipes button:first-child')";
    while app.eval(first).await != true {
        hand.key("shift+Tab").await;
    }
    hand.key("shift+Tab").await;
    app.until("its last button", "return document.activeElement.matches('.dialog .primary')").await;
    hand.key("Tab").await;
    app.until("its first button", first).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_arrows_go_through_a_group() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.click(".summary button:nth-child(3)").await;
    hand.key("Right").await;
    app.until(
        "the next card",
        "return document.activeElement.matches('.summary button:nth-child(4)')",
    )
    .await;
    hand.click(".connection").await;
    app.until("its menu", "return document.activeElement.matches('.menu:popover-open button')")
        .await;
    let first = app.text(".menu:popover-open button").await;
    hand.key("Down").await;
    app.until(
        "another entry",
        &format!(
            "return document.activeElement.closest('.menu') !== null
            && !document.activeElement.innerText.includes('{}')",
            first.split('\n').next().unwrap_or_default()
        ),
    )
    .await;
    hand.key("Escape").await;
    app.until("the button again", "return document.activeElement.matches('.connection')").await;
}
