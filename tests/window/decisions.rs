//! From a finding to a decision, and what the journal tells of it.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{TimeDelta, Utc};
use entri_sandbox::{Config, DateHeader, Variant};
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::Theme;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

/// A server whose clock goes ahead by as many days as are reported.
fn ahead() -> (Config, Arc<AtomicI64>) {
    let days = Arc::new(AtomicI64::new(0));
    let said = Arc::clone(&days);
    let clock = move || Utc::now() + TimeDelta::days(said.load(Ordering::Relaxed));
    let variant = Variant { date: DateHeader::Own, ..Variant::default() };
    (Config { clock: Arc::new(clock), variant, ..Config::default() }, days)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_kept_and_a_wrong_clock_does_not_end_that() {
    let (config, days) = ahead();
    let world = World::with(config, Theme::Light).await;
    world.connect().await;
    show_a_finding(&world.app).await;
    let kept = keep(&world.app).await;
    the_report_has_it(&world, &kept).await;
    // A server's clock that is a month ahead is not believed, and ends no decision.
    days.store(31, Ordering::Relaxed);
    let app = &world.app;
    app.walk_and_press("API tokens").await;
    app.press_key(Key::F5).await;
    app.says("too far to rely on").await;
    app.says("9 of 48").await;
    app.until("it is not in the list", &format!("return !{}", row_of(&kept))).await;
    // With a wrong clock, the next start may show a warning before anything else can be seen.
    days.store(0, Ordering::Relaxed);
    let world = world.restart().await;
    the_journal_tells_of_it(&world.app).await;
}

async fn show_a_finding(app: &App) {
    app.walk_and_press("Audit report").await;
    app.says("Policy: Standard (90 days)").await;
    // Another limit, other counts.
    app.walk_to("Stale after (days)").await;
    for _ in 0..45 {
        app.press_key(Key::Left).await;
    }
    app.walk_and_press("Use 45 days").await;
    app.walk_and_press("Show the tokens with: Unused for 45 days or more (10)").await;
    app.says("10 of 48").await;
}

/// Keeps the first token; returns its name.
async fn keep(app: &App) -> String {
    app.has_focus(page("m.title")).await;
    app.press_key(Key::Down).await;
    let kept = app.text(".row.active bdi").await;
    app.press_key("d").await;
    app.has_focus(page("decide/decideText.reason")).await;
    app.press_key(Key::Enter).await;
    app.says("Enter a reason").await;
    app.press_key("runs in the yearly audit").await;
    app.press_key(Key::Shift + Key::Tab).await;
    app.has_focus("90 days").await;
    app.press_key(Key::Left).await;
    app.has_focus("30 days").await;
    app.press_key(Key::Enter).await;
    app.says("9 of 48").await;
    app.until("it has left the list", &format!("return !{}", row_of(&kept))).await;
    kept
}

async fn the_report_has_it(world: &World, kept: &str) {
    let app = &world.app;
    app.walk_and_press("Audit report").await;
    app.says("1 token with an active decision is excluded").await;
    let path = world.desktop.home().join("report.csv");
    app.walk_and_press("Export CSV…").await;
    app.type_over("File", &path.display().to_string()).await;
    app.press_key(Key::Enter).await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Report saved to").await;
    let text = fs::read_to_string(&path).expect("it is there");
    let line = text.lines().find(|line| line.contains(kept)).expect("a line for the token");
    assert!(line.contains("keep until") && line.contains("runs in the yearly audit"), "{line}");
}

async fn the_journal_tells_of_it(app: &App) {
    app.synced().await;
    app.walk_and_press("Activity").await;
    app.says("runs in the yearly audit").await;
    let places = "return ['.toolbar', 'h2', '.act']
        .map((css) => document.querySelector('.activity ' + css).getBoundingClientRect().top)";
    // The server's entries come later, and by then the days are others.
    app.find(".activity .log li").await;
    app.stands_still().await;
    let before = app.eval(places).await;
    app.walk_and_press("Verify journal").await;
    // The limit that was changed, the decision, and the report that was saved.
    app.says("Verified: all 3 entries are unaltered.").await;
    assert_eq!(app.eval(places).await, before, "what is read stays where it is");
    app.has_focus(page("activity/activityText.verify")).await;
    app.walk_to(page("activity/activityText.filter")).await;
    app.press_key("no such token").await;
    app.says("No matching entries").await;
    app.type_over(page("activity/activityText.filter"), "yearly").await;
    app.says("runs in the yearly audit").await;
}

/// Whether a row with this name is in the list.
fn row_of(name: &str) -> String {
    let name = serde_json::json!(name);
    format!(
        "[...document.querySelectorAll('.row:not([hidden]) bdi:first-child')].some((it) => \
         it.innerText === {name})"
    )
}

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.press(page("m.activity")).await;
    app.says("No activity yet").await;
    shown.as_picture("activity-none").await;
    app.click(".sidebar-item").await;
    app.press_card("Stale").await;
    app.says("of 48").await;
    app.click(".row").await;
    app.press("Keep until…").await;
    app.find("#decide-reason").await;
    shown.as_picture("decide").await;
    app.click("label:has(input[value=askOwner])").await;
    app.says(page("decide/decideText.copy")).await;
    shown.as_picture("decide-ask").await;
    app.press(page("decide/decideText.copy")).await;
    app.says("Copied").await;
    let copied = world.desktop.paste().expect("the clipboard has the question");
    assert!(copied.contains("Do you still need it"), "{copied}");
    app.click("label:has(input[value=keep])").await;
    app.fill("#decide-reason", "Runs in the yearly audit; asked Ole Dahl.").await;
    app.press("Keep").await;
    app.says("Accepted on").await;
    shown.as_picture("decided").await;
    app.press("View activity").await;
    app.says("Kept").await;
    app.press(page("activity/activityText.verify")).await;
    app.says("Verified:").await;
    shown.as_picture("activity").await;
    app.fill("input[type=search]", "").await;
    app.click("label:has(input[value=server])").await;
    app.says("approved a translation").await;
    shown.as_picture("activity-server").await;
}
