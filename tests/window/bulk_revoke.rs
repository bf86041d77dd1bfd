//! Many tokens selected, planned and revoked, as the server sees it too.

use entri_sandbox::Config;
use thirtyfour::Key;

use crate::desktop::Theme;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn stale_tokens_are_revoked_by_the_keyboard_and_the_used_one_is_left() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_card("Stale").await;
    app.says("6 of 48").await;
    app.walk_to_list().await;
    app.press_key(Key::Down).await;
    app.press_key("x").await;
    app.says("1 selected").await;
    app.press_key(Key::Shift + Key::Down).await;
    app.says("2 selected").await;
    app.press_key(Key::Control + "a").await;
    app.says("6 selected").await;
    app.press_key(Key::Delete).await;
    app.has_focus(page("m.cancel")).await;
    app.says("Revoke 6 tokens?").await;
    // One of them is used while the plan is read.
    let used = world.id_of("Mira's laptop");
    world.sandbox.touch(&used, chrono::Utc::now()).expect("the sandbox is told");
    app.walk_to("Revoke 6 tokens").await;
    app.press_key(Key::Enter).await;
    world.desktop.say_yes("Revoke 6 tokens", "Revoke");
    app.says("Revoked 5 of 6 tokens").await;
    app.has_focus(page("m.close")).await;
    assert_eq!((world.requests("DELETE"), world.alive().len()), (5, 43));
    assert!(world.alive().contains(&"Mira's laptop".to_owned()));
    app.press_key(Key::Enter).await;
    app.says("43 tokens").await;
    app.press(page("m.activity")).await;
    app.says("5 revoked · 1 skipped").await;
    app.click(".act > .line").await;
    app.says("Skipped: used since").await;
    app.says("Bulk revoke finished").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_for_tomorrow_is_asked_about_at_the_next_start() {
    let world = World::connected().await;
    let app = &world.app;
    world.plan_stale().await;
    app.press(page("bulk-revoke/bulkText.later")).await;
    app.says("6 tokens scheduled for revocation on").await;
    app.says("Scheduled for revocation on").await;
    app.until(
        "the message stands above what waits",
        "const { top } = document.querySelector('.unresolved').getBoundingClientRect();
         const messages = [...document.querySelectorAll('.notice')];
         return messages.length > 0
             && messages.every((it) => it.getBoundingClientRect().bottom <= top)",
    )
    .await;
    // By mistake: it is taken back at once, and the tokens say so no longer.
    app.press(page("m.notices.undo")).await;
    app.says("Schedule canceled").await;
    app.gone(".unresolved").await;
    world.plan_listed().await;
    app.press(page("bulk-revoke/bulkText.later")).await;
    app.says("6 tokens scheduled for revocation on").await;
    let world = world.restart().await;
    world.app.synced().await;
    world.app.says("Nothing is revoked automatically").await;
    world.app.press(page("bulk-revoke/bulkText.callOff")).await;
    world.app.gone(".unresolved").await;
    assert_eq!(world.requests("DELETE"), 0);
}

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    pictured_with_a_count(&shown).await;
    pictured_with_one_left(&shown).await;
    app.press(page("m.close")).await;
    app.press_card("Never used").await;
    app.says("of ").await;
    world.plan_listed().await;
    app.press(page("bulk-revoke/bulkText.later")).await;
    app.says("Nothing is revoked automatically").await;
    shown.as_picture("bulk-revoke-later").await;
}

async fn pictured_with_a_count(shown: &Shown<'_>) {
    let app = &shown.world.app;
    app.walk_to_list().await;
    app.press_key(Key::Down).await;
    app.press_key("x").await;
    app.press_key(Key::Shift + Key::Down).await;
    app.press_key(Key::Shift + Key::Down).await;
    app.says("3 selected").await;
    shown.as_picture("select").await;
    app.press(page("list/selectionText.plan")).await;
    app.find("#bulk-revoke-count").await;
    shown.as_picture("bulk-revoke").await;
    let planned = app.text("#bulk-revoke-title").await;
    let count = planned.split(' ').nth(1).expect("a number").to_owned();
    app.fill("#bulk-revoke-count", &count).await;
    shown.world.revoke_planned(&count).await;
    app.says("Revoked ").await;
    app.press(page("m.close")).await;
}

/// One of them is used while the plan is read.
async fn pictured_with_one_left(shown: &Shown<'_>) {
    let (world, app) = (shown.world, &shown.world.app);
    app.press_card("Stale").await;
    app.says("of ").await;
    world.plan_listed().await;
    let used = world.id_of("Mira's laptop");
    world.sandbox.touch(&used, chrono::Utc::now()).expect("the sandbox is told");
    world.revoke_planned("6").await;
    app.says("Revoked 5 of 6 tokens").await;
    shown.as_picture("cleaned-up").await;
}
