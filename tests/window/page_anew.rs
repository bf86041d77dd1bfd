//! The page is loaded again while something is under way: the page that comes shows it as it is.

use crate::app::App;
use crate::world::World;

impl App {
    /// Loads the page again, as the app does when the page's process has ended.
    async fn load_again(&self) {
        self.page.refresh().await.expect("the page is loaded again");
        self.find(".app, .connect").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_waits_can_still_be_copied() {
    let world = World::connected().await;
    let app = &world.app;
    app.press_create().await;
    app.fill("#create-name", "waits").await;
    app.press("Create token").await;
    app.says("Created “waits”. Not copied yet.").await;
    app.load_again().await;
    app.says("Created “waits”. Not copied yet.").await;
    app.press("Close…").await;
    app.says("Nobody has this value.").await;
    app.press("Back").await;
    app.press("Copy").await;
    app.says("Checked: the clipboard holds this token.").await;
    let secret = world.desktop.paste().expect("it is there");
    assert!(world.answer_to(&secret).await.is_success());
    app.load_again().await;
    app.says("Created “waits”. Copied ").await;
    app.press("Done").await;
    app.gone("dialog").await;
    app.load_again().await;
    app.synced().await;
    app.gone("dialog").await;
    assert!(!app.holds(&secret).await);
    assert_eq!(world.requests("POST"), 1);
}
