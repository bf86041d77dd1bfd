//! What an admin writes about a token: with the keyboard alone, kept over a restart, and never a value.

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::desktop::Theme;
use crate::hand::Hand;
use crate::leaks;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

const PLACE: &str = "nordlys-staging-2, /etc/entri.env";

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_enter_of_a_hand_saves_them_from_the_note() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.has_focus(page("m.title")).await;
    hand.key("Down").await;
    hand.key("n").await;
    app.find("dialog textarea").await;
    hand.click("dialog textarea").await;
    world.desktop.xdotool(&["type", "--delay", "20", "one line"]);
    hand.key("Return").await;
    app.find("dialog textarea").await;
    hand.key("ctrl+Return").await;
    app.says("Saved notes on").await;
    app.gone("dialog").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_written_by_the_keyboard_and_outlive_a_restart_and_hold_no_value() {
    let world = World::connected().await;
    let app = &world.app;
    let value = world.sandbox.ready().viewer_token.clone();
    app.walk_to_list().await;
    app.press_key(Key::Down).await;
    let name = app.text(".row.active bdi").await;
    app.press_key("n").await;
    app.says(&format!("Notes on “{name}”")).await;
    app.type_over("Place", &value).await;
    app.press_key(Key::Enter).await;
    app.says("contains what looks like a token value").await;
    app.type_over("Place", PLACE).await;
    app.press_key(Key::Tab).await;
    app.type_over("Note", "Ole knows more.").await;
    app.walk_and_press("Save notes").await;
    app.has_focus(page("m.title")).await;
    app.says(&format!("Saved notes on “{name}”.")).await;
    let world = world.restart().await;
    let app = &world.app;
    app.walk_to_list().await;
    app.press_key(Key::Down).await;
    app.press_key(Key::Enter).await;
    app.says(PLACE).await;
    app.says("Ole knows more.").await;
    app.walk_and_press("Edit place and note…").await;
    app.type_over("Place", "elsewhere").await;
    app.press_key(Key::Enter).await;
    app.says("elsewhere").await;
    app.walk_and_press("Undo").await;
    app.says(PLACE).await;
    leaks::nothing_on_disk(&world.desktop, &[&value]);
}

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.press_card("Stale").await;
    app.says("of 48").await;
    app.click(".row").await;
    app.press(page("notes/notesText.write")).await;
    app.fill("#notes-place", "entri_EXAMPLEONLY7h2Kq9ZpVw").await;
    app.press(page("notes/notesText.submit")).await;
    app.says("contains what looks like a token value").await;
    shown.as_picture("notes").await;
    app.fill("#notes-place", PLACE).await;
    app.fill("#notes-note", "Deploys of the staging server.").await;
    app.press_key(Key::Enter).await;
    app.press_key("Ole Dahl knows more.").await;
    app.press(page("notes/notesText.submit")).await;
    app.says(page("notes/notesText.change")).await;
    shown.as_picture("details-noted").await;
    app.press_create().await;
    app.fill("#create-name", "staging-server (r2)").await;
    app.fill("#notes-place", PLACE).await;
    shown.as_picture("create-noted").await;
}
