//! The process that draws a window ends: it crashes, or the system takes it. The app goes on, and
//! draws its window again.
//!
//! The driver gives an app up whose page ends, so that these are driven through the screen.

use std::process::Child;

use entri_sandbox::Sandbox;

use crate::desktop::{Desktop, until};
use crate::processes::{OF_THE_APP, Process, of_the_app};
use crate::watch::start;
use crate::ways_in::choose;
use crate::world::World;

const TITLE: &str = "Entri Tokens";

struct Plain {
    sandbox: Sandbox,
    desktop: Desktop,
    app: Child,
}

impl Plain {
    /// The app with its list.
    async fn connected() -> Self {
        let World { sandbox, desktop, app } = World::connected().await;
        app.close().await;
        let before = sandbox.requests().len();
        let app = start(&desktop);
        let plain = Self { sandbox, desktop, app };
        plain.loads_after(before);
        plain
    }

    /// The process that draws the window.
    fn page(&self) -> Option<Process> {
        let [_, page, _] = OF_THE_APP;
        of_the_app(self.app.id()).into_iter().find(|it| it.name == page && it.runs())
    }

    /// Ends that process, and waits until the list is drawn and loaded again.
    fn end_page(&self) {
        let before = self.sandbox.requests().len();
        self.page().expect("a page").signal("-KILL");
        self.loads_after(before);
    }

    /// Ends that process once too often.
    fn end_page_for_good(&self) {
        // A list that is still being drawn would be taken for another page.
        let list = self.desktop.settled(&self.window());
        self.page().expect("a page").signal("-KILL");
        until("another page is there", || {
            self.desktop.shows_a_page(TITLE) && self.desktop.pixels(&self.window()) != list
        });
    }

    /// Follows the one link of a page. A key that comes before the page does is lost, so the focus has to be
    /// seen before the next one is pressed.
    fn follows_the_link(&self) {
        let before = self.desktop.settled(&self.window());
        self.presses(&["Tab"]);
        until("the link has the focus", || self.desktop.pixels(&self.window()) != before);
        self.presses(&["Return"]);
    }

    /// Waits until the page has loaded its list: what it does once it has shown what is known.
    fn loads_after(&self, requests: usize) {
        until("the page loads its list", || self.sandbox.requests().len() > requests + 3);
        until("its window is there", || self.desktop.shows_a_page(TITLE));
    }

    fn presses(&self, keys: &[&str]) {
        self.desktop.xdotool(&["windowfocus", "--sync", &self.window()]);
        self.desktop.xdotool(&[&["key"], keys].concat());
    }

    fn window(&self) -> String {
        let windows = self.desktop.windows(TITLE);
        let [window] = &*windows else { panic!("one window: {windows:?}") };
        window.clone()
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        let _ = self.app.kill();
        let _ = self.app.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_there_again() {
    let plain = Plain::connected().await;
    plain.end_page();
    let before = plain.sandbox.requests().len();
    plain.presses(&["F5"]);
    plain.loads_after(before);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_ends_again_and_again_is_said() {
    let plain = Plain::connected().await;
    plain.end_page();
    plain.end_page();
    plain.end_page_for_good();
    let before = plain.sandbox.requests().len();
    plain.follows_the_link();
    plain.loads_after(before);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_even_say_so_is_closed() {
    let mut plain = Plain::connected().await;
    plain.end_page();
    plain.end_page();
    plain.end_page_for_good();
    plain.page().expect("a page").signal("-KILL");
    assert!(plain.app.wait().expect("it ends").success(), "nothing dead is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_whose_page_ends_can_be_begun_again() {
    let world = World::unconnected().await;
    let ready = world.sandbox.ready();
    let pages = || {
        let [_, page, _] = OF_THE_APP;
        of_the_app(world.app.root()).into_iter().filter(move |it| it.name == page && it.runs())
    };
    let before: Vec<_> = pages().collect();
    choose(&world, "window").await;
    world.open_sign_in_page().await;
    let title = format!("{} – Sign in", ready.base_url);
    until("the window shows where it is", || world.desktop.shows_a_page(&title));
    pages().find(|it| !before.contains(it)).expect("a page of its own").signal("-KILL");
    until("the window is closed", || !world.desktop.has_window(&title));
    world.open_sign_in_page().await;
    until("the window shows where it is", || world.desktop.shows_a_page(&title));
    world.desktop.type_into(&title, &ready.admin_email, &ready.admin_password);
    world.app.synced().await;
}
