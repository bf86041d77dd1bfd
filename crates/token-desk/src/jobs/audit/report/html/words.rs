//! Times and names, as a reader has them.

use maud::{Markup, html};
use token_audit::Rule;

use crate::jobs::audit::report::Report;

/// `2026-11-25 15:23 UTC`; a text that isn't a time stays as it is.
pub(super) fn moment(time: &str) -> String {
    match time.strip_suffix('Z').and_then(|it| it.split_once('T')) {
        Some((day, hour)) => format!("{day} {} UTC", hour.get(..5).unwrap_or(hour)),
        None => time.to_owned(),
    }
}

/// `2026-11-25`; a text that isn't a time stays as it is.
pub(super) fn day(time: &str) -> &str {
    time.split_once('T').map_or(time, |(day, _)| day)
}

/// A name that may go on in the next line behind its signs, so that none of its words is broken.
pub(super) fn breakable(name: &str) -> Markup {
    html! {
        @for part in name.split_inclusive(['@', '.', '_', '/', ':']) { (part) wbr; }
    }
}

pub(super) fn days(count: u16) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// The class of a rule's severity.
pub(super) fn severity_of(rule: &str) -> &'static str {
    Rule::with_id(rule).map_or("low", |rule| rule.severity().name())
}

/// The title of a rule, as in the table of findings. A rule that is covered by decisions everywhere
/// isn't in that table.
pub(super) fn title(report: &Report, rule: &str) -> String {
    let listed = report.findings.iter().find(|it| it.rule == rule).map(|it| it.title.clone());
    listed
        .or_else(|| Rule::with_id(rule).map(|rule| rule.title(None)))
        .unwrap_or_else(|| rule.to_owned())
}

/// The decision in words, with the day on which it ends.
pub(super) fn decision(kind: &str, until: &str) -> String {
    let what = match kind {
        "keep until" => "Kept",
        "ask owner" => "Owner asked, waiting",
        "plan revoke" => "Revocation planned, waiting",
        other => other,
    };
    format!("{what} until {}", day(until))
}
