//! The command: scans what its arguments name, and prints hits and the ledger.

mod output;

use std::ffi::OsString;
use std::io::{Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use token_scan::{Key, Options, Outcome, Silent, scan};

const USAGE: &str = "usage: token-scan [--json] PATH…

Exit codes: 0 nothing found, and everything was read · 2 wrong usage
            3 something found · 5 nothing found, but something could not be read";

fn main() -> ExitCode {
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let json = arguments.first().is_some_and(|first| first == "--json");
    if json {
        arguments.remove(0);
    }
    let is_option = |argument: &OsString| argument.as_encoded_bytes().starts_with(b"-");
    if arguments.is_empty() || arguments.iter().any(is_option) {
        return refuse(USAGE, 2);
    }
    let mut key = [0; 32];
    if getrandom::fill(&mut key).is_err() {
        return refuse("the system gives no random numbers for the key of the fingerprints", 5);
    }
    let roots: Vec<PathBuf> = arguments.into_iter().map(PathBuf::from).collect();
    let report = scan(&roots, &Options::new(Key::new(&key)), &Silent);
    let text = if json { output::json(&report) } else { output::text(&report) };
    if stdout().lock().write_all(text.as_bytes()).is_err() {
        return ExitCode::from(5);
    }
    ExitCode::from(match report.outcome() {
        Outcome::NothingFound(_) => 0,
        Outcome::Found(_) => 3,
        Outcome::NothingFoundInWhatWasRead => 5,
    })
}

fn refuse(text: &str, code: u8) -> ExitCode {
    // Where even this cannot be written, the exit code says it.
    let _ = writeln!(stderr(), "{text}");
    ExitCode::from(code)
}
