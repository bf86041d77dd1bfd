//! The scanner as its callers see it: folders in, hits and the ledger out.

mod archives;
mod broken;
mod clones;
mod command;
mod coverage;
mod drawn;
mod false_green;
mod false_hits;
mod files;
mod history;
mod hostile;
mod large;
mod maker;
mod outcome;
mod random;

use std::path::Path;

use token_scan::{Hit, Key, Options, Report, Silent, scan};

/// The key of the fingerprints in the tests.
const KEY: &[u8; 32] = &[7; 32];

/// Scans one folder or file.
fn scanned(root: &Path) -> Report {
    scan(&[root.to_owned()], &Options::new(Key::new(KEY)), &Silent)
}

/// Says how far a long run is, some fifty times. `--nocapture` shows it.
#[expect(clippy::print_stdout, reason = "nobody waits for half an hour without a word")]
fn progress(what: &str, done: u64, all: u64) {
    let is_long = all >= 200;
    if is_long && (done.is_multiple_of(all / 50) || done == all) {
        println!("{what}: {done} of {all}");
    }
}

/// The paths of hits below a folder, with their lines.
fn places(root: &Path, hits: &[Hit]) -> Vec<(String, Option<u64>)> {
    let root = root.to_str().expect("a path of the tests");
    let relative =
        |path: &str| path.strip_prefix(root).unwrap_or(path).trim_start_matches('/').to_owned();
    hits.iter().map(|hit| (relative(&hit.path), hit.line)).collect()
}
