//! Every flow with the keyboard alone: what has the focus is asserted at each step.

use thirtyfour::Key;

use crate::app::App;
use crate::connections::another;
use crate::hand::Hand;
use crate::list;
use crate::words::page;
use crate::world::World;

async fn press(app: &App, keys: impl Into<thirtyfour::TypingData>, then_focused: &str) {
    app.press_key(keys).await;
    app.has_focus(then_focused).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_connect_screen_to_a_revoked_token() {
    let world = World::unconnected().await;
    let app = &world.app;
    app.has_focus(page("sign-in/signInText.submit.apiToken")).await;
    app.press_key(Key::Enter).await;
    world.desktop.enter("Enter the API token", &world.sandbox.ready().admin_token);
    app.has_focus(page("m.title")).await;
    app.synced().await;
    search_and_look(app).await;
    create_and_copy(app).await;
    revoke(app).await;
    assert!(!world.alive().contains(&"by keyboard".to_owned()));
}

async fn search_and_look(app: &App) {
    press(app, "/", page("m.search")).await;
    press(app, "staging", page("m.search")).await;
    press(app, Key::Enter, "API tokens").await;
    app.press_key(Key::Down).await;
    app.press_key(Key::Enter).await;
    app.find(".details").await;
    press(app, Key::Tab, "Columns").await;
    app.walk_to("Close details").await;
    app.walk_to("Token details").await;
    press(app, Key::Escape, "API tokens").await;
    app.gone(".details").await;
    app.press_key(Key::Escape).await;
    list::shows_all(app).await;
}

async fn create_and_copy(app: &App) {
    press(app, "c", "Name").await;
    app.press_key("by keyboard").await;
    press(app, Key::Tab, "90 days").await;
    press(app, Key::Right, "365 days").await;
    app.says("until").await;
    for next in ["Project", "Scopes"] {
        press(app, Key::Tab, next).await;
    }
    // Tab passes the scopes that are there; the arrows reach them.
    press(app, Key::Left, "Remove translations:read").await;
    press(app, Key::Right, "Scopes").await;
    for next in ["Place", "Note"] {
        press(app, Key::Tab, next).await;
    }
    for next in ["Cancel", "Create token"] {
        press(app, Key::Tab, next).await;
    }
    press(app, Key::Enter, "Copy").await;
    press(app, Key::Enter, "Copy again").await;
    app.says("Copied and verified.").await;
    for next in ["Save to file…", "Send to command…", "Show code snippet", "Done"] {
        press(app, Key::Tab, next).await;
    }
    press(app, Key::Enter, "API tokens").await;
}

async fn revoke(app: &App) {
    app.on_row("by keyboard").await;
    press(app, Key::Delete, "Cancel").await;
    press(app, Key::Escape, "API tokens").await;
    press(app, Key::Delete, "Cancel").await;
    press(app, Key::Tab, "Revoke token").await;
    press(app, Key::Enter, "API tokens").await;
    app.says("Revoked “by keyboard”.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn around_the_list() {
    let world = World::connected().await;
    let app = &world.app;
    app.has_focus(page("m.title")).await;
    for (key, row) in
        [(Key::Down, "0"), (Key::Down, "1"), (Key::Up, "0"), (Key::End, "47"), (Key::Home, "0")]
    {
        app.press_key(key).await;
        app.until(
            "the row is the active one",
            &format!(
                "const grid = document.activeElement;
                 const row = document.getElementById(grid.getAttribute('aria-activedescendant'));
                 const [box, frame] = [row, grid].map((it) => it.getBoundingClientRect());
                 return row.dataset.position === '{row}' && box.bottom <= frame.bottom + 1"
            ),
        )
        .await;
    }
    press(app, "s", "API tokens").await;
    list::is_sorted_by(app, "Name").await;
    press(app, "?", "Close").await;
    press(app, Key::Escape, "API tokens").await;
    press(app, Key::Control + "n", "Name").await;
    press(app, Key::Escape, "API tokens").await;
    for (letter, screen) in [("a", "Audit report"), ("j", "Activity")] {
        app.press_key("g").await;
        app.press_key(letter).await;
        let heading = format!("return document.querySelector('h1')?.innerText === '{screen}'");
        app.until(screen, &heading).await;
    }
    app.press_key("g").await;
    press(app, "t", "API tokens").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_one_like_another() {
    let world = World::connected().await;
    let app = &world.app;
    app.walk_to_list().await;
    app.press_key(Key::Down).await;
    app.press_key(Key::Down).await;
    let name = app.text(".row.active bdi").await;
    app.press_key(Key::Enter).await;
    app.walk_and_press("Duplicate…").await;
    app.has_focus("Name").await;
    assert_eq!(app.value("#create-name").await, name);
    app.says("Tokens with the same name are hard to tell apart.").await;
    app.type_over("Name", "another one").await;
    press(app, Key::Enter, "Copy").await;
    let truth = world.sandbox.truth().expect("the sandbox knows its tokens");
    let scopes = |name: &str| {
        let token = truth.iter().find(|token| token.name == name).expect("it is there");
        (token.scopes.clone(), token.project_id.clone())
    };
    assert_eq!(scopes("another one"), scopes(&name));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_with_a_password_and_a_second_factor() {
    let world = World::unconnected().await;
    let (app, ready) = (&world.app, world.sandbox.ready());
    app.has_focus(page("sign-in/signInText.submit.apiToken")).await;
    press(app, Key::Shift + Key::Tab, page("sign-in/signInText.ways.apiToken")).await;
    press(app, Key::Down, page("sign-in/signInText.ways.window")).await;
    press(app, Key::Down, page("sign-in/signInText.ways.password")).await;
    press(app, Key::Tab, "Email").await;
    app.press_key(ready.two_factor_email.as_str()).await;
    app.press_key(Key::Enter).await;
    world.desktop.enter("Enter the password", &ready.two_factor_password);
    app.has_focus(page("sign-in/signInText.code")).await;
    press(app, Key::Shift + Key::Tab, "Authenticator app").await;
    press(app, Key::Right, "Emailed code").await;
    press(app, Key::Tab, "Code").await;
    press(app, Key::Tab, "Send a code").await;
    press(app, Key::Enter, "Code").await;
    app.says(page("sign-in/signInText.codeSent")).await;
    app.press_key(world.sandbox.last_one_time_code().expect("it was sent")).await;
    press(app, Key::Enter, "API tokens").await;
    app.synced().await;
}

/// Opens the connection menu from the list and goes down to an entry.
async fn menu_entry(app: &App, name: &str) {
    let focused = |what: &str| format!("return document.activeElement.{what}");
    app.has_focus(page("m.title")).await;
    while app.eval(&focused("closest('.sidebar') !== null")).await != true {
        app.press_key(Key::Shift + Key::Tab).await;
    }
    while app.eval(&focused("matches('.connection')")).await != true {
        app.press_key(Key::Up).await;
    }
    app.press_key(Key::Enter).await;
    app.until("it is in the menu", &focused("closest('.menu') !== null")).await;
    while app.eval(&focused(&format!("innerText.includes('{name}')"))).await != true {
        app.press_key(Key::Down).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn between_connections() {
    let world = World::connected().await;
    let app = &world.app;
    let _second = another(&world, 20).await;
    menu_entry(app, "Edit connection…").await;
    press(app, Key::Enter, "Name").await;
    press(app, Key::Control + "a", "Name").await;
    press(app, "Second server", "Name").await;
    press(app, Key::Tab, "Production").await;
    press(app, Key::Right, "Staging").await;
    press(app, Key::Enter, "API tokens").await;
    app.says("Staging · 127.0.0.1").await;

    menu_entry(app, "Nordlys Apps").await;
    press(app, Key::Enter, "API tokens").await;
    app.says("48 tokens · ").await;
    menu_entry(app, "All connections").await;
    press(app, Key::Enter, "API tokens").await;
    app.says("68 tokens · ").await;
    press(app, Key::Control + "2", "API tokens").await;
    app.says("20 tokens · ").await;
    menu_entry(app, "Disconnect…").await;
    press(app, Key::Enter, "Cancel").await;
    press(app, Key::Tab, "Disconnect").await;
    press(app, Key::Enter, "API tokens").await;
    app.says("48 tokens · ").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_stays_off_the_row_that_the_keyboard_is_on() {
    const CLEAR: &str = "const of = (css) => document.querySelector(css)?.getBoundingClientRect();
        const [row, notice] = [of('.row.active'), of('.notice')];
        return row !== undefined && notice !== undefined
            && (row.bottom <= notice.top || notice.bottom <= row.top
                || row.right <= notice.left || notice.right <= row.left)";
    const BELOW: &str =
        "return document.querySelector('.notice').getBoundingClientRect().top > innerHeight / 2";
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.key("Home").await;
    hand.key("Menu").await;
    app.named("button", page("menu/rowMenu.copyId")).await;
    // To the entry that begins with it.
    hand.key("c").await;
    hand.key("Return").await;
    app.says(page("m.copied")).await;
    app.until("it is below the list", BELOW).await;
    app.until("and off the row", CLEAR).await;
    hand.key("End").await;
    app.until("it moved aside", CLEAR).await;
    hand.key("Home").await;
    app.until("it is back", BELOW).await;
    app.until("and off the row", CLEAR).await;
}
