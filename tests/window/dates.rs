//! How the window shows unreadable dates.

use entri_sandbox::{Config, Variant};
use thirtyfour::Key;

use crate::desktop::Theme;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_cannot_be_read_is_shown_as_that() {
    let variant = Variant::named("odd-dates").expect("a way of a server");
    let world = World::with(Config { variant, ..Config::default() }, Theme::Light).await;
    let app = &world.app;
    app.fill("#connect-address", &world.sandbox.ready().base_url).await;
    world.enter_token(&world.sandbox.ready().admin_token).await;
    app.says("Couldn’t read dates of").await;
    app.says("Unreadable").await;
    assert_eq!(app.text(".summary button:nth-child(1) strong").await, "48");
    assert_eq!(app.text(".summary button:nth-child(3) strong").await, "–", "nobody knows");
    app.nothing_sticks_out().await;
    app.picture("odd-dates-light").await;
    app.click(".row[data-position='0']").await;
    app.find(".details").await;
    app.says("in an unreadable form").await;
    app.nothing_sticks_out().await;
    app.picture("odd-dates-details-light").await;
    app.press_key(Key::Escape).await;
}
