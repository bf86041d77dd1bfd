//! The fault rig: whatever breaks, no token goes unnoticed. The sandbox keeps the truth, and each
//! goal compares it with what the app knows.
//!
//! Prints one table and writes `target/faults/results.json`. Runs in a short form with the other
//! tests, and in full with `--full`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a run that cannot go on ends by panicking")]

// Its memory is allocated in the same way as the app's.
use entri_tokens as _;

mod bench;
mod bulk_revoke;
mod child;
mod crash;
mod cuts;
mod disk;
mod edits;
mod floods;
mod in_window;
mod looks;
mod network;
mod report;
mod rotation;
mod shim;
mod spreadsheet;
mod tls;
#[expect(dead_code, unused_imports, reason = "what only its tests need")]
#[path = "../window/main.rs"]
mod window;

use std::process::ExitCode;

use report::Report;
use tokio::runtime::Runtime;
#[expect(clippy::wildcard_imports, reason = "by these names its files know each other")]
use window::*;

/// How much of each goal is run.
#[derive(Clone, Copy)]
pub struct Scale {
    /// Runs of each fault of the network.
    pub runs: usize,
    /// Whether the faults that only end with a timeout are run.
    pub slow: bool,
    /// Every how many bytes an answer is cut.
    pub step: usize,
    /// How often the app is killed.
    pub kills: usize,
    /// At how many points of a rotation it is killed, at most.
    pub rotation_kills: usize,
    /// How many tokens are revoked in one go.
    pub bulk_revoke: usize,
    /// How often the app is killed meanwhile.
    pub bulk_revoke_kills: usize,
    /// Every how many entries of the journal one is edited.
    pub edited: usize,
    /// Whether other programs are needed: its window, which the tests of the window look at in a short
    /// form, and a spreadsheet.
    pub programs: bool,
}

const FULL: Scale = Scale {
    runs: 25,
    slow: true,
    step: 1,
    kills: 300,
    rotation_kills: usize::MAX,
    bulk_revoke: 500,
    bulk_revoke_kills: 5,
    edited: 1,
    programs: true,
};
const SHORT: Scale = Scale {
    runs: 1,
    slow: false,
    step: 37,
    kills: 17,
    rotation_kills: 12,
    bulk_revoke: 30,
    bulk_revoke_kills: 1,
    edited: 250,
    programs: false,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = Runtime::new().expect("a runtime");
    if runtime.block_on(child::is_run_by(&words)) {
        return ExitCode::SUCCESS;
    }
    let scale = if words.contains(&"--full") { FULL } else { SHORT };
    let mut report = Report::default();
    runtime.block_on(async {
        network::run(scale, &mut report).await;
        cuts::run(scale, &mut report).await;
        crash::run(scale, &mut report).await;
        rotation::run(scale, &mut report).await;
        disk::run(&mut report).await;
        bulk_revoke::run(scale, &mut report).await;
        edits::run(scale, &mut report).await;
        floods::run(scale, &mut report).await;
        tls::run(scale, &mut report).await;
        if scale.programs {
            spreadsheet::run(&mut report).await;
        }
    });
    if scale.programs {
        in_window::run(&mut report);
    }
    report.publish()
}
