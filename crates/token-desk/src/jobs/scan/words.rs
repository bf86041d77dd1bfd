//! What may be said about a scan. The words come from its ledger: only the proof that everything was read says that
//! nothing was found.

use token_scan::{AllRead, Fault, Ledger, Outcome, Report, Unit};

use super::show::{FoundToken, Life};
use crate::text::{counted, grouped};

/// The title of a scan that has ended.
pub(super) fn title(outcome: Outcome, ledger: &Ledger, tokens: &[FoundToken]) -> String {
    match outcome {
        Outcome::NothingFound(_) if !anything_read(ledger) => {
            "There was nothing to read".to_owned()
        }
        Outcome::NothingFound(all_read) => nothing_found(all_read).to_owned(),
        Outcome::NothingFoundInWhatWasRead => {
            format!("Nothing found in what could be read; {} could not be", unread(ledger))
        }
        Outcome::Found(Some(_)) if tokens.is_empty() => {
            "Nothing found but what belongs where it is".to_owned()
        }
        Outcome::Found(_) if tokens.is_empty() => format!(
            "Nothing found but what belongs where it is; {} could not be read",
            unread(ledger)
        ),
        Outcome::Found(_) => found(tokens),
    }
}

/// The same, where nobody asked yet whose the tokens are.
pub(super) fn in_short(report: &Report) -> String {
    match report.outcome() {
        Outcome::Found(_) => counted(report.hits.len() as u64, "place"),
        outcome => title(outcome, &report.ledger, &[]),
    }
}

/// The title of one that was canceled, or crashed.
pub(super) fn cut_short(how: &str, tokens: &[FoundToken]) -> String {
    if tokens.is_empty() {
        format!("{how}. Nothing found in what was read until then")
    } else {
        format!("{how}. {} until then", found(tokens))
    }
}

/// Whoever calls this has the proof that everything was read.
fn nothing_found(_: AllRead) -> &'static str {
    "Nothing found"
}

/// `4 tokens in 11 places: 1 live, 2 dead, 1 not known`.
pub(super) fn found(tokens: &[FoundToken]) -> String {
    let count = |wanted: fn(Life) -> bool| tokens.iter().filter(|it| wanted(it.life)).count();
    let places = tokens.iter().map(|it| it.count).sum();
    let lives = [
        (count(|life| life == Life::Live), "live"),
        (count(Life::is_dead), "dead"),
        (count(|life| life == Life::Unknown), "not known"),
    ];
    let lives = lives.iter().filter(|(count, _)| *count > 0);
    let lives: Vec<_> =
        lives.map(|(count, what)| format!("{} {what}", grouped(*count as u64))).collect();
    let (tokens, places) = (counted(tokens.len() as u64, "token"), counted(places, "place"));
    format!("{tokens} in {places}: {}", lives.join(", "))
}

/// `3 files`: what could not be read.
pub(super) fn unread(ledger: &Ledger) -> String {
    let of_history = |fault: &Fault| matches!(fault, Fault::MissingObject | Fault::NotFetched);
    let all = ledger.all_unread();
    let count = all.values().map(|it| it.tally.count).sum();
    let one = match (all.keys().all(of_history), all.keys().any(of_history)) {
        (true, _) => "Git object",
        (_, true) => "item",
        _ => "file",
    };
    counted(count, one)
}

fn anything_read(ledger: &Ledger) -> bool {
    // The name of an empty folder is all there is of it.
    ledger.all_read().keys().any(|unit| *unit != Unit::Name)
}
