//! A person's hand on the mouse and the keyboard: what it does comes to the app through the X
//! server, as a real device's would.

use serde_json::json;

use crate::app::App;
use crate::desktop::Desktop;
use crate::world::World;

const TITLE: &str = "Entri Tokens";
/// Counts what arrives, so that a test can wait for it.
const FEELS: &str = "if (window.felt === undefined) {
    window.felt = {};
    for (const name of ['pointerdown', 'pointerup', 'pointermove', 'keyup']) {
        window.felt[name] = 0;
        addEventListener(name, () => (window.felt[name] += 1), { capture: true, passive: true });
    }
}";
const COUNTS_REPEATS: &str = "window.repeats = 0;
    addEventListener('keydown', ({ repeat }) => (window.repeats += Number(repeat)), true);";
/// The middle of what can be seen of the first match, in pixels of the window.
const MIDDLE: &str = "const { left, top, right, bottom } = it.getBoundingClientRect();
    return [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
        (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2].map(Math.floor)";

/// The buttons of a mouse, as X counts them. A notch of the wheel is a button, too.
#[derive(Clone, Copy)]
enum Button {
    Left = 1,
    Right = 3,
    WheelUp = 4,
    WheelDown = 5,
}

pub struct Hand<'a> {
    app: &'a App,
    desktop: &'a Desktop,
    window: String,
}

impl<'a> Hand<'a> {
    /// A hand on the app's window, which has the keyboard from then on.
    pub async fn on(world: &'a World) -> Self {
        let World { app, desktop, .. } = world;
        let window = desktop.windows(TITLE).into_iter().next().expect("the app has a window");
        desktop.xdotool(&["windowfocus", "--sync", &window]);
        app.until("the page has the keyboard", "return document.hasFocus()").await;
        app.eval(FEELS).await;
        Self { app, desktop, window }
    }

    /// Clicks in the middle of an element.
    pub async fn click(&self, css: &str) {
        self.point_at(css).await;
        self.press_and_let_go(Button::Left).await;
    }

    /// Clicks in the middle of an element with a key held: `shift`, `ctrl`.
    pub async fn click_with(&self, key: &str, css: &str) {
        self.point_at(css).await;
        self.desktop.xdotool(&["keydown", key]);
        self.press_and_let_go(Button::Left).await;
        self.desktop.xdotool(&["keyup", key]);
    }

    /// Clicks the box of the row at a position.
    pub async fn click_box(&self, position: usize) {
        self.point_at_box(position).await;
        self.press_and_let_go(Button::Left).await;
    }

    /// Presses the button on the checkbox of one row and drags over the following ones, up to
    /// another.
    pub async fn drag_boxes(&self, from: usize, to: usize) {
        self.point_at_box(from).await;
        self.press(Button::Left).await;
        for position in from + 1..=to {
            self.point_at_box(position).await;
        }
        self.release(Button::Left).await;
    }

    /// Clicks there with the other button.
    pub async fn right_click(&self, css: &str) {
        self.point_at(css).await;
        self.press_and_let_go(Button::Right).await;
    }

    /// Presses the button in the middle of an element, and keeps it down.
    pub async fn hold(&self, css: &str) {
        self.point_at(css).await;
        self.press(Button::Left).await;
    }

    /// Lets the button go that [`Self::hold`] pressed.
    pub async fn let_go(&self) {
        self.release(Button::Left).await;
    }

    /// Turns the wheel towards the end of a list, over an element.
    pub async fn wheel_down(&self, css: &str, notches: u32) {
        self.turn(css, Button::WheelDown, notches).await;
    }

    /// Turns the wheel towards the top of a list, over an element.
    pub async fn wheel_up(&self, css: &str, notches: u32) {
        self.turn(css, Button::WheelUp, notches).await;
    }

    /// Turns the wheel over an element with a key held: `ctrl`.
    pub async fn wheel_down_with(&self, key: &str, css: &str, notches: u32) {
        self.point_at(css).await;
        self.desktop.xdotool(&["keydown", key]);
        self.turn(css, Button::WheelDown, notches).await;
        self.desktop.xdotool(&["keyup", key]);
    }

    /// Turns the wheel the other way with a key held.
    pub async fn wheel_up_with(&self, key: &str, css: &str, notches: u32) {
        self.point_at(css).await;
        self.desktop.xdotool(&["keydown", key]);
        self.turn(css, Button::WheelUp, notches).await;
        self.desktop.xdotool(&["keyup", key]);
    }

