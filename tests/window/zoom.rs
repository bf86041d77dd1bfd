//! How large the page is drawn, by real keys.

use crate::app::App;
use crate::hand::Hand;
use crate::world::World;

/// How many of its own pixels the page has from side to side; the fewer, the larger it is drawn.
async fn is_wide(app: &App, pixels: u32) {
    let script = format!("return Math.abs(innerWidth - {pixels}) <= 1");
    app.until(&format!("the page is {pixels} pixels wide"), &script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_card_cuts_its_words_however_large_the_page_is_drawn() {
    // Widths are rounded, up and down.
    const WHOLE: &str = "return [...document.querySelectorAll('.summary span')]
        .every((it) => it.scrollWidth <= it.clientWidth + 1)";
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    for pixels in [1164, 1024, 914, 800, 711] {
        hand.key("ctrl+plus").await;
        is_wide(app, pixels).await;
        app.until(&format!("whole words at {pixels}"), WHOLE).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_drawn_larger_and_smaller_and_stays_so() {
    let world = World::connected().await;
    {
        let (app, hand) = (&world.app, Hand::on(&world).await);
        is_wide(app, 1280).await;
        for (key, pixels) in [
            ("ctrl+plus", 1164),
            ("ctrl+equal", 1024),
            ("ctrl+minus", 1164),
            ("ctrl+0", 1280),
            ("ctrl+KP_Subtract", 1422),
            ("ctrl+KP_0", 1280),
            ("ctrl+KP_Add", 1164),
        ] {
            hand.key(key).await;
            is_wide(app, pixels).await;
        }
        // With Ctrl the wheel draws larger and smaller, and scrolls nothing.
        hand.wheel_up_with("ctrl", ".rows", 1).await;
        is_wide(app, 1024).await;
        hand.wheel_down_with("ctrl", ".rows", 3).await;
        is_wide(app, 1422).await;
        let still = "return document.querySelector('.grid').scrollTop === 0";
        app.until("the list stays where it is", still).await;
        hand.wheel_up_with("ctrl", ".rows", 2).await;
        is_wide(app, 1164).await;
        // Together with Alt it is another key.
        hand.key("ctrl+alt+minus").await;
        is_wide(app, 1164).await;
    }
    let world = world.restart().await;
    is_wide(&world.app, 1164).await;
}
