//! A value that turned up somewhere: from the pasted text to dead and proven, with real keys and a real clipboard.

use std::fs;
use std::time::{Duration, Instant};

use entri_sandbox::{Fault, FaultAnswer, Method};
use rusqlite::Connection as Database;

use crate::canary::{close, in_memory, made_and_copied, wiped_in_time};
use crate::desktop::until;
use crate::hand::Hand;
use crate::leaks::{found_at_start, not_on_disk};
use crate::reveal::in_page;
use crate::rounds::{Outcome, all_went_well, expect};
use crate::words::page;
use crate::world::World;

pub const ASKED: &str = "Paste what you found";
/// The longest that the machine may take; the rest of a minute is the person's.
const MACHINE: Duration = Duration::from_secs(40);

/// Makes a token whose value is found afterwards, and returns the value.
pub async fn leaked(world: &World, name: &str) -> String {
    let value = made_and_copied(world, name).await;
    close(world).await;
    let file = world.desktop.home().join("data/entri-tokens/entri-tokens.db");
    until("its fingerprint is kept", || {
        let database = Database::open(&file).expect("the app's file");
        let kept = "SELECT EXISTS (SELECT 1 FROM fingerprint WHERE name = ?1)";
        database.query_row(kept, [name], |row| row.get(0)).unwrap_or(false)
    });
    value
}

/// Pastes a text into the window that asks what was found.
pub fn paste(world: &World, text: &str) {
    world.desktop.copy(text);
    world.desktop.paste_into(ASKED);
    world.desktop.enter(ASKED, "");
}

/// One incident: how long it took from the button to "proven dead", and where the value was looked for.
pub struct Round {
    pub took: Duration,
    /// In the page, and in all that it was ever sent, while the app held the value.
    pub shown: Outcome,
    /// In all memory of the app, once the value was forgotten.
    pub memory: Outcome,
    /// In the arguments and the environment of the app's processes.
    pub starts: Outcome,
    /// In the log, in every file of the app, and in its record in each form.
    pub files: Outcome,
}

/// Goes through so many incidents in one window, one after the other.
pub async fn rounds(count: usize) -> Vec<Round> {
    let world = World::connected().await;
    let mut rounds = Vec::new();
    for number in 0..count {
        rounds.push(round(&world, &format!("leaky {number}")).await);
    }
    rounds
}

async fn round(world: &World, name: &str) -> Round {
    let app = &world.app;
    let value = leaked(world, name).await;
    let requests = world.requests("DELETE");
    let took = ended(world, name, &value).await;
    assert_eq!(world.requests("DELETE"), requests + 1, "it is sent once");
    assert_eq!(world.answer_to(&value).await, 401);
    let held = in_memory(world, &value);
    assert!(held.iter().any(|it| it.starts_with("entri-tokens")), "for the second proof: {held:?}");
    let shown = expect(!in_page(&held), || format!("the page has more than a mask: {held:?}"));
    for ending in ["md", "json", "csv"] {
        exported(world, &format!("~/{name}.{ending}")).await;
    }
    app.press(page("found/foundText.forget")).await;
    app.press(page("found/foundText.forgetSubmit")).await;
    app.says(page("found/foundText.notKept")).await;
    let memory = wiped_in_time(world, &value, Instant::now());
    let processes = world.processes();
    let starts = processes.iter().flat_map(|process| found_at_start(process, &value));
    let starts: Vec<_> = starts.collect();
    let starts = expect(starts.is_empty(), || format!("started with {starts:?}"));
    let files = not_on_disk(&world.desktop, &value);
    app.press(page("found/foundText.close")).await;
    app.press(page("found/foundText.closeSubmit")).await;
    app.find(".grid").await;
    Round { took, shown, memory, starts, files }
}

