//! What is shown where follows the width of the window, also while it changes.

use crate::app::App;
use crate::hand::Hand;
use crate::world::World;

/// After so many frames that nobody waits longer: the web view can apply a width a minute late.
const SEEN: &str = "for (let frame = 0; frame < 60; frame += 1) {
        await new Promise(requestAnimationFrame);
    }
    return document.querySelector('.summary .icon').getBoundingClientRect().width > 0";

async fn has_icons(app: &App, width: u32) -> bool {
    app.resize(width, 800).await;
    app.awaited(SEEN).await == true
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cards_leave_out_their_icons_in_a_narrow_window_and_have_them_again_in_a_wide_one() {
    let world = World::connected().await;
    let (app, _hand) = (&world.app, Hand::on(&world).await);
    for (width, has) in [(1280, true), (1060, false), (1280, true), (1060, false)] {
        assert_eq!(has_icons(app, width).await, has, "{width}");
    }
}
