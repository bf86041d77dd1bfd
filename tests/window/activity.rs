//! What was done, one line an act, by the hand of a person.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use thirtyfour::Key;

use crate::app::App;
use crate::hand::Hand;
use crate::words::page;
use crate::world::World;

/// The most that are from the sidebar to the list.
const TABS: usize = 5;
const LINE: &str = ".act > .line";
/// Six tokens: begun, three entries for each, and ended.
const STEPS: usize = 20;
/// Its first and second step are seen where they should be, below the line.
const UNFOLDED: &str = "const steps = [...document.querySelectorAll('.act .steps li')].slice(0, 2);
    return steps.length === 2 && steps.every((step) => {
        const { left, top, width, height } = step.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('li') === step
    })";

async fn revokes_six(world: &World) {
    let app = &world.app;
    world.plan_stale().await;
    app.says("Revoke 6 tokens?").await;
    world.revoke_planned("6").await;
    app.says("Revoked 6").await;
    app.has_focus(page("m.close")).await;
    app.press_key(Key::Enter).await;
    app.says("42 tokens").await;
}

async fn is_unfolded(app: &App) {
    app.until("its steps are on the screen", UNFOLDED).await;
    let steps = app.eval("return document.querySelectorAll('.act .steps li').length").await;
    assert_eq!(steps, STEPS);
}

/// From the sidebar, by way of the day, which shows itself alone and all of them again.
async fn comes_to_the_line(app: &App, hand: &Hand<'_>) {
    // The export, the search, the kinds, the sources: the days are the fifth.
    app.eval("document.querySelector('.sidebar [aria-current=page]').focus()").await;
    for _ in 0..TABS {
        if app.eval("return document.activeElement.matches('.activity h2 button')").await == true {
            break;
        }
        hand.key("Tab").await;
    }
    app.until("the day has the focus", "return document.activeElement.matches('h2 button')").await;
    hand.key("Return").await;
    let only = "const { value } = document.querySelector('.activity .search input');
        return /^\\d{4}-\\d\\d-\\d\\d$/.test(value)
            && document.querySelectorAll('.activity section').length === 1";
    app.until("only the day is shown", only).await;
    app.says("Bulk revoke of 6 tokens").await;
    hand.key("Return").await;
    app.until(
        "all days are",
        "return document.querySelector('.activity .search input').value === ''",
    )
    .await;
    hand.key("Down").await;
    let focused = format!("return document.activeElement.matches('{LINE}')");
    app.until("the line has the focus", &focused).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_revoke_is_one_line_that_unfolds_by_mouse_and_by_keyboard() {
    let world = World::connected().await;
    revokes_six(&world).await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.key("g").await;
    hand.key("j").await;
    app.says("Bulk revoke of 6 tokens").await;
    let lines = app.eval("return document.querySelectorAll('.act').length").await;
    assert_eq!(lines, 1, "the revokes of the six are steps of the one");
    app.says("Done").await;
    hand.click(LINE).await;
    is_unfolded(app).await;
    hand.click(LINE).await;
    app.gone(".steps").await;
    // From another screen, so that no click has left the focus there.
    hand.key("g").await;
    hand.key("t").await;
    app.gone(".activity").await;
    hand.key("g").await;
    hand.key("j").await;
    app.find(LINE).await;
    comes_to_the_line(app, &hand).await;
    hand.key("Return").await;
    is_unfolded(app).await;
    hand.key("space").await;
    app.gone(".steps").await;
    // Of another kind there is none, and the page says so.
    hand.click(".activity .recipes button:nth-child(4)").await;
    app.says("No matching entries").await;
    app.gone(".act").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn activity_is_exported_for_spreadsheets_to_a_file_of_ones_own() {
    let world = World::connected().await;
    revokes_six(&world).await;
    let World { app, desktop, .. } = &world;
    let hand = Hand::on(&world).await;
    hand.key("g").await;
    hand.key("j").await;
    app.says("Bulk revoke of 6 tokens").await;
    app.press(page("activity/activityText.exportCsv")).await;
    let file = desktop.home().join("activity.csv");
    app.fill("#activity-path", &file.display().to_string()).await;
    app.press(page("activity/activityText.exportSubmit")).await;
    desktop.say_yes("Save this file", "Save");
    app.says("Activity exported to").await;
    app.named("button", page("fields/fileText.showInFolder")).await;
    let text = fs::read_to_string(&file).expect("the file");
    // The names of the columns, the entries of the one act, and what the server logged.
    assert!(text.lines().count() > STEPS, "{text}");
    assert_eq!(text.matches("\"Bulk revoke #").count(), STEPS, "{text}");
    let mode = fs::metadata(&file).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
