//! The report as a page to read and to print. It loads nothing and runs nothing.

mod charts;
mod head;
mod sheet;
mod tables;
mod what_if;
mod words;

use maud::{DOCTYPE, PreEscaped, html};

use super::Report;

/// A page that arrives by mail may only show itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
const STYLE: &str = include_str!("report.css");

pub(super) fn write(report: &Report) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width";
                title { "API token audit · " (sheet::about(report)) " · " (words::moment(&report.made_at)) }
                style { (PreEscaped(STYLE)) (PreEscaped(sheet::margins(report))) }
            }
            body {
                @if let Some(mark) = sheet::mark(report) {
                    div.mark.longer[mark.len() > 8] aria-hidden="true" { (mark) }
                }
                (head::head(report))
                div.charts { (charts::severities(report)) (charts::last_used(report)) }
                (tables::findings(report))
                (what_if::what_if(report))
                (tables::tokens(report))
            }
        }
    }
    .into_string()
}
