//! The tables of findings and of tokens.

use maud::{Markup, html};

use super::words::{breakable, day, decision, severity_of, title};
use crate::jobs::audit::report::{DecisionEntry, Report, TokenEntry};
use crate::text::{capitalized, visible};

pub(super) fn findings(report: &Report) -> Markup {
    html! {
        h2 { "Findings" }
        @if report.findings.is_empty() {
            p {
                @if report.complete && report.unreadable == 0 && report.frozen.is_empty() { "No findings." }
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
        @match report.decided {
            0 => {}
            1 => p.note { "1 token with an active decision is excluded until it ends." },
            more => p.note { (more) " tokens with active decisions are excluded until those end." },
        }
    }
}

fn chip(name: &str) -> Markup {
    html! { span class={ "chip " (name) } { i class={ "dot " (name) } {} (capitalized(name)) } }
}

/// The standards of a rule, each on its own line.
fn standards(all: &str) -> Markup {
    html! {
        @if all.is_empty() { "–" }
        @for one in all.split(" · ") { div { (one) } }
    }
}

/// A table of tokens for each source, with its name as a heading if there are several.
pub(super) fn tokens(report: &Report) -> Markup {
    html! {
        h2 { "Tokens" }
        @for (at, source) in report.sources.iter().enumerate() {
            @if report.sources.len() > 1 {
                h3 {
                    bdi.name { (visible(&source.connection)) }
                    small { bdi.name { (visible(&source.organization)) } " · " (source.server) }
                }
            }
            (listed(report, at))
        }
    }
}

fn listed(report: &Report, source: usize) -> Markup {
    let tokens = || report.tokens.iter().filter(|token| token.source == source);
    html! {
        @if tokens().next().is_none() { p { "No tokens." } } @else {
            table.tokens {
                thead {
                    tr {
                        th { "Token" } th { "Created" } th { "Expires" } th { "Last used" }
                        th { "Findings and decisions" }
                    }
                }
                tbody { @for token in tokens() { (row(report, token)) } }
            }
        }
    }
}

fn row(report: &Report, token: &TokenEntry) -> Markup {
    let unused = if token.last_used_reported { "never used" } else { "not reported" };
    html! {
        tr {
            th scope="row" { (name(token)) }
            td {
                (date(token.created_at.as_deref(), "–"))
                @if let Some(who) = &token.created_by { small.name { bdi { (breakable(&visible(who))) } } }
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

fn name(token: &TokenEntry) -> Markup {
    let project = token.project.as_deref().map_or_else(|| "Organization".to_owned(), visible);
    html! {
        bdi.name { (breakable(&visible(&token.name))) }
        small.name { bdi.id { (visible(&token.id)) } " · " bdi { (breakable(&project)) } }
        @if !token.scopes.is_empty() {
            small.name {
                @for (at, scope) in token.scopes.iter().enumerate() {
                    @if at > 0 { ", " }
                    bdi { (breakable(&visible(scope))) }
                }
            }
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
            @if !it.reason.is_empty() { small.name { bdi { "“" (visible(&it.reason)) "”" } } }
            small { "Decided " (day(&it.decided_at)) }
            @for rule in &it.findings { small { "Covers: " (title(report, rule)) } }
        }
    }
}
