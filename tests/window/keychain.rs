//! A keychain that owns its name and never answers: the window goes on, and says what it means.

use serde_json::Value;

use crate::words::page;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_one_holds_nothing_up() {
    let world = World::unconnected().await;
    let (app, ready) = (&world.app, world.sandbox.ready());
    world.desktop.signal_keychain("-STOP");
    world.enter_token(&ready.admin_token).await;
    app.says(page("sign-in/s.busy")).await;
    // A frame is drawn and a command is answered, as often as asked, before the keychain is given
    // up on.
    let mut turns = 0;
    while app.text("button.primary").await == "Connecting…" {
        let turn = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => {
              window.__TAURI_INTERNALS__.invoke('connections_start').then(() => done(true));
            });";
        let answer = app.page.execute_async(turn, Vec::new()).await.expect("the page goes on");
        assert_eq!(*answer.json(), Value::Bool(true));
        turns += 1;
    }
    assert!(turns > 10, "{turns} turns in the seconds that the keychain is waited for");
    app.synced().await;
    app.says("this session only").await;

    world.desktop.signal_keychain("-CONT");
    app.click(".connection").await;
    app.press(page("m.menu.signIn")).await;
    world.enter_token(&ready.admin_token).await;
    app.says("saved in keychain").await;
}
