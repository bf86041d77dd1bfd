//! Where a secret must not be: in the home folder, to which the app's log at TRACE level goes too,
//! and in what the app's processes were started with.

use std::fs;

use test_support::scan::{all_files, forms, found_in, planted};

use crate::desktop::Desktop;
use crate::processes::Process;
use crate::rounds::{Outcome, all_went_well, expect};

/// The part of a secret that is in no mask: all but a token's prefix and its end.
pub fn core(secret: &str) -> &str {
    match secret.strip_prefix("entri_") {
        Some(rest) => &rest[..rest.len() - 4],
        None => secret,
    }
}

/// Asserts that none of the secrets is in any file in any form, and that the search would have found
/// it.
pub fn nothing_on_disk(desktop: &Desktop, secrets: &[&str]) {
    all_went_well(secrets.iter().map(|secret| not_on_disk(desktop, secret)).collect());
}

/// Whether a secret is in no file; what is planted is found.
pub fn not_on_disk(desktop: &Desktop, secret: &str) -> Outcome {
    let log = fs::read_to_string(desktop.home().join("app.log")).expect("the app left a log");
    assert!(log.contains("TRACE") && log.contains("answered"), "the log holds every level");
    let secret = core(secret);
    let found = found_in(&all_files(desktop.home()), secret);
    let place = desktop.home().join("data/planted");
    fs::write(&place, planted(secret)).expect("a file can be planted");
    let every: Vec<_> = forms(secret).into_iter().map(|(name, _)| name).collect();
    assert_eq!(found_in(&all_files(desktop.home()), secret), every, "what is planted is found");
    fs::remove_file(place).expect("it can be removed");
    expect(found.is_empty(), || format!("in a file: {found:?}"))
}

/// In which forms the arguments or the environment of a process hold the secret.
pub fn found_at_start(process: &Process, secret: &str) -> Vec<&'static str> {
    found_in(&[process.told("cmdline"), process.told("environ")].concat(), core(secret))
}
