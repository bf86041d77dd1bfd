//! A rotation as it goes day by day: from the nights in which only the old token is used to the old one's end, with a
//! file and a program that have its value.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use thirtyfour::Key;

use crate::canary::made;
use crate::desktop::{Theme, until};
use crate::leaks;
use crate::turned::Turned;
use crate::words::page;
use crate::world::World;

const OLD: &str = "nightly-export";
const NEW: &str = "nightly-export (r2)";
/// Keeps the value that it is given.
const KEEP: &str = "#!/bin/sh
cat >\"$HOME/kept\"
";

/// What happens on a day, before somebody looks at nine in the morning.
struct Week {
    world: World,
    clock: Turned,
}

impl Week {
    /// On the first day, at nine.
    async fn begin() -> Self {
        let (world, clock) = World::with_clock(Theme::Light).await;
        let week = Self { world, clock };
        week.comes(9);
        week.world.connect().await;
        let program = week.world.desktop.home().join("keep");
        fs::write(&program, KEEP).expect("a program");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it can be run");
        week
    }

    /// Waits for the next time that it is so many hours into a day.
    fn comes(&self, hour: u32) -> DateTime<Utc> {
        let now = self.clock.now();
        let passed = TimeDelta::seconds(i64::from(now.num_seconds_from_midnight()));
        let ahead = TimeDelta::hours(i64::from(hour)) - passed;
        let ahead = if ahead > TimeDelta::zero() { ahead } else { ahead + TimeDelta::days(1) };
        self.clock.by(ahead);
        self.clock.now()
    }

    /// Looks often enough to know what the server's dates of use are worth.
    async fn calibrate(&self) {
        for seconds in [20, 30, 20, 30, 40, 20, 70, 60, 10, 25, 45, 50, 65, 30, 20, 61] {
            self.clock.by(TimeDelta::seconds(seconds));
            self.look().await;
        }
    }

    /// Loads the list, and waits for it.
    async fn look(&self) {
        let (world, app) = (&self.world, &self.world.app);
        let before = world.requests("GET");
        app.press_key(Key::Control + "r").await;
        until("the list is asked for", || world.requests("GET") > before);
        app.synced().await;
    }

    /// A night in which the job uses these tokens at three, and a look at nine.
    async fn night(&self, used: &[&str]) {
        let three = self.comes(3);
        for name in used {
            let id = self.world.id_of(name);
            self.world.sandbox.touch(&id, three).expect("the sandbox is told");
        }
        self.comes(9);
        let app = &self.world.app;
        app.press_key("g").await;
        app.press_key("t").await;
        app.find(".grid").await;
        self.look().await;
    }

    fn read(&self, name: &str) -> String {
        let file = self.world.desktop.home().join(name);
        fs::read_to_string(file).expect("it is there").trim().to_owned()
    }

    /// Both places have this value.
    fn have(&self, value: &str) {
        assert_eq!([self.read("entri-token"), self.read("kept")], [value, value]);
    }

    async fn rotations_say(&self, text: &str) {
        let app = &self.world.app;
        app.press_key("g").await;
        app.press_key("r").await;
        app.find("main table").await;
        app.says(text).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_goes_its_way_from_night_to_night() {
    let week = Week::begin().await;
    let (world, app) = (&week.world, &week.world.app);
    let old = made_and_placed(&week).await;
    week.calibrate().await;
    for _ in 0..6 {
        week.night(&[OLD]).await;
    }
    rotated(&week).await;
    let new = week.read("entri-token");
    assert_ne!(new, old);
    week.have(&new);
    week.rotations_say("The first use of the new token").await;

    week.night(&[NEW]).await;
    week.rotations_say("2 days without use of the old one").await;
    // One place was forgotten, and uses the old value at its usual time.
    week.night(&[NEW, OLD]).await;
    week.rotations_say("03:00, as usual around 03:00").await;
    assert!(!app.text("main table").await.contains("Ready to revoke"));
    // The old one was unused for two days before that, so now it takes four.
    for _ in 0..4 {
        week.night(&[NEW]).await;
    }
    week.rotations_say("Ready to revoke").await;
    assert_eq!(world.requests("DELETE"), 0, "the app never revokes on its own");

    app.press(page("rotation/rotationsText.revoke")).await;
    app.fill("#revoke-name", OLD).await;
    app.press(page("revoke/revokeText.submit")).await;
    app.says("Gone from the list").await;
    assert_eq!(world.answer_to(&old).await, 401);
    assert_eq!(world.answer_to(&new).await, 200);
    assert_eq!(world.requests("DELETE"), 1);
    for name in ["entri-token", "kept"] {
        fs::remove_file(world.desktop.home().join(name)).expect("where the value is meant to be");
    }
    leaks::nothing_on_disk(&world.desktop, &[&old, &new]);
}

/// A token whose value a file and a program have.
async fn made_and_placed(week: &Week) -> String {
    let (world, app) = (&week.world, &week.world.app);
    made(world, OLD).await;
    app.press(page("deliver/deliveryText.ways.file")).await;
    app.fill("#deliver-text", "~/entri-token").await;
    app.press("Save").await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Delivered to file ~/entri-token").await;
    app.press(page("deliver/deliveryText.ways.program")).await;
    let program = world.desktop.home().join("keep").display().to_string();
    app.fill("#deliver-text", &program).await;
    app.press(page("deliver/deliveryText.submit.program")).await;
    world.desktop.say_yes("Run this program", "Run");
    app.says(&format!("Delivered to {program}")).await;
    app.press("Done").await;
    app.gone("dialog").await;
    let value = week.read("entri-token");
    week.have(&value);
    value
}

/// Rotates it, and delivers the new value to both.
async fn rotated(week: &Week) {
    let (world, app) = (&week.world, &week.world.app);
    app.fill(".search input", OLD).await;
    app.says("1 of 49").await;
    app.press_key(Key::Enter).await;
    app.press_key(Key::Home).await;
    app.on_row(OLD).await;
    app.press_key("r").await;
    app.has_focus(page("rotation/rotateText.submit")).await;
    app.press_key(Key::Enter).await;
    app.has_focus("Deliver to 2 places").await;
    app.press_key(Key::Enter).await;
    world.desktop.say_yes("Deliver to these places", "Deliver");
    app.says("2 of 2 places have it.").await;
    app.press(page("deliver/newTokenText.done")).await;
    app.gone("dialog").await;
}
