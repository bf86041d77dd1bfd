//! The head of the report: what it covers, and what proves that it is unaltered.

use maud::{Markup, html};

use super::sheet::mark;
use super::words::{days, moment};
use crate::jobs::audit::report::Report;
use crate::jobs::audit::report::document::{JournalEntry, Source};
use crate::text::{capitalized, visible};

pub(super) fn head(report: &Report) -> Markup {
    html! {
        h1 { "API token audit" }
        @if let Some(mark) = mark(report) {
            p.banner.sandbox { strong { (mark) ". " } (told(mark)) }
        }
        @if !report.complete {
            p.banner.partial {
                strong { "Incomplete: tokens may be missing, so counts are not final." }
                @for note in &report.notes { " " (visible(note)) }
            }
        }
        @for sentence in &report.frozen {
            p.banner.partial { strong { "Stale tokens aren’t known. " } (visible(sentence)) }
        }
        @for source in &report.sources { (about(source)) }
        (evidence(report))
    }
}

fn told(mark: &str) -> &'static str {
    match mark {
        "Sandbox" => "Example data from the built-in sandbox, not from a real organization.",
        _ => "Some of the tokens are example data from the built-in sandbox.",
    }
}

fn about(source: &Source) -> Markup {
    html! {
        dl {
            dt { "Organization" } dd { bdi { (visible(&source.organization)) } }
            dt { "Connection" }
            dd { bdi { (visible(&source.connection)) } " · " (capitalized(source.environment)) }
            dt { "Server" } dd { (source.server) }
            dt { "Token list as of" } dd { (data_of(source)) }
            @if let Some(told) = &source.last_used_precision { dt { "Last used" } dd { (capitalized(told)) } }
            dt { "Policy" }
            dd {
                @for (at, limit) in source.policy.iter().enumerate() {
                    @if at > 0 { " · " }
                    span.whole { (limit.label) " " (days(limit.days)) }
                }
            }
        }
    }
}

fn data_of(source: &Source) -> String {
    let whole = if source.complete { "complete" } else { "incomplete" };
    match &source.data_of {
        Some(time) => format!("{} · {whole}", moment(time)),
        None => "never loaded".to_owned(),
    }
}

fn evidence(report: &Report) -> Markup {
    html! {
        dl {
            dt { "Tokens" } dd { (report.counted(report.tokens.len())) }
            @for it in &report.unchecked { dt { "Not checked" } dd { bdi { (visible(it)) } } }
            dt { "Generated" } dd { (moment(&report.made_at)) " by " (report.made_by) }
            @if let Some(journal) = report.journal.as_ref().filter(|it| it.vouches()) {
                (of_journal(journal))
            }
            dt { "SHA-256 of the data" } dd.hash { (report.sha256) }
        }
    }
}

fn of_journal(journal: &JournalEntry) -> Markup {
    html! {
        dt { "Journal" } dd { (journal.says()) }
        @if !journal.seal.is_empty() { dt { "Last journal hash" } dd.hash { (journal.seal) } }
    }
}
