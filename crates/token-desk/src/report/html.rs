//! The report as a page to read and to print. It loads nothing and runs nothing.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Report, Source, Span, TokenEntry};
use crate::text::visible;

/// What a page that came by mail may do: show itself.
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
                title { "API token audit " (report.made_at) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (head(report))
                (last_used(report))
                (findings(report))
                (tokens(&report.tokens))
            }
        }
    }
    .into_string()
}

fn head(report: &Report) -> Markup {
    html! {
        h1 { "API token audit" }
        @if !report.complete {
            p.partial {
                strong { "Incomplete: tokens may be missing, and no count is final." }
                @for note in &report.notes { " " (visible(note)) }
            }
        }
        @for source in &report.sources { (about(source)) }
        dl {
            dt { "Tokens" } dd { (report.counted(report.tokens.len())) }
            @for it in &report.unchecked { dt { "Not checked" } dd { bdi { (visible(it)) } } }
            dt { "Made by" } dd { (report.made_by) ", " (report.made_at) }
            @if let Some(journal) = &report.journal {
                dt { "Journal" } dd { (journal.says()) }
                dt { "Journal’s last seal" } dd.hash { (journal.seal) }
            }
            dt { "SHA-256 of the data" } dd.hash { (report.sha256) }
        }
    }
}

fn about(source: &Source) -> Markup {
    html! {
        dl {
            dt { "Organization" } dd { bdi { (visible(&source.organization)) } }
            dt { "Server" } dd { (source.server) }
            dt { "Data of" } dd { (source.data_of.as_deref().unwrap_or("never loaded")) }
            dt { "Policy" }
            dd {
                @for (at, limit) in source.policy.iter().enumerate() {
                    @if at > 0 { " · " }
                    (limit.label) " " (limit.days) " days"
                }
            }
        }
    }
}

fn last_used(report: &Report) -> Markup {
    let spans = &report.last_used;
    let most = spans.iter().map(|span| span.tokens).max().unwrap_or(0).max(1);
    html! {
        h2 { "Last used" }
        table.bars {
            @for Span { label, tokens } in spans {
                tr {
                    th scope="row" { (label) }
                    td { (report.judged(*tokens)) }
                    td { span style={ "width:" (100 * tokens / most) "%" } {} }
                }
            }
        }
    }
}

fn findings(report: &Report) -> Markup {
    html! {
        h2 { "Findings" }
        @if report.findings.is_empty() {
            p {
                @if report.complete && report.unreadable == 0 { "No token breaks a rule of the audit." }
                @else { "No token that could be read breaks a rule of the audit." }
            }
        } @else {
            table {
                thead { tr { th { "Finding" } th { "Severity" } th { "Tokens" } th { "Standard" } th { "What to do" } } }
                tbody {
                    @for it in &report.findings {
                        tr {
                            td { (it.title) }
                            td { (it.severity) }
                            td { (report.judged(it.tokens)) }
                            td { (it.standards) }
                            td { (it.remedy) }
                        }
                    }
                }
            }
        }
    }
}

fn tokens(tokens: &[TokenEntry]) -> Markup {
    html! {
        h2 { "Tokens" }
        table {
            thead {
                tr {
                    th { "Name" } th { "Project" } th { "State" } th { "Created" } th { "Expires" }
                    th { "Last used" } th { "Findings and decisions" }
                }
            }
            tbody { @for token in tokens { (row(token)) } }
        }
    }
}

fn row(token: &TokenEntry) -> Markup {
    let day = |time: &Option<String>, absent: &'static str| {
        time.as_deref().and_then(|time| time.split('T').next()).unwrap_or(absent).to_owned()
    };
    let unused = if token.last_used_reported { "none recorded" } else { "not reported" };
    html! {
        tr {
            td { bdi { (visible(&token.name)) } small { (visible(&token.id)) } }
            td {
                bdi { (token.project.as_deref().map_or_else(|| "Organization".to_owned(), visible)) }
                small { bdi { (visible(&token.organization)) } }
            }
            td { (token.state) }
            td {
                (day(&token.created_at, "–"))
                @if let Some(who) = &token.created_by { small { bdi { (visible(who)) } } }
            }
            td { (day(&token.expires_at, "never")) }
            td {
                (day(&token.last_used_at, unused))
                @if token.last_listed_at.is_some() {
                    small { "last listed " (day(&token.last_listed_at, "")) }
                }
            }
            td {
                (token.findings.join(", "))
                @if let Some(it) = &token.decision {
                    small { (it.decision) " " (it.until.get(..10).unwrap_or_default()) }
                    small { bdi { (visible(&it.reason)) } }
                }
            }
        }
    }
}
