//! Whatever breaks, the app knows of every token it may have brought to life, and asks.

use entri_sandbox::{Fault, FaultAnswer, Method};

use crate::app::App;
use crate::words::page;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_whose_answer_was_lost_is_found_and_revoked() {
    let world = World::connected().await;
    let app = &world.app;
    world.sandbox.fail_next(Fault {
        method: Method::POST,
        path: "/tokens".to_owned(),
        with_effect: true,
        answer: FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>"),
    });
    app.press_create().await;
    app.fill("#create-name", "lost-on-the-way").await;
    app.press("Create token").await;
    app.says("It may have been done").await;
    app.press(page("m.cancel")).await;
    app.says("its value never arrived").await;
    let sent = world.sandbox.requests();
    assert_eq!(sent.iter().filter(|request| request.method == "POST").count(), 1);
    assert!(world.alive().contains(&"lost-on-the-way".to_owned()), "nothing is revoked unasked");

    app.click(".unresolved button").await;
    app.press(page("revoke/revokeText.submit")).await;
    app.gone(".unresolved").await;
    assert!(!world.alive().contains(&"lost-on-the-way".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_delivered_before_a_crash_is_asked_about() {
    let world = World::connected().await;
    world.app.press_create().await;
    world.app.fill("#create-name", "orphan").await;
    world.app.press("Create token").await;
    world.app.says("Not copied yet").await;
    let [.., process] = world.processes();
    process.signal("-KILL");
    let World { sandbox, desktop, app } = world;
    drop(app);

    let world = World { app: App::open(&desktop, &[]).await, sandbox, desktop };
    world.app.says("its value was never copied or delivered before the app closed").await;
    world.app.synced().await;
    world.app.press(page("unresolved/unresolvedText.keep")).await;
    world.app.gone(".unresolved").await;
    let world = world.restart().await;
    world.app.synced().await;
    world.app.gone(".unresolved").await;
    assert!(world.alive().contains(&"orphan".to_owned()));
}