/// By keyboard alone, from the button to "proven dead".
async fn ended(world: &World, name: &str, value: &str) -> Duration {
    let app = &world.app;
    // One tab stop with the button that has just been used.
    app.walk_to("Create token").await;
    let hand = Hand::on(world).await;
    hand.key("Left").await;
    app.has_focus("I found a token…").await;
    let begun = Instant::now();
    // Letting go of the key may come to the window that asks.
    world.desktop.xdotool(&["key", "Return"]);
    paste(world, &format!("export NT3_API_TOKEN={value}; ./deploy"));
    // As a window manager does once the other window is gone.
    let hand = Hand::on(world).await;
    app.has_focus(page("found/foundText.revoke")).await;
    app.says(&format!("“{name}” is exposed")).await;
    app.says("Certain").await;
    hand.key("Return").await;
    app.has_focus(page("m.cancel")).await;
    hand.key("Tab").await;
    app.has_focus(page("found/foundText.submit")).await;
    hand.key("Return").await;
    app.says(&format!("“{name}” is revoked and proven dead")).await;
    begun.elapsed()
}

/// Saves the record under this path.
async fn exported(world: &World, path: &str) {
    let app = &world.app;
    app.press_key("e").await;
    app.fill("#found-path", path).await;
    app.press(page("found/foundText.exportSubmit")).await;
    world.desktop.say_yes("Save this file", "Save");
    app.gone("dialog").await;
    let file = path.replace('~', &world.desktop.home().display().to_string());
    let record = fs::read_to_string(file).expect("it is saved");
    assert!(record.contains("leaky"), "the record is about its token");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_value_is_dead_and_proven_within_a_minute_and_left_nowhere() {
    for Round { took, shown, memory, starts, files } in rounds(1).await {
        println!("From the button to proven dead: {} ms", took.as_millis());
        assert!(took < MACHINE, "{took:?}");
        all_went_well(vec![shown, memory, starts, files]);
    }
}

/// The incident is in the journal, whatever happens to the app.
#[tokio::test(flavor = "multi_thread")]
async fn an_incident_goes_on_after_a_restart_without_the_value() {
    let world = World::connected().await;
    let value = leaked(&world, "leaky").await;
    world.app.press("I found a token…").await;
    paste(&world, &value);
    world.app.says("“leaky” is exposed").await;
    let world = world.restart().await;
    world.app.synced().await;
    world.app.press(page("found/foundText.goOn")).await;
    world.app.says("“leaky” is exposed").await;
    world.app.says(page("found/foundText.notKept")).await;
    world.app.press(page("found/foundText.revoke")).await;
    world.app.press(page("found/foundText.submit")).await;
    world.app.says("“leaky” is revoked").await;
    world.app.press(page("found/foundText.replace")).await;
    assert_eq!(world.app.value("#create-name").await, "leaky (r2)");
}

/// The app signs in with the value that was found. The move fails once, which the dialog of the new token says, and is
/// tried again there; then the old one can be revoked.
#[tokio::test(flavor = "multi_thread")]
async fn a_move_to_a_new_token_that_failed_says_why_and_is_tried_again() {
    let world = World::connected().await;
    let app = &world.app;
    let old = world.sandbox.ready().admin_token.clone();
    app.press("I found a token…").await;
    paste(&world, &old);
    app.says("“Entri Tokens app” is exposed").await;
    app.press(page("found/foundText.revoke")).await;
    app.says(page("found/foundText.own")).await;
    let answer = FaultAnswer::status(403, "text/plain", "");
    let path = "/organizations/current".to_owned();
    world.sandbox.fail_next(Fault { method: Method::GET, path, with_effect: false, answer });
    app.press(page("found/foundText.move")).await;
    app.says("0 of 1 place has it.").await;
    app.says("does not allow this").await;
    app.press(page("rotation/handoverText.again")).await;
    app.says("1 of 1 place has it.").await;
    app.press(page("deliver/newTokenText.done")).await;
    app.says("“Entri Tokens app” now?").await;
    app.press(page("found/foundText.submit")).await;
    app.says("“Entri Tokens app” is revoked and proven dead").await;
    assert_eq!(world.answer_to(&old).await, 401);
}
