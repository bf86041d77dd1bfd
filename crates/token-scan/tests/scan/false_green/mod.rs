//! Where a scanner easily says "nothing found" although it did not read everything.

mod archives;
mod encodings;
mod limits;
mod roots;
mod stores;

use token_scan::{Outcome, Report};

/// The value is found, or it is told that something could not be read.
#[track_caller]
fn not_clean(report: &Report) {
    let clean = matches!(report.outcome(), Outcome::NothingFound(_));
    assert!(!clean, "{:?}", report.ledger);
}

/// One place at least has this value.
#[track_caller]
fn finds(report: &Report, token: &str) {
    let end = &token[token.len() - 4..];
    assert!(report.hits.iter().any(|hit| hit.token.ends_with(end)), "{:?}", report.ledger);
}
