//! The parts that are printed on every sheet of paper.

use std::fmt::Write;

use super::words::moment;
use crate::jobs::audit::report::Report;
use crate::text::visible_within;

/// How much of a name has its place in a margin, in characters.
const ROOM: usize = 60;

/// The text across each sheet, so that no sheet of example data passes for evidence.
pub(super) fn mark(report: &Report) -> Option<&'static str> {
    let of_sandbox = report.sources.iter().filter(|source| source.sandbox).count();
    match of_sandbox {
        0 => None,
        all if all == report.sources.len() => Some("Sandbox"),
        _ => Some("Partly sandbox"),
    }
}

/// The organizations that the report covers, for its head.
pub(super) fn about(report: &Report) -> String {
    match report.sources.as_slice() {
        [one] => visible_within(&one.organization, ROOM),
        several => format!("{} connections", several.len()),
    }
}

/// The margins of each sheet: the organizations, the date of the report, and the number of the
/// sheet. The first sheet has the title below instead.
pub(super) fn margins(report: &Report) -> String {
    let mark = mark(report).unwrap_or_default();
    let between = if mark.is_empty() { "" } else { " · " };
    let made = format!("Generated {} · {}", moment(&report.made_at), report.made_by);
    format!(
        "@page {{ @top-left {{ content: {} }} @top-right {{ content: {} }} \
         @bottom-left {{ content: {} }} \
         @bottom-right {{ content: \"Page \" counter(page) \" of \" counter(pages) }} }}\
         @page :first {{ @top-left {{ content: {} }} }}",
        quoted(&format!("API token audit{between}{mark}")),
        quoted(&about(report)),
        quoted(&made),
        quoted(mark),
    )
}

/// A text in a style sheet. Whatever could end it, or the style, is written as its code point.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || character == ' ' {
            quoted.push(character);
        } else {
            // The blank ends the number. Writing to a `String` can't fail.
            let _ = write!(quoted, "\\{:x} ", u32::from(character));
        }
    }
    quoted.push('"');
    quoted
}
