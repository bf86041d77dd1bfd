//! What a screen reader is told, by the tree that it reads: names, order, focus and what changes.

use entri_sandbox::{Config, Sandbox};

use crate::app::App;
use crate::desktop::{Desktop, Heard, Theme, role};
use crate::hand::Hand;
use crate::words::page;
use crate::world::World;

/// What one can do something with.
const CONTROLS: [u32; 10] = [
    role::BUTTON,
    role::TOGGLE_BUTTON,
    role::CHECK_BOX,
    role::RADIO_BUTTON,
    role::COMBO_BOX,
    role::ENTRY,
    role::SLIDER,
    role::LINK,
    role::MENU_ITEM,
    role::SEPARATOR,
];
/// What one can go to.
const PLACES: [u32; 4] = [role::LANDMARK, role::TOOLBAR, role::DIALOG, role::TABLE];

/// The list, told to a screen reader.
async fn listened_to() -> World {
    let sandbox = Sandbox::start(Config::default()).await.expect("the sandbox starts");
    let mut desktop = Desktop::with_theme(Theme::Light);
    desktop.listen();
    let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
    let world = World { sandbox, desktop, app };
    world.connect().await;
    world
}

fn has(heard: &Heard, role: u32, name: &str) -> bool {
    heard.every(role).iter().any(|it| it.name == name)
}

async fn focus_is_on(desktop: &Desktop, role: u32, name: &str) {
    let is_so = |it: &Heard| it.role == role && it.name.starts_with(name);
    let what = format!("the focus is on {name}");
    desktop.until_heard(&what, |heard| heard.focus().is_some_and(is_so)).await;
}

/// All that one can do something with, or go to, has a name.
fn all_is_named(heard: &Heard, place: &str) {
    let (controls, places) = (heard.all(), heard.all());
    let controls = controls.into_iter().filter(|it| CONTROLS.contains(&it.role));
    let places = places.into_iter().filter(|it| PLACES.contains(&it.role));
    let all: Vec<_> = controls.chain(places).collect();
    let nameless: Vec<_> = all.iter().filter(|it| it.name.trim().is_empty()).collect();
    assert!(
        all.len() > 1 && nameless.is_empty(),
        "{place}: {} of {}: {nameless:?}",
        nameless.len(),
        all.len()
    );
}

/// The rows are told in the order in which they are on screen, each by its name and cell by cell; these are the names.
async fn told_as_shown(world: &World) -> Vec<String> {
    let names = "return [...document.querySelectorAll('.row:not([hidden])')]
        .toSorted((one, other) => one.dataset.position - other.dataset.position)
        .map((row) => row.querySelector('bdi').innerText)";
    let shown: Vec<String> = serde_json::from_value(world.app.eval(names).await).expect("names");
    let are_told = |heard: &Heard| {
        let rows = heard.every(role::ROW);
        rows.len() == 1 + shown.len()
            && rows[1..].iter().zip(&shown).all(|(row, name)| row.name.starts_with(name))
    };
    let heard = world.desktop.until_heard(&format!("{shown:?}"), are_told).await;
    let rows = heard.every(role::ROW);
    for row in &rows[1..] {
        assert_eq!(row.children.len(), rows[0].children.len(), "{} has all cells", row.name);
        for cell in &row.children {
            assert!(!cell.name.is_empty() && !cell.name.contains('∞'), "{}: {cell:?}", row.name);
        }
    }
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_told_in_order_by_what_they_show() {
    let world = listened_to().await;
    let (desktop, hand) = (&world.desktop, Hand::on(&world).await);
    let shown = told_as_shown(&world).await;
    for (key, row) in [("Home", 0), ("Down", 1), ("Down", 2), ("Up", 1)] {
        hand.key(key).await;
        focus_is_on(desktop, role::ROW, &shown[row]).await;
    }
    for key in ["End", "Prior", "Up"] {
        hand.key(key).await;
        told_as_shown(&world).await;
    }
    hand.key("slash").await;
    focus_is_on(desktop, role::COMBO_BOX, page("m.search")).await;
    for letter in ["s", "l", "a", "c", "k"] {
        hand.key(letter).await;
    }
    let is_told =
        |heard: &Heard| heard.every(role::STATUS).iter().any(|it| it.text.starts_with("1 of 48"));
    desktop.until_heard("how many are found is told", is_told).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_every_screen_is_named_and_a_dialog_is_all_there_is() {
    let world = listened_to().await;
    let (app, desktop, hand) = (&world.app, &world.desktop, Hand::on(&world).await);
    for (keys, title) in [
        ("r", "Rotations"),
        ("l", "Find leaked tokens"),
        ("a", "Audit report"),
        ("j", "Activity"),
        ("t", "API tokens"),
    ] {
        hand.key("g").await;
        hand.key(keys).await;
        let heard = desktop.until_heard(title, |heard| has(heard, role::LANDMARK, title)).await;
        all_is_named(&heard, title);
    }
    app.synced().await;
    hand.key("Down").await;
    for (key, title, role, name) in [
        ("c", "Create token", role::ENTRY, "Name"),
        ("question", "Keyboard shortcuts", role::BUTTON, ""),
        ("Delete", "Revoke “", role::ENTRY, "Type "),
    ] {
        hand.key(key).await;
        let is_open =
            |heard: &Heard| heard.every(role::DIALOG).iter().any(|it| it.name.starts_with(title));
        let heard = desktop.until_heard(title, is_open).await;
        focus_is_on(desktop, role, name).await;
        all_is_named(&heard, title);
        assert!(heard.every(role::ROW).is_empty(), "{title}: what lies behind is not told");
        hand.key("Escape").await;
        let is_back = |heard: &Heard| has(heard, role::TABLE, "API tokens");
        desktop.until_heard("the list is back", is_back).await;
        focus_is_on(desktop, role::ROW, "").await;
    }
}
