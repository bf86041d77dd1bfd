//! Rows selected by keys that come faster than the answers about the list.

use entri_sandbox::Config;

use crate::desktop::Theme;
use crate::hand::Hand;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn fast_keys_select_what_was_meant() {
    let config = Config { tokens: 300, ..Config::default() };
    let world = World::with(config, Theme::Light).await;
    world.connect().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    hand.key("Down").await;
    hand.key_repeats("x", 3).await;
    app.says("1 selected").await;
    hand.key_repeats("x", 3).await;
    app.find(".search input").await;
    // A run goes beyond the rows that are held.
    hand.key_repeats("shift+Down", 120).await;
    app.says("121 selected").await;
    hand.key("Delete").await;
    app.says("Revoke 120 tokens?").await;
    hand.key("Escape").await;
    app.says("120 selected").await;
}
