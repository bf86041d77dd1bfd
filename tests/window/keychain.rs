//! A keychain that owns its name and never answers: the window goes on, and says what it means.

use crate::words::page;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_one_holds_nothing_up() {
    let world = World::unconnected().await;
    let (app, ready) = (&world.app, world.sandbox.ready());
    world.desktop.signal_keychain("-STOP");
    world.enter_token(&ready.admin_token).await;
    app.says(page("sign-in/signInText.busy")).await;
    // A frame is drawn and a command is answered, as often as asked, before the keychain is given up on. The page
    // counts by itself: what the driver takes for a question says nothing about the app.
    let count = "window.turns = 0;
        const turn = () => requestAnimationFrame(async () => {
          if (document.querySelector('button.primary')?.innerText.trim() !== 'Connecting…') return;
          await window.__TAURI_INTERNALS__.invoke('connections_start');
          window.turns += 1;
          turn();
        });
        turn();";
    app.eval(count).await;
    app.synced().await;
    let turns = app.eval("return window.turns").await.as_u64().expect("a number");
    assert!(turns > 10, "{turns} turns in the seconds that the keychain is waited for");
    app.says("this session only").await;

    world.desktop.signal_keychain("-CONT");
    app.click(".connection").await;
    app.press(page("m.menu.signIn")).await;
    world.enter_token(&ready.admin_token).await;
    app.says("saved in keychain").await;
}
