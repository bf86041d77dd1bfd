//! Only presses of a hand count as a person's, and none of them twice.

use std::time::{Duration, Instant};

use serde_json::json;

use super::acts::{REVOKE, RUN, VALUE};
use super::prey::Prey;
use crate::desktop::until;
use crate::hand::Hand;
use crate::words::page;

/// A hand on the mouse is a press that the shell sees itself; script that clicks the same button is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_click_of_a_hand_is_enough_and_one_of_script_is_not() {
    const REVOKE_IT_NOW: &str = "dialog footer .danger-outline";
    let prey = Prey::set_up().await;
    let (app, alive) = (&prey.world.app, prey.world.alive().len());
    app.press(page("deliver/newTokenText.close")).await;
    app.find(REVOKE_IT_NOW).await;
    prey.use_up_presses().await;
    app.eval(&format!("document.querySelector('{REVOKE_IT_NOW}').click()")).await;
    prey.world.desktop.say_no(REVOKE);
    app.says("Canceled. Nothing was done.").await;
    let hand = Hand::on(&prey.world).await;
    // What is written is no press, however much of it: script could wait for each letter.
    hand.key("a").await;
    let said = prey.call("tokens_revoke", prey.revoke("fresh").await).await;
    assert_eq!(said["code"], "declined", "{said}");
    assert_eq!(prey.world.alive().len(), alive);
    hand.click(REVOKE_IT_NOW).await;
    app.says("Revoked “fresh”.").await;
    // One press is not enough for a second one right after it.
    app.touch();
    prey.begin("tokens_revoke", &prey.revoke("contractor-import").await).await;
    prey.world.desktop.say_no(REVOKE);
    assert_eq!(prey.ended().await["code"], "declined");
    assert_eq!(prey.world.alive().len(), alive - 1);
}

/// Who types on, or presses Enter once more, neither says yes nor cancels.
#[tokio::test(flavor = "multi_thread")]
async fn keys_that_go_on_are_no_answer() {
    let prey = Prey::set_up().await;
    let desktop = &prey.world.desktop;
    prey.world.app.touch();
    let line = format!("tee {}/stolen", desktop.home().display());
    prey.begin("secrets_send", &json!({"handle": VALUE, "line": line})).await;
    until("the app asks", || desktop.has_window(RUN));
    let window = desktop.windows(RUN).into_iter().next().expect("it is there");
    desktop.xdotool(&["windowfocus", "--sync", &window]);
    let keys = ["Return", "space", "KP_Enter"].into_iter().cycle().take(30);
    let keys: Vec<_> = ["key", "--delay", "100"].into_iter().chain(keys).collect();
    desktop.xdotool(&keys);
    assert!(desktop.has_window(RUN), "it is still asked after three seconds of keys");
    assert_eq!(prey.holds("stolen"), None);
    // A Tab asks for the other button, which has the focus as soon as it takes a press.
    desktop.xdotool(&["key", "Tab"]);
    let (mut pressed, pause) = (Instant::now(), Duration::from_secs(2));
    until("the question is answered", || {
        if pressed.elapsed() > pause {
            desktop.xdotool(&["key", "Return"]);
            pressed = Instant::now();
        }
        !desktop.has_window(RUN)
    });
    prey.ended().await;
    assert!(prey.holds("stolen").is_some_and(|it| it.starts_with("entri_")));
}

/// Script knows when somebody clicks on and on, and where the question's buttons will be.
#[tokio::test(flavor = "multi_thread")]
async fn clicks_that_go_on_are_no_yes() {
    let prey = Prey::set_up().await;
    let desktop = &prey.world.desktop;
    prey.world.app.touch();
    let line = format!("tee {}/stolen", desktop.home().display());
    prey.begin("secrets_send", &json!({"handle": VALUE, "line": line})).await;
    until("the app asks", || desktop.has_window(RUN));
    let click = |times: &str| {
        let Some(window) = desktop.windows(RUN).into_iter().next() else { return };
        let place = desktop.xdotool(&["getwindowgeometry", "--shell", &window]);
        let of = |name: &str| -> i32 {
            let line = place.lines().find_map(|line| line.strip_prefix(name)).expect("a number");
            line.parse().expect("a number")
        };
        let x = of("X=") + of("WIDTH=") * 3 / 4;
        let y = of("Y=") + of("HEIGHT=") - 20;
        let [x, y] = [x, y].map(|it| it.to_string());
        // By one program: on a busy machine, a new one for each click would come after a pause that counts.
        let on = ["click", "--repeat", times, "--delay", "100", "1"];
        desktop.xdotool(&[&["mousemove", &*x, &*y][..], &on].concat());
    };
    click("30");
    assert!(desktop.has_window(RUN), "it is still asked after three seconds of clicks");
    assert_eq!(prey.holds("stolen"), None);
    // The control: a click on the same place once nobody clicked for a while.
    let (mut clicked, pause) = (Instant::now(), Duration::from_secs(2));
    until("the question is answered", || {
        if clicked.elapsed() > pause {
            click("1");
            clicked = Instant::now();
        }
        !desktop.has_window(RUN)
    });
    prey.ended().await;
    assert!(prey.holds("stolen").is_some_and(|it| it.starts_with("entri_")));
}
