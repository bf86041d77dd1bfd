//! Script in the page can call every command the page can. What the page must not decide alone does not
//! happen unless a person says so outside it.

mod acts;
mod hand;
mod prey;
mod secrets;

use serde_json::json;

use crate::desktop::until;
use acts::{Act, REACH, REPLACE, REVOKE, RUN};
use prey::Prey;

const ALWAYS_ASKED: [&str; 8] = [
    "secrets_send",
    "secrets_save",
    "rotations_deliver",
    "audit_save_report",
    "audit_save_policy",
    "journal_export",
    "bulk_revokes_run",
    "connections_sign_in_in_window",
];

#[tokio::test(flavor = "multi_thread")]
async fn script_in_the_page_does_nothing_that_nobody_confirmed() {
    let prey = Prey::set_up().await;
    let Prey { world, forbidden, .. } = &prey;
    let (alive, requests) = (world.alive(), world.sandbox.requests().len());
    let acts = prey.acts().await;
    assert!(acts.len() >= 40, "{} acts", acts.len());
    let mut asked_for = 0;
    for Act { command, arguments, asked } in acts {
        // For these a press is not enough, and with one they are asked about after a no as well.
        if ALWAYS_ASKED.contains(&command) {
            world.app.touch();
        }
        prey.begin(command, &arguments).await;
        let ended = "return window.ended !== null";
        while world.app.eval(ended).await == false && !world.desktop.has_window(&asked) {}
        if world.desktop.has_window(&asked) {
            asked_for += 1;
            world.desktop.say_no(&asked);
        }
        let answer = prey.ended().await;
        let refused = answer.is_null() || answer["code"] == "declined";
        assert!(refused, "{command} {arguments}: {answer}");
    }
    assert!(asked_for > 25, "{asked_for} were asked about");
    assert_eq!(world.alive(), alive, "no token was revoked");
    assert_eq!(world.sandbox.requests().len(), requests, "its server was asked for nothing");
    assert_eq!(forbidden.connections(), 0, "and another one neither");
    assert_eq!(prey.holds("precious").as_deref(), Some("mine"));
    assert!(prey.holds("steal").is_some_and(|it| it.starts_with("#!/bin/sh")));
    assert_eq!((prey.holds("stolen"), prey.holds(".profile")), (None, None));
    assert!(world.app.eval("return document.querySelector('.connect') === null").await == true);
}

/// The control: what is confirmed happens, so the acts above were real.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_confirmed_happens() {
    let prey = Prey::set_up().await;
    let Prey { world, forbidden, .. } = &prey;
    let acts = prey.acts().await;
    let yes = async |of: &Act, yes: &str| {
        prey.begin(of.command, &of.arguments).await;
        world.desktop.say_yes(&of.asked, yes);
        prey.ended().await
    };
    let first = |command: &str, asked: &str| {
        acts.iter().find(|it| it.command == command && it.asked == asked).expect("there is one")
    };
    let said = yes(first("secrets_send", RUN), "Run").await;
    assert!(prey.holds("stolen").is_some_and(|it| it.starts_with("entri_")), "{said}");
    let said = yes(first("secrets_save", REPLACE), "Replace").await;
    assert!(prey.holds("precious").is_some_and(|it| it.starts_with("entri_")), "{said}");
    let value = yes(first("secrets_reveal", "Show the value"), "Show").await;
    assert!(value.as_str().is_some_and(|it| it.starts_with("entri_")));
    let alive = world.alive().len();
    let said = yes(first("tokens_revoke", REVOKE), "Revoke").await;
    assert_eq!((world.alive().len(), &said["outcome"]), (alive - 1, &json!("revoked")), "{said}");
    let said = yes(first("bulk_revokes_run", "Revoke 49 tokens"), "Revoke").await;
    assert!(world.alive().len() < 5, "{said}");
    let reach = acts.iter().find(|it| it.arguments.to_string().contains("\"cli\"")).expect("one");
    prey.begin(reach.command, &reach.arguments).await;
    world.desktop.say_yes(REACH, "Connect");
    until("the other server is reached", || forbidden.connections() > 0);
    let said = yes(first("connections_disconnect", "Disconnect"), "Disconnect").await;
    let left = prey.call("connections_start", json!({})).await;
    assert_eq!(left["status"]["connections"], json!([]), "{said}");
}
