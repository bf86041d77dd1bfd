//! The language of the search, with the keyboard alone.

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::Theme;
use crate::hand::Hand;
use crate::list;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

async fn open(theme: Theme) -> World {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    // Keys are for the rows, which come a moment after the list.
    world.app.find(".row").await;
    world
}

in_both_themes!(completes);

async fn offers(app: &App, what: &str) {
    app.until(what, "return document.querySelector('[role=option]') !== null").await;
}

async fn completes(theme: Theme) {
    let world = open(theme).await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.press_key("/").await;
    app.has_focus(page("m.search")).await;
    app.press_key("pro").await;
    offers(app, "keys are offered").await;
    app.press_key(Key::Down).await;
    app.press_key(Key::Enter).await;
    app.until("its values", "return document.querySelectorAll('[role=option]').length === 4").await;
    app.press_key("web").await;
    app.until("the one", "return document.querySelectorAll('[role=option]').length === 1").await;
    app.press_key(Key::Down).await;
    shown.as_picture("completion").await;
    app.press_key(Key::Tab).await;
    app.has_focus(page("m.search")).await;
    assert_eq!(app.value(".search input").await, "project:\"Marketing Website\" ");
    app.press_key("is:st").await;
    offers(app, "states are offered").await;
    shown.as_picture("completion-states").await;
    app.press_key(Key::Escape).await;
    app.gone("[role=option]").await;
    wrong_word(&shown).await;
    facet(&shown).await;
}

/// What is typed so far is `project:"Marketing Website" is:st`.
async fn wrong_word(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.says("Unknown status “st”. Try is:stale.").await;
    shown.as_picture("search-problem").await;
    let described = "return document.activeElement.getAttribute('aria-invalid') === 'true'";
    app.until("the field says so", described).await;
    app.press_key("ale").await;
    offers(app, "the state are offered").await;
    app.press_key(Key::Enter).await;
    app.has_focus(page("m.title")).await;
    app.until(
        "stale ones of the project",
        "const rows = [...document.querySelectorAll('.row:not([hidden])')];
         return rows.length > 0 && rows.every(({ innerText }) =>
           innerText.includes('Marketing Website') && innerText.includes('Stale'))",
    )
    .await;
}

async fn facet(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.press_key("/").await;
    app.has_focus(page("m.search")).await;
    app.press_key(Key::Tab).await;
    app.has_focus("Project: Marketing Website").await;
    app.press_key(Key::Enter).await;
    app.until(
        "the keyboard is on what is chosen",
        "return document.activeElement.ariaChecked === 'true'",
    )
    .await;
    shown.as_picture("facet").await;
    app.press_key(Key::Down).await;
    app.press_key(Key::Enter).await;
    app.until(
        "another project takes its place",
        "return /^is:stale project:\"(?!Marketing)[^\"]+\"$/
           .test(document.querySelector('.search input').value)",
    )
    .await;
    app.until("the focus is back", "return document.activeElement.className.includes('facet')")
        .await;
    app.fill(".search input", "nothing like it").await;
    app.says(page("m.empty.noMatch")).await;
    app.click("[popovertarget=facet-creator]").await;
    app.says("No creators in these results").await;
    shown.as_picture("facet-empty").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_saved_and_outlives_a_restart_in_the_light() {
    saves(Theme::Light).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_saved_and_outlives_a_restart_in_the_dark() {
    saves(Theme::Dark).await;
}

async fn saves(theme: Theme) {
    let world = open(theme).await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.says(page("search/searchText.noViews")).await;
    app.press_card("No expiry").await;
    app.fill(".search input", "created:>1y -is:recent").await;
    app.press(page("m.details.created")).await;
    app.says("of 48 tokens").await;
    list::is_sorted_by(app, "Created").await;
    app.press(page("search/searchText.saveView")).await;
    app.has_focus(page("search/searchText.viewName")).await;
    app.press_key(Key::Enter).await;
    app.says("Enter a name.").await;
    shown.as_picture("saved-view-naming").await;
    app.press_key("Old without expiry").await;
    app.press_key(Key::Enter).await;
    app.find(".saved-view").await;
    app.press_card("All").await;
    app.fill(".search input", "is:retired").await;
    app.press_key(Key::Escape).await;
    let found = app.text(".saved-view .count").await;
    let world = world.restart().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.synced().await;
    assert_eq!(app.text(".saved-view .count").await, found);
    app.click(".saved-view .sidebar-item").await;
    app.has_focus(page("m.title")).await;
    app.says(&format!("{found} of 48 tokens")).await;
    list::is_sorted_by(app, "Created").await;
    assert_eq!(app.value(".search input").await, "created:>1y -is:recent");
    shown.as_picture("saved-views").await;
    changes(&shown).await;
}

async fn changes(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.click(".saved-view .more").await;
    app.named("button", page("search/searchText.renameView")).await;
    shown.as_picture("saved-view-menu").await;
    app.press(page("search/searchText.renameView")).await;
    app.has_focus(page("search/searchText.viewName")).await;
    app.press_key("Old and endless").await;
    app.press_key(Key::Enter).await;
    app.says("Renamed “Old without expiry” to “Old and endless”.").await;
    // What can be undone is there for ten seconds, and a picture may take longer.
    delete(app).await;
    app.click(".notice:last-child .link").await;
    app.find(".saved-view").await;
    delete(app).await;
    shown.as_picture("saved-view-deleted").await;
}

async fn delete(app: &App) {
    app.click(".saved-view .more").await;
    app.press(page("search/searchText.deleteView")).await;
    app.gone(".saved-view").await;
    app.gone(".menu:popover-open").await;
    app.says("Deleted “Old and endless”.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_field_grows_with_the_search_and_is_emptied_by_a_click() {
    let world = open(Theme::Light).await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    let wide = "return document.querySelector('.search').offsetWidth";
    let before = app.eval(wide).await.as_u64().expect("a width");
    hand.key("slash").await;
    app.has_focus(page("m.search")).await;
    world.desktop.xdotool(&["type", "unused:>90d scope:translations:write project:web"]);
    app.until(
        "the whole search is in sight",
        "const { scrollWidth, clientWidth, value } = document.querySelector('.search input');
         return value.endsWith('web') && scrollWidth <= clientWidth",
    )
    .await;
    assert!(app.eval(wide).await.as_u64().expect("a width") > before);
    hand.click(".search .clear").await;
    app.until("it is empty", "return document.querySelector('.search input').value === ''").await;
    list::shows_all(app).await;
    app.has_focus(page("m.search")).await;
    assert_eq!(app.eval(wide).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_of_a_saved_view_stays_after_a_right_click() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.key("slash").await;
    app.has_focus(page("m.search")).await;
    app.find(".search [role=combobox]").await;
    world.desktop.xdotool(&["type", "--delay", "20", "is:stale"]);
    hand.key("Escape").await;
    app.press(page("search/searchText.saveView")).await;
    world.desktop.xdotool(&["type", "--delay", "20", "stale ones"]);
    hand.key("Return").await;
    app.find(".saved-view").await;
    hand.right_click(".saved-view .sidebar-item").await;
    let stays = "return document.querySelector('.view-menu').matches(':popover-open')
        && document.activeElement.closest('.view-menu') !== null";
    app.until("its menu has the keyboard", stays).await;
    hand.key("Return").await;
    app.has_focus(page("search/searchText.viewName")).await;
    world.desktop.xdotool(&["type", "--delay", "20", "unused"]);
    hand.click(".head h1").await;
    app.until(
        "what was typed is its name",
        "return document.querySelector('.saved-view bdi')?.innerText === 'unused'",
    )
    .await;
}