    /// Moves from one point of the window to another with the button held.
    pub fn drag(&self, from: (i64, i64), to: (i64, i64)) {
        self.point(from.0, from.1);
        self.desktop.xdotool(&["mousedown", "1"]);
        // By way of another point: a first move may only tell that something is dragged.
        self.point(i64::midpoint(from.0, to.0), i64::midpoint(from.1, to.1));
        self.point(to.0, to.1);
        self.desktop.xdotool(&["mouseup", "1"]);
    }

    /// Clicks twice in the middle of an element, as fast as a double click.
    pub async fn double_click_on(&self, css: &str) {
        let [x, y] = self.point_at(css).await;
        self.double_click(x, y).await;
    }

    /// Clicks twice at a point of the window.
    pub async fn double_click(&self, x: i64, y: i64) {
        self.arrive(x, y).await;
        self.desktop.xdotool(&["click", "--repeat", "2", "--delay", "60", "1"]);
        self.app.stands_still().await;
    }

    /// Presses a key, by its name in X: `Next`, `Menu`, `shift+F10`.
    pub async fn key(&self, name: &str) {
        self.felt("keyup", || drop(self.desktop.xdotool(&["key", name]))).await;
        self.app.stands_still().await;
    }

    /// Presses a key this many times, as fast as one that is held down repeats.
    pub async fn key_repeats(&self, name: &str, times: usize) {
        let keys = ["key", "--delay", "5"].into_iter().chain(std::iter::repeat_n(name, times));
        let keys: Vec<_> = keys.collect();
        self.felt("keyup", || drop(self.desktop.xdotool(&keys))).await;
        self.app.stands_still().await;
    }

    /// Holds a key down until it has repeated itself a few times.
    pub async fn hold_key(&self, name: &str) {
        self.app.eval(COUNTS_REPEATS).await;
        self.desktop.xdotool(&["keydown", name]);
        self.app.until("the key repeats itself", "return window.repeats > 3").await;
        self.felt("keyup", || drop(self.desktop.xdotool(&["keyup", name]))).await;
        self.app.stands_still().await;
    }

    /// Turns to something else on the desktop, and takes pointer and keyboard there.
    pub fn leave(&self) {
        self.desktop.xdotool(&["mousemove", "--sync", "2000", "2000"]);
        self.desktop.take_focus();
    }

    async fn turn(&self, css: &str, wheel: Button, notches: u32) {
        let [x, y] = self.point_at(css).await;
        let [button, notches] = [wheel as u32, notches].map(|number| number.to_string());
        self.desktop.xdotool(&["click", "--repeat", &notches, "--delay", "10", &button]);
        // The page may scroll without having an event of it; what follows it has one.
        self.arrive(x, y).await;
        self.app.stands_still().await;
    }

    async fn press_and_let_go(&self, button: Button) {
        self.press(button).await;
        self.release(button).await;
    }

    async fn press(&self, button: Button) {
        let button = (button as u32).to_string();
        self.felt("pointerdown", || drop(self.desktop.xdotool(&["mousedown", &button]))).await;
    }

    async fn release(&self, button: Button) {
        let button = (button as u32).to_string();
        self.felt("pointerup", || drop(self.desktop.xdotool(&["mouseup", &button]))).await;
        self.app.stands_still().await;
    }

    async fn point_at(&self, css: &str) -> [i64; 2] {
        self.app.find(css).await;
        let script = format!("const it = document.querySelector({}); {MIDDLE}", json!(css));
        let middle = self.app.eval(&script).await;
        let [x, y]: [i64; 2] = serde_json::from_value(middle).expect("a point");
        self.arrive(x, y).await;
        [x, y]
    }

    async fn point_at_box(&self, position: usize) {
        let css = format!(".row[data-position='{position}']");
        self.app.find(&css).await;
        let script = format!(
            "const {{ left, top }} = document.querySelector(\"{css}\").getBoundingClientRect();
             return [left + 31, top + 22].map(Math.floor)"
        );
        let point = self.app.eval(&script).await;
        let [x, y]: [i64; 2] = serde_json::from_value(point).expect("a point");
        self.arrive(x, y).await;
    }

    /// Moves the pointer there, and waits until the page knows: it may be there already.
    async fn arrive(&self, x: i64, y: i64) {
        self.point(x + 1, y);
        self.felt("pointermove", || self.point(x, y)).await;
    }

    fn point(&self, x: i64, y: i64) {
        let [x, y] = [x, y].map(|number| number.to_string());
        self.desktop.xdotool(&["mousemove", "--sync", "--window", &self.window, &x, &y]);
    }

    /// Waits until the page has had an event of what is done.
    async fn felt(&self, event: &str, act: impl FnOnce()) {
        let count = format!("return window.felt.{event}");
        let before = self.app.eval(&count).await;
        act();
        self.app.until(&format!("{event} arrives"), &format!("{count} > {before}")).await;
    }
}
