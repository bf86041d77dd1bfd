//! What was found, and every token.

use maud::{Markup, html};

use super::words::{day, decision, severity, severity_of, title};
use crate::report::{DecisionEntry, Report, TokenEntry};
use crate::text::visible;

pub(super) fn findings(report: &Report) -> Markup {
    html! {
        h2 { "Findings" }
        @if report.findings.is_empty() {
            p {
                @if report.complete && report.unreadable == 0 { "No findings." }
                @else { "No findings in the tokens that could be read." }
            }
        } @else {
            table.findings {
                thead {
                    tr {
                        th { "Severity" } th { "Finding" } th.count { "Tokens" } th { "Standard" }
                        th { "Recommended action" }
                    }
                }
                tbody {
                    @for it in &report.findings {
                        tr {
                            td { (chip(it.severity)) }
                            th scope="row" { (it.title) }
                            td.count { (report.judged(it.tokens)) }
                            td { (standards(it.standards)) }
                            td { (it.remedy) }
                        }
                    }
                }
            }
        }
    }
}

fn chip(name: &str) -> Markup {
    html! { span class={ "chip " (name) } { i class={ "dot " (name) } {} (severity(name)) } }
}

/// Those of a rule, each on a line.
fn standards(all: &str) -> Markup {
    html! {
        @if all.is_empty() { "–" }
        @for one in all.split(" · ") { div { (one) } }
    }
}

pub(super) fn tokens(report: &Report) -> Markup {
    html! {
        h2 { "Tokens" }
        table.tokens {
            thead {
                tr {
                    th { "Token" } th { "Created" } th { "Expires" } th { "Last used" }
                    th { "Findings and decisions" }
                }
            }
            tbody { @for token in &report.tokens { (row(report, token)) } }
        }
    }
}

fn row(report: &Report, token: &TokenEntry) -> Markup {
    let unused = if token.last_used_reported { "never used" } else { "not reported" };
    html! {
        tr {
            th scope="row" { (name(report, token)) }
            td {
                (date(token.created_at.as_deref(), "–"))
                @if let Some(who) = &token.created_by { small.name { bdi { (visible(who)) } } }
            }
            td { (date(token.expires_at.as_deref(), "never")) }
            td {
                (date(token.last_used_at.as_deref(), unused))
                @if !token.state.eq_ignore_ascii_case(unused) { small { (token.state) } }
                @if let Some(listed) = &token.last_listed_at {
                    small { "last listed " (date(Some(listed), "")) }
                }
            }
            td {
                @for rule in &token.findings {
                    div.finding { i class={ "dot " (severity_of(rule)) } {} (title(report, rule)) }
                }
                @match &token.decision {
                    Some(it) => (decided(report, it)),
                    None if token.findings.is_empty() => "–",
                    None => {}
                }
            }
        }
    }
}

fn name(report: &Report, token: &TokenEntry) -> Markup {
    let project = token.project.as_deref().map_or_else(|| "Organization".to_owned(), visible);
    html! {
        bdi.name { (visible(&token.name)) }
        small.name {
            span.whole { (visible(&token.id)) } " · " bdi { (project) }
            @if report.sources.len() > 1 { " · " bdi { (visible(&token.organization)) } }
        }
    }
}

fn date(time: Option<&str>, absent: &str) -> Markup {
    html! { span.whole { (time.map_or(absent, day)) } }
}

fn decided(report: &Report, it: &DecisionEntry) -> Markup {
    html! {
        div.decision {
            (decision(it.decision, &it.until))
            @for rule in &it.findings { small { "for: " (title(report, rule)) } }
            @if !it.reason.is_empty() { small.name { bdi { "“" (visible(&it.reason)) "”" } } }
        }
    }
}
