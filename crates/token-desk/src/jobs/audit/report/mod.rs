//! The report for auditors: every token shown, its findings, and the policy they follow from.
//!
//! It never contains a token's value, nor any part of one.

mod csv;
mod document;
mod html;
mod json;

use std::fmt::Display;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use token_audit::Rule;

use crate::desk::Desk;
use crate::desk::status::{ConnectionStatus, Status};
use crate::digest::sha256;
use crate::error::Error;
use crate::jobs::audit::Audit;
use crate::list::{Index, Search};
use crate::model::deed::Deed;
use crate::model::time::dates::{time, written};
use crate::model::token::{Project, TokenKey};
use crate::system::private_file::{FileRequest, PrivateFile};
use crate::system::threads::blocking;

pub use document::Report;
use document::{DecisionEntry, FindingCount, JournalEntry, Source, Span, TokenEntry};

/// The forms a report has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum ReportFormat {
    /// A table for spreadsheets: RFC 4180 in UTF-8, safe from formulas.
    Csv,
    /// For programs; `docs/report.schema.json` says what is in it.
    Json,
    /// A page to read and to print, with nothing to load.
    Html,
}

impl ReportFormat {
    /// The ending of its files, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}

impl Desk {
    /// The report on what is shown; `version` is the app's.
    #[must_use]
    pub fn report(&self, version: &str, now: DateTime<Utc>) -> Report {
        let (status, audit, mut tokens) = self.reported(now);
        let sources: Vec<_> = status.shown().collect();
        for (key, token) in &mut tokens {
            token.decision = self.decision(key, now).map(DecisionEntry::from);
        }
        let tokens: Vec<_> = tokens.into_iter().map(|(_, token)| token).collect();
        let owed = self.journal_owed().map(|problem| problem.message);
        Report {
            format: 1,
            made_by: format!("Entri Tokens {version}"),
            made_at: time(now),
            complete: sources.iter().all(|it| it.list.complete()),
            unreadable: sources.iter().map(|it| it.unreadable).sum(),
            frozen: status.frozen().map(|problem| problem.message).collect(),
            notes: status.notes(),
            sources: sources.iter().map(|source| Source::of(source)).collect(),
            findings: findings(&audit),
            decided: audit.decided,
            last_used: spans(&audit),
            stale_days: audit.policy.as_ref().map(|policy| policy.stale_days),
            what_if: audit.what_if,
            journal: self.verified().ok().map(JournalEntry::from),
            unchecked: audit.unchecked.into_iter().chain(owed).collect(),
            sha256: digest(&tokens),
            tokens,
        }
    }

    /// The tokens shown, counted and listed as of one moment. If a list has arrived that isn't
    /// shown yet, this waits for it.
    fn reported(&self, now: DateTime<Utc>) -> (Status, Audit, Vec<(TokenKey, TokenEntry)>) {
        loop {
            let mut state = self.state();
            let mut listed = self.listed();
            if listed.revision == state.revision {
                let (policy, clocks) = (state.shown_policy(), state.clocks(now));
                let status = state.status(listed.generation);
                drop(state);
                let audit = Audit::of(&mut listed, policy, &status, clocks);
                let tokens = entries(&listed.search, &status.shown().collect::<Vec<_>>());
                return (status, audit, tokens);
            }
            drop((state, listed));
            self.list_anew(now);
        }
    }

    /// Saves the report on the tokens shown; returns the path of the new file.
    pub async fn save_report(
        &self,
        format: ReportFormat,
        request: FileRequest,
        version: &'static str,
        now: DateTime<Utc>,
    ) -> Result<PathBuf, Error> {
        let desk = self.clone();
        blocking(move || {
            let place = PrivateFile::at(&request)?;
            let text = desk.report(version, now).text(format);
            place.write(&[text.as_bytes()])?;
            let (shown, exported) = (desk.shown_connections(), (&*place.file, format.name()));
            desk.write_down_export(&shown, Deed::ReportExported, exported, now);
            Ok(place.file)
        })
        .await?
    }
}

impl ReportFormat {
    /// Its name for people.
    fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Html => "HTML",
        }
    }
}

impl Report {
    /// The report as a file has it.
    #[must_use]
    pub fn text(&self, format: ReportFormat) -> String {
        match format {
            ReportFormat::Csv => csv::write(self),
            ReportFormat::Json => json::write(self),
            ReportFormat::Html => html::write(self),
        }
    }
}

impl Report {
    /// A count of tokens, with "about" if the list may be incomplete: tokens it has from before may
    /// be gone.
    fn counted(&self, tokens: impl Display) -> String {
        said(tokens, self.complete)
    }

    /// A count that depends on dates, with "about" also if any date is unreadable or uses aren't recorded.
    fn judged(&self, tokens: u32) -> String {
        said(tokens, self.complete && self.unreadable == 0 && self.frozen.is_empty())
    }
}

fn said(tokens: impl Display, all: bool) -> String {
    if all { tokens.to_string() } else { format!("about {tokens}") }
}

fn entries(search: &Search, sources: &[&ConnectionStatus]) -> Vec<(TokenKey, TokenEntry)> {
    let of = |index| (search.list.key(index), entry(search, index, sources));
    search.list.indices().map(of).collect()
}

fn entry(search: &Search, index: Index, sources: &[&ConnectionStatus]) -> TokenEntry {
    let (token, connection) = (search.list.record(index), search.list.connection(index));
    let source = sources.iter().position(|source| source.connection.id == connection);
    let broken = Rule::ALL.into_iter().filter(|&rule| search.breaks(index, rule));
    TokenEntry {
        id: token.id.0.to_owned(),
        name: token.name.to_owned(),
        source: source.unwrap_or_default(),
        organization: source
            .map(|at| sources[at].connection.organization_name.clone())
            .unwrap_or_default(),
        project: search.list.project(index).map(Project::shown),
        scopes: token.scopes.split_whitespace().map(str::to_owned).collect(),
        state: search.judged.chip(index).words(),
        created_at: written(token.created),
        created_by: token.created_by.map(str::to_owned),
        expires_at: written(token.expires),
        last_used_at: written(token.last_used),
        last_used_reported: token.last_used_reported,
        last_listed_at: token.last_listed.map(|at| time(at.0)),
        findings: broken.map(Rule::id).collect(),
        decision: None,
    }
}

fn findings(audit: &Audit) -> Vec<FindingCount> {
    let count = |&(rule, tokens): &(Rule, u32)| FindingCount {
        rule: rule.id(),
        severity: rule.severity().name(),
        title: rule.title(audit.policy.as_ref()),
        tokens,
        remedy: rule.remedy(),
        standards: rule.standards(),
    };
    audit.findings.iter().map(count).collect()
}

fn spans(audit: &Audit) -> Vec<Span> {
    audit.last_used.spans().map(|(label, tokens)| Span { label, tokens }).into()
}

fn digest(tokens: &[TokenEntry]) -> String {
    sha256(serde_json::to_vec(tokens).unwrap_or_default())
}

#[cfg(test)]
mod tests;
