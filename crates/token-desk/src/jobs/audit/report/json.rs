//! The report for programs.

use super::Report;

pub(super) fn write(report: &Report) -> String {
    // Texts and numbers only: there is nothing that JSON could not hold.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
