//! Bars, drawn with nothing but the style.

use maud::{Markup, html};

use super::words::severity_of;
use crate::jobs::audit::report::Report;

/// The meaning of each period of last use, in their order: in use, long unused, unknown.
const TONES: [&str; 7] = ["used", "used", "unused", "unused", "none", "none", "none"];

struct Bar<'a> {
    label: &'a str,
    tokens: u32,
    tone: &'a str,
}

pub(super) fn last_used(report: &Report) -> Markup {
    let spans = report.last_used.iter().zip(TONES);
    let bars = spans.map(|(span, tone)| Bar { label: span.label, tokens: span.tokens, tone });
    chart(report, "Last used", &bars.collect::<Vec<_>>(), None)
}

/// Each token counts once, by the worst that is found of it.
pub(super) fn severities(report: &Report) -> Markup {
    let worst = |findings: &[&'static str]| {
        let all = || findings.iter().map(|rule| severity_of(rule));
        ["high", "medium", "low"].into_iter().find(|it| all().any(|one| one == *it))
    };
    let tokens = |wanted: Option<&str>| {
        let count = report.tokens.iter().filter(|it| worst(&it.findings) == wanted).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let bars = [
        ("High", Some("high")),
        ("Medium", Some("medium")),
        ("Low", Some("low")),
        ("No findings", None),
    ]
    .map(|(label, it)| Bar { label, tokens: tokens(it), tone: it.unwrap_or("none") });
    chart(
        report,
        "Highest severity",
        &bars,
        Some("Each token counts once, by its most severe finding."),
    )
}

fn chart(report: &Report, title: &str, bars: &[Bar<'_>], note: Option<&str>) -> Markup {
    let most = bars.iter().map(|bar| bar.tokens).max().unwrap_or(0).max(1);
    html! {
        section {
            h2 { (title) }
            table.bars {
                @for Bar { label, tokens, tone } in bars {
                    tr {
                        th scope="row" { (label) }
                        td { span.track { span class=(tone) style={ "width:" (percent(*tokens, most)) "%" } {} } }
                        td.count { (report.judged(*tokens)) }
                    }
                }
            }
            @if let Some(note) = note { p.note { (note) } }
        }
    }
}

/// Of none nothing is drawn, and of few a little.
fn percent(tokens: u32, most: u32) -> u64 {
    let percent = 100 * u64::from(tokens) / u64::from(most);
    if tokens > 0 { percent.max(1) } else { 0 }
}
