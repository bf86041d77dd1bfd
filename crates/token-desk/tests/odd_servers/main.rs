//! The desk before servers drawn at random, in one visit after the other: what it says of their tokens,
//! and what it revokes, is compared with the sandbox's truth. `SERVERS=10000` draws more than the 300 of
//! every run, `FIRST=4711` begins elsewhere.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod acts;
mod counts;
mod known;
mod rig;
mod visit;

use std::env;
use std::process::{Command, Stdio};

use rig::Rig;
use test_support::many;

/// Says to a process that it is the one that does it.
const ALONE: &str = "TOKEN_DESK_ALONE";

/// In a process of its own that has no session bus: no credential of thousands of servers comes into the
/// keychain of whoever runs the tests.
#[test]
fn nothing_is_said_that_is_not_known() {
    if env::var_os(ALONE).is_some() {
        return check();
    }
    let ended = Command::new(env::current_exe().unwrap())
        .args(["nothing_is_said_that_is_not_known", "--exact", "--nocapture"])
        .env(ALONE, "1")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(ended.success(), "what was found is above");
}

fn check() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = runtime.block_on(many::run(async |seed| {
        let mut rig = Rig::new(seed).await;
        rig.check().await;
        rig.stop().await
    }));
    found.are_none();
}
