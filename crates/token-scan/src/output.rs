//! What the command prints.

use std::fmt::Write;

use serde_json::{Map, Value, json};
use token_scan::{Hit, Ledger, Outcome, Report, Rule, Tally};

/// A line of JSON for each hit, and the ledger as the last one.
pub fn json(report: &Report) -> String {
    let hits = report.hits.iter().map(hit);
    let lines = hits.chain([json!({ "ledger": ledger(&report.ledger) })]);
    lines.fold(String::new(), |text, line| text + &line.to_string() + "\n")
}

fn hit(hit: &Hit) -> Value {
    let mut line = json!({
        "token": hit.token,
        "fingerprint": hit.fingerprint.to_string(),
        "kind": hit.kind.name(),
        "encoding": hit.encoding.name(),
    });
    if !hit.path.is_empty() {
        line["path"] = hit.path.clone().into();
    }
    if let Some(number) = hit.line {
        line["line"] = number.into();
    }
    let texts = [("member", &hit.member), ("repository", &hit.repository), ("object", &hit.object)];
    for (name, text) in texts {
        if let Some(text) = text {
            line[name] = text.clone().into();
        }
    }
    if let Some(commit) = &hit.commit {
        line["commit"] = commit.id.clone().into();
        line["made"] = commit.made.into();
        line["author"] = commit.author.clone().into();
        line["names"] = commit.names.clone().into();
    }
    line
}

fn ledger(ledger: &Ledger) -> Value {
    let read = ledger.all_read().iter().map(|(unit, tally)| (unit.name(), counts(*tally)));
    let skipped = ledger.all_skipped().iter().map(|(rule, tally)| (rule.name(), counts(*tally)));
    let unread = ledger.all_unread().iter().map(|(fault, unread)| {
        let mut line = counts(unread.tally);
        line["places"] = unread.places.clone().into();
        (fault.name(), line)
    });
    json!({
        "read": object(read),
        "skipped": object(skipped),
        "unreadable": object(unread),
        "placeholders": ledger.placeholders,
        "unlisted": ledger.unlisted,
        "complete": ledger.complete().is_some(),
    })
}

fn counts(tally: Tally) -> Value {
    json!({ "count": tally.count, "bytes": tally.bytes })
}

fn object(entries: impl Iterator<Item = (&'static str, Value)>) -> Value {
    entries.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// The same for people: a line for each hit, and what the ledger comes to.
pub fn text(report: &Report) -> String {
    let mut text = String::new();
    for hit in &report.hits {
        let object = hit.object.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
        let member = hit.member.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        let line = hit.line.map(|line| format!(":{line}")).unwrap_or_default();
        let (kind, encoding) = (hit.kind.name(), hit.encoding.name());
        let repository = hit.repository.as_ref().map(|it| format!("{it} ")).unwrap_or_default();
        let short = &hit.fingerprint.to_string()[..8];
        writeln!(
            text,
            "{repository}{}{object}{member}{line}: {} ({kind}, {encoding}, {short})",
            hit.path, hit.token
        )
        .expect("a string takes any text");
    }
    let ledger = &report.ledger;
    for (unit, Tally { count, bytes }) in ledger.all_read() {
        writeln!(text, "read: {count} {} ({bytes} bytes)", unit.name()).expect("a string");
    }
    for (rule, Tally { count, .. }) in ledger.all_skipped() {
        writeln!(text, "skipped: {count} × {}", rule.name()).expect("a string");
    }
    for (fault, unread) in ledger.all_unread() {
        let (count, places) = (unread.tally.count, unread.places.join(", "));
        writeln!(text, "could not be read: {count} × {}: {places}", fault.name())
            .expect("a string");
    }
    if ledger.placeholders > 0 {
        writeln!(text, "left out: {} × placeholder", ledger.placeholders).expect("a string");
    }
    if ledger.unlisted > 0 {
        writeln!(text, "not listed: {} more", ledger.unlisted).expect("a string");
    }
    text + sentence(report) + "\n"
}

/// Whether a rule left out something that could hold more: not what was read under another name.
fn left_out(report: &Report) -> bool {
    let rules = [Rule::Link, Rule::OtherFileSystem, Rule::OwnData];
    rules.iter().any(|rule| report.ledger.all_skipped().contains_key(rule))
}

fn sentence(report: &Report) -> &'static str {
    match report.outcome() {
        Outcome::NothingFound(_) if left_out(report) => {
            "Nothing found outside of what was skipped."
        }
        Outcome::NothingFound(_) => "Nothing found.",
        Outcome::NothingFoundInWhatWasRead => {
            "Nothing found in what could be read. Something could not be read."
        }
        Outcome::Found(Some(_)) if left_out(report) => {
            "Found. Everything was read but for what was skipped."
        }
        Outcome::Found(Some(_)) => "Found. Everything was read.",
        Outcome::Found(None) => "Found. Something could not be read, and may hold more.",
    }
}
