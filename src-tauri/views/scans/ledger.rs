//! What a scan came across: what it read, what a rule skipped, and what it couldn’t read.

use serde::Serialize;
use specta::Type;
use token_desk::{LedgerTold, UnreadTold};

/// A part of a scan's ledger: what it read, what a rule skipped, or what it couldn’t read.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LedgerView {
    /// What it is called.
    pub title: String,
    /// How much of it there is.
    pub count: String,
    /// What is to be said about it.
    pub about: String,
    /// What the lines are called, where there are some.
    pub show: String,
    /// Each rule or reason, with the places.
    pub lines: Vec<String>,
    /// Whether this makes an all-clear impossible.
    pub warn: bool,
}

/// The three parts of a ledger.
pub(super) fn parts(ledger: LedgerTold, took: &str, partial: bool) -> Vec<LedgerView> {
    let part = |title: &str, count: String| LedgerView {
        title: title.to_owned(),
        count,
        about: String::new(),
        show: String::new(),
        lines: Vec::new(),
        warn: false,
    };
    let read = LedgerView {
        about: ledger.read_bytes,
        ..part("Read", format!("{} in {took}", ledger.read))
    };
    let left_out = ledger.left_out;
    let skipped = LedgerView {
        about: if left_out.is_empty() { left_out } else { format!("{left_out} not followed") },
        show: "Show rules".to_owned(),
        lines: ledger.rules,
        ..part("Skipped by rule", ledger.skipped.to_string())
    };
    let unread = if ledger.unread.is_empty() { "0" } else { &ledger.unread };
    let unread = LedgerView {
        about: if partial { "So this is not an all-clear." } else { "" }.to_owned(),
        show: format!("Show the {unread}"),
        lines: ledger.faults.into_iter().flat_map(lines).collect(),
        warn: partial,
        ..part("Could not be read", unread.to_owned())
    };
    vec![read, skipped, unread]
}

/// A reason, and the places below it.
fn lines(fault: UnreadTold) -> impl Iterator<Item = String> {
    let more = fault.count.saturating_sub(fault.places.len() as u64);
    let first = format!("{} ({}):", fault.why, fault.count);
    let rest = (more > 0).then(|| format!("and {more} more"));
    [first].into_iter().chain(fault.places).chain(rest)
}
