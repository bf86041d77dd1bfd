//! What the app costs: the release build in a real window on a virtual display, beside a bare
//! window and Chromium. Prints one table and writes `target/bench/window.json`.
//!
//! These are measurements, not tests: a missed gate is reported, and nothing fails for it.

#[expect(
    dead_code,
    unused_imports,
    reason = "the tests do more with the app than a measurement does"
)]
#[path = "../../tests/window/app/mod.rs"]
mod app;
#[expect(
    dead_code,
    unused_imports,
    reason = "the tests do more with the desktop than a measurement does"
)]
#[path = "../../tests/window/desktop/mod.rs"]
mod desktop;
mod figures;
mod home;
mod input;
mod memory;
mod process;
mod report;
mod rivals;
mod server;
mod start;
mod sync;

use std::fs;
use std::path::PathBuf;

use home::Home;
use report::Report;
use tokio::runtime::Runtime;

/// A small organization, and the largest one the app is made for.
const FEW: u32 = 48;
const MANY: u32 = 100_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = Runtime::new().expect("a runtime");
    match words[..] {
        // Parts that need a process of their own run this program again.
        [server::ROLE, tokens] => runtime.block_on(server::run(tokens)),
        [sync::ROLE, address, key] => runtime.block_on(sync::run(address, key)),
        _ => runtime.block_on(measure()),
    }
}

async fn measure() {
    let few = Home::furnish(FEW).await;
    let many = Home::furnish(MANY).await;
    let mut report = Report::default();
    let still = input::measure(&many, &mut report).await;
    start::measure(&few, &many, &rivals::prepare(&still), &mut report);
    sync::measure(&many, &mut report);
    report.publish(&folder().join("window.json"));
}

/// The folder for everything that the bench creates.
fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench");
    fs::create_dir_all(&folder).expect("a folder for the bench");
    folder
}
