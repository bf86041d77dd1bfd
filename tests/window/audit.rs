//! The audit report: from a limit to the tokens it flags, over a restart, and saved for an auditor.

use std::fs;
use std::time::Duration;

use entri_sandbox::{Config, Fault, FaultAnswer, Method};
use thirtyfour::Key;

use crate::desktop::Theme;
use crate::list;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

/// What the first finding counts.
const STALE: &str = "return document.querySelector('.rules tbody td').innerText";

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_tried_saved_and_kept_by_the_keyboard_alone() {
    let world = World::connected().await;
    let app = &world.app;
    app.walk_and_press("Audit report").await;
    app.says("Policy: Standard (90 days)").await;
    assert_eq!(app.eval(STALE).await, "6");
    app.walk_to(page("audit/auditText.daysField")).await;
    app.type_over(page("audit/auditText.daysField"), "60").await;
    app.says("60 days: ").await;
    app.walk_to("Stale after (days)").await;
    for _ in 0..15 {
        app.press_key(Key::Left).await;
    }
    app.says("45 days: 10 tokens").await;
    app.walk_and_press("Use 45 days").await;
    app.says("Policy: Strict (45 days)").await;
    app.has_focus(page("audit/auditText.limit")).await;
    assert_eq!(app.eval(STALE).await, "10");
    app.walk_and_press("Show the tokens with: Unused for 45 days or more (10)").await;
    app.says("10 of 48").await;
    app.has_focus(page("m.title")).await;
    app.press_key(Key::Escape).await;
    list::shows_all(app).await;
    let world = world.restart().await;
    world.app.press_card("Stale").await;
    world.app.says("10 of 48").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_goes_to_a_file_and_back_by_the_keyboard_alone() {
    let world = World::connected().await;
    let app = &world.app;
    let path = world.desktop.home().join("policy.toml");
    app.walk_and_press("Audit report").await;
    app.walk_and_press("Edit policy…").await;
    app.has_focus("Stale after").await;
    app.walk_and_press("Export…").await;
    app.type_over("File", &path.display().to_string()).await;
    app.press_key(Key::Enter).await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Policy saved to").await;
    app.has_focus(page("audit/auditText.exportPolicy")).await;
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, text.replace("stale_days = 90", "stale_days = 9000")).expect("it is changed");
    app.walk_and_press("Import…").await;
    app.type_over("File", &path.display().to_string()).await;
    app.press_key(Key::Enter).await;
    app.says("9000").await;
    app.has_focus("File").await;
    fs::write(&path, text.replace("stale_days = 90", "stale_days = 45")).expect("it is changed");
    app.press_key(Key::Enter).await;
    app.says("Policy: Strict (45 days)").await;
    app.has_focus(page("audit/auditText.change")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_saved_for_an_auditor() {
    let world = World::connected().await;
    let app = &world.app;
    app.press(page("m.auditReport")).await;
    for (button, file) in
        [("Export CSV…", "a.csv"), ("Export JSON…", "a.json"), ("Export HTML…", "a.html")]
    {
        let path = world.desktop.home().join(file);
        app.press(button).await;
        if file == "a.json" {
            // What the app proposes takes one press, as long as there is no such file.
            let proposed = app.value("#report-path").await;
            app.press(page("audit/auditText.saveReport")).await;
            app.says(&format!("Report saved to {proposed}.")).await;
            app.press(button).await;
        }
        // One is chosen in the system's window, the others are typed.
        if file == "a.csv" {
            app.press(page("m.browse")).await;
            world.desktop.type_there("Save as", &path.display().to_string());
            // Sooner it counts as answered by somebody who was typing elsewhere, and is asked about again.
            tokio::time::sleep(Duration::from_millis(1_100)).await;
            world.desktop.enter("Save as", "");
            let holds = format!(
                "return document.querySelector('#report-path').value === '{}'",
                path.display()
            );
            app.until("the field holds what was chosen", &holds).await;
        } else {
            app.fill("#report-path", &path.display().to_string()).await;
        }
        app.press(page("audit/auditText.saveReport")).await;
        // The system's window was enough of a question.
        if file != "a.csv" {
            world.desktop.say_yes("Save this file", "Save");
        }
        app.says(&format!("Report saved to {}.", path.display())).await;
        let text = fs::read_to_string(&path).expect("it is there");
        assert_eq!(text.matches("t-f417").count(), 1, "{file}");
        assert!(!text.contains("entri_"), "no value is in it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_a_leaver_are_found_and_closed_members_are_told() {
    let world = World::connected().await;
    let app = &world.app;
    app.press(page("m.auditReport")).await;
    app.click("[aria-label='Show the tokens with: Creator left the organization (3)']").await;
    app.says("3 of 48").await;
    app.click(".row[data-position='0']").await;
    app.says("The creator is no longer a member.").await;
    app.press_key(Key::Escape).await;
    world.sandbox.fail_next(Fault {
        method: Method::GET,
        path: "/members".to_owned(),
        with_effect: false,
        answer: FaultAnswer::status(403, "application/json", "{}"),
    });
    app.press_key(Key::Control + "r").await;
    app.press(page("m.auditReport")).await;
    app.says("you can’t view members.").await;
    app.gone("[aria-label^=\"Show the tokens with: Its creator\"]").await;
}

in_both_themes!(pictured);

async fn pictured(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let shown = Shown { world: &world, theme };
    app.press(page("m.auditReport")).await;
    app.says("Policy: Standard").await;
    shown.as_picture("report").await;
    app.press(page("audit/auditText.change")).await;
    app.fill("#stale_days", "400").await;
    app.press(page("audit/auditText.savePolicy")).await;
    app.says("“Stale after” must be 1–365 days, not 400.").await;
    shown.as_picture("policy").await;
    app.press(page("audit/auditText.exportPolicy")).await;
    app.find("#policy-path").await;
    shown.as_picture("policy-export").await;
    let path = world.desktop.home().join("policy.toml");
    app.fill("#policy-path", &path.display().to_string()).await;
    app.press("Export policy").await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Policy saved to").await;
    assert!(fs::read_to_string(&path).expect("it is there").contains("stale_days = 90"));
    app.press(page("m.cancel")).await;
    app.eval(
        "const limit = document.querySelector('#limit'); limit.value = 300;
        limit.dispatchEvent(new Event('input', { bubbles: true }))",
    )
    .await;
    app.says("Use 300 days").await;
    shown.as_picture("report-tried").await;
    app.press(page("audit/auditText.formats.html")).await;
    app.find("#report-path").await;
    shown.as_picture("report-save").await;
    app.press(page("m.cancel")).await;
    app.press(page("audit/auditText.show")).await;
    app.says("of 48").await;
    shown.as_picture("finding").await;
}
