//! The fault rig: whatever breaks, no token goes unnoticed. The sandbox keeps the truth, and each
//! goal compares it with what the app knows.
//!
//! Prints one table and writes `target/faults/results.json`. Runs in a short form with the other
//! tests, and in full with `--full`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a run that cannot go on ends by panicking")]

mod bench;
mod child;
mod crash;
mod cuts;
mod disk;
mod network;
mod proxy;
mod report;
mod shim;

use std::process::ExitCode;

use report::Report;
use tokio::runtime::Runtime;

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
}

const FULL: Scale = Scale { runs: 25, slow: true, step: 1, kills: 300 };
const SHORT: Scale = Scale { runs: 1, slow: false, step: 37, kills: 17 };

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = Runtime::new().expect("a runtime");
    if let [child::ROLE, folder, address, key, name] = words[..] {
        runtime.block_on(child::run(folder, address, key, name));
        return ExitCode::SUCCESS;
    }
    let scale = if words.contains(&"--full") { FULL } else { SHORT };
    let mut report = Report::default();
    runtime.block_on(async {
        network::run(scale, &mut report).await;
        cuts::run(scale, &mut report).await;
        crash::run(scale, &mut report).await;
        disk::run(&mut report).await;
    });
    report.publish()
}
