//! The list: searched, sorted, filtered, empty, partly loaded, offline, and very long.

use entri_sandbox::{Config, Fault, FaultAnswer, Method};
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::Theme;
use crate::words::page;
use crate::world::World;

const ONLY_MANAGERS: &str = "Only owners and admins can create or revoke tokens.";
const NAMES: &str = "return [...document.querySelectorAll('.row:not([hidden])')]
    .sort((a, b) => a.dataset.position - b.dataset.position)
    .map((row) => row.querySelector('bdi').innerText)";

async fn names(app: &App) -> Vec<String> {
    serde_json::from_value(app.eval(NAMES).await).expect("a list of names")
}

/// Waits until nothing filters the sandbox's list.
pub async fn shows_all(app: &App) {
    app.until(
        "all tokens are listed",
        "return document.querySelector('.toolbar > p')?.innerText === '48 tokens'",
    )
    .await;
}

/// Waits until the list is sorted by the column of this name.
pub async fn is_sorted_by(app: &App, column: &str) {
    let sorted = "return document.querySelector('.grid-head [aria-sort$=ending]').ariaLabel";
    app.until("it is sorted", &format!("{sorted} === '{column}'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_searched_and_sorted() {
    let world = World::connected().await;
    let app = &world.app;
    app.fill(".search input", "gitlab mobile").await;
    app.says("2 of 48").await;
    assert_eq!(names(app).await, ["gitlab-ci (r2)", "gitlab-ci"]);
    app.press(page("m.details.created")).await;
    is_sorted_by(app, "Created").await;
    app.press(page("m.details.created")).await;
    app.until(
        "oldest first",
        "return document.querySelector('.row bdi').innerText === 'gitlab-ci'",
    )
    .await;
    app.fill(".search input", "nothing like it").await;
    app.says(page("m.empty.noMatch")).await;
    app.press(page("m.empty.clear")).await;
    shows_all(app).await;
    is_sorted_by(app, "Created").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_organization_says_so() {
    let world = World::with(Config { tokens: 0, ..Config::default() }, Theme::Light).await;
    world.connect().await;
    world.app.says(page("m.empty.none")).await;
    world.app.press_create().await;
    world.app.fill("#create-name", "the first").await;
    world.app.press("Create token").await;
    world.app.says("Created “the first”.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_fails_is_named_and_kept_as_it_was() {
    let world = World::connected().await;
    for _ in 0..3 {
        world.sandbox.fail_next(Fault {
            method: Method::GET,
            path: "/projects/6660aa10/tokens".to_owned(),
            with_effect: false,
            answer: FaultAnswer::status(500, "application/json", "{}"),
        });
    }
    world.app.press_key(Key::Control + "r").await;
    world.app.says(page("m.incomplete")).await;
    world
        .app
        .says("Couldn’t load the tokens of “Marketing Website”. Showing them as last known.")
        .await;
    assert_eq!(world.app.text(".summary strong").await, "~48", "no count is final");
    world.app.press(page("m.retry")).await;
    world.app.synced().await;
    assert_eq!(world.app.text(".summary strong").await, "48");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_gone_leaves_the_last_list() {
    let World { sandbox, desktop: _desktop, app } = World::connected().await;
    app.has_focus(page("m.title")).await;
    app.press_key(Key::Down).await;
    app.press_key(Key::Enter).await;
    app.find(".details footer").await;
    app.stands_still().await;
    let places = "return ['.row[data-position=\"3\"]', '.details footer', '.toolbar', '.summary']
        .map((css) => document.querySelector(css).getBoundingClientRect().top)";
    let before = app.eval(places).await;
    sandbox.stop().await;
    app.press_key(Key::Control + "r").await;
    app.says("Offline. Showing tokens from").await;
    app.says("Can’t reach").await;
    app.stands_still().await;
    assert_eq!(app.eval(places).await, before, "nothing moves under the pointer");
    assert_eq!(app.text(".status-bar > span").await, "48 tokens · 3 projects");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_revoked_is_asked_for_again() {
    let world = World::connected().await;
    world.sandbox.fail_next(Fault {
        method: Method::GET,
        path: "/projects".to_owned(),
        with_effect: false,
        answer: FaultAnswer::status(
            401,
            "application/json",
            r#"{"message":"API token has been revoked"}"#,
        ),
    });
    world.app.press_key(Key::Control + "r").await;
    world.app.says("API token has been revoked").await;
    world.app.press("Sign in again").await;
    world.enter_token(&world.sandbox.ready().admin_token).await;
    world.app.gone("dialog").await;
    world.app.synced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_lost_greys_what_it_was_for_until_it_is_back() {
    let world = World::connected().await;
    let app = &world.app;
    let create_is = async |can: &str| {
        let script = "const { disabled, title } = document.querySelector('.head .button.primary');
            return `${disabled} ${title}`.trim() ===";
        app.until(&format!("the create button is {can}"), &format!("{script} '{can}'")).await;
    };
    app.press_key(Key::Down).await;
    app.find(".row.active").await;
    app.press_key(Key::Enter).await;
    app.find(".details").await;
    world.sandbox.fail_next(Fault {
        method: Method::GET,
        path: format!("/organizations/{}/tokens", world.sandbox.ready().org_id),
        with_effect: false,
        answer: FaultAnswer::status(
            403,
            "application/json",
            r#"{"statusCode":403,"error":"Forbidden","message":"Insufficient permissions"}"#,
        ),
    });
    app.press_key(Key::Control + "r").await;
    app.says("does not allow this").await;
    create_is(&format!("true {ONLY_MANAGERS}")).await;
    assert_eq!(app.text(".details footer p").await, ONLY_MANAGERS);
    crate::axe::finds_nothing(app, "forbidden").await;
    app.press(page("m.retry")).await;
    app.gone(".banner").await;
    create_is("false").await;
    app.gone(".details footer p").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_costs_no_more_nodes() {
    let world = World::with(Config { tokens: 20_000, ..Config::default() }, Theme::Light).await;
    world.connect().await;
    world.app.says("20,000 tokens").await;
    world.app.press_key(Key::End).await;
    world
        .app
        .until(
            "the last row is shown",
            "return [...document.querySelectorAll('.row')]
        .some((row) => row.ariaRowIndex === '20001' && row.querySelector('bdi').innerText !== '')",
        )
        .await;
    let count = "const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
        let count = 1; while (walker.nextNode()) count += 1; return count";
    let nodes = world.app.eval(count).await.as_u64().expect("a number");
    assert!(nodes < 800, "{nodes} nodes");
}
