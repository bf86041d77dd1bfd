//! What an auditor is given: every token that is shown, what is found of each, and by which policy.
//!
//! No value of a token comes here, nor any part of one.

mod csv;
mod html;
mod json;

use std::path::PathBuf;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use token_audit::{Rule, SETTINGS, Severity};

use crate::audit::Audit;
use crate::decisions::Decision;
use crate::desk::{Desk, blocking};
use crate::digest::sha256;
use crate::error::Error;
use crate::inventory::{Chip, Index, Project, Search, TokenKey};
use crate::journal::Verified;
use crate::private_file::{FileRequest, PrivateFile};
use crate::status::ConnectionStatus;

/// The forms a report has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// A table for spreadsheets: RFC 4180 in UTF-8, safe from formulas.
    Csv,
    /// For programs; `docs/report.schema.json` says what is in it.
    Json,
    /// A page to read and to print, with nothing to load.
    Html,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The version of this form.
    pub format: u32,
    /// The app that made it, with its version.
    pub made_by: String,
    /// When it was made: RFC 3339, UTC.
    pub made_at: String,
    /// Whether every part of every list was loaded. Where not, no count is final.
    pub complete: bool,
    /// What could not be loaded, in words.
    pub notes: Vec<String>,
    /// What could not be checked, in words.
    pub unchecked: Vec<String>,
    /// Where the tokens come from.
    pub sources: Vec<Source>,
    /// The rules that are broken, the worst first.
    pub findings: Vec<FindingCount>,
    /// When the tokens that work were last used.
    pub last_used: Vec<Span>,
    /// The journal that the decisions are from; `null` where it could not be read.
    pub journal: Option<JournalEntry>,
    /// The SHA-256 of `tokens` as JSON without blanks, in hexadecimal.
    pub sha256: String,
    /// Every token, in the order of the server.
    pub tokens: Vec<TokenEntry>,
}

/// An organization on a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The organization's name.
    pub organization: String,
    /// The server's address.
    pub server: String,
    /// When its list was loaded: RFC 3339, UTC.
    pub data_of: Option<String>,
    /// Whether all of it was loaded.
    pub complete: bool,
    /// How many tokens it has.
    pub tokens: usize,
    /// What they are judged by.
    pub policy: Vec<Threshold>,
}

/// One setting of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Threshold {
    /// Its name in a policy file.
    pub setting: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// The threshold.
    pub days: u16,
}

/// A rule that is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FindingCount {
    /// The rule's id.
    pub rule: &'static str,
    /// `high`, `medium` or `low`.
    pub severity: &'static str,
    /// What it finds.
    pub title: String,
    /// How many tokens break it.
    pub tokens: u32,
    /// What to do.
    pub remedy: &'static str,
    /// The standards it maps to.
    pub standards: &'static str,
}

/// A span of time since the last use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// In words.
    pub label: &'static str,
    /// How many tokens.
    pub tokens: u32,
}

/// A token. A time is RFC 3339 in UTC; `null` where the server does not say, or there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TokenEntry {
    /// The id on its server.
    pub id: String,
    /// The name, as the server gave it.
    pub name: String,
    /// The organization it belongs to.
    pub organization: String,
    /// The project it belongs to; `null` for the organization's own.
    pub project: Option<String>,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// Its state, in words.
    pub state: &'static str,
    /// When it was created.
    pub created_at: Option<String>,
    /// Who created it.
    pub created_by: Option<String>,
    /// When it expires; `null` for never.
    pub expires_at: Option<String>,
    /// When it was last used.
    pub last_used_at: Option<String>,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// The ids of the rules it breaks, but for those that were decided on.
    pub findings: Vec<&'static str>,
    /// What was decided about it, and stands.
    pub decision: Option<DecisionEntry>,
}

/// What was decided about a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DecisionEntry {
    /// `keep until`, `ask owner` or `plan revoke`.
    pub decision: &'static str,
    /// When it was decided: RFC 3339, UTC.
    pub decided_at: String,
    /// When it ends.
    pub until: String,
    /// Why; empty where nothing was said.
    pub reason: String,
    /// The ids of the rules that were decided on.
    pub findings: Vec<&'static str>,
}

/// The journal that the decisions are from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// How many entries are as they were written.
    pub entries: u64,
    /// Whether all are.
    pub intact: bool,
    /// The seal of the last one of them, to compare with that of a later report.
    pub seal: String,
}

impl Desk {
    /// The report on what is shown; `version` is the app's.
    #[must_use]
    pub fn report(&self, version: &str, now: DateTime<Utc>) -> Report {
        let at = self.server_time(now);
        let (policy, status) = (self.shown_policy(), self.status());
        let sources: Vec<_> = status.shown().collect();
        // Of one list: no refresh comes between the tokens and what is counted.
        let (audit, mut tokens) = {
            let mut listed = self.listed();
            let audit = Audit::of(&mut listed, policy, &status, at);
            (audit, entries(&listed.search, &sources))
        };
        for (key, token) in &mut tokens {
            token.decision = self.decision(key, at).map(DecisionEntry::from);
        }
        let tokens: Vec<_> = tokens.into_iter().map(|(_, token)| token).collect();
        let problems = sources.iter().flat_map(|source| &source.list.problems);
        Report {
            format: 1,
            made_by: format!("Entri Tokens {version}"),
            made_at: time(now),
            complete: sources.iter().all(|it| it.list.complete && it.list.synced_at.is_some()),
            notes: problems.map(|problem| problem.message.clone()).collect(),
            sources: sources.iter().map(|source| Source::of(source)).collect(),
            findings: findings(&audit),
            last_used: spans(&audit),
            journal: self.verified().ok().map(JournalEntry::from),
            unchecked: audit.unchecked,
            sha256: digest(&tokens),
            tokens,
        }
    }

    /// Saves the report on what is shown; gives the file that was made.
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
            Ok(place.file)
        })
        .await?
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

impl Source {
    fn of(source: &ConnectionStatus) -> Self {
        let connection = &source.connection;
        let threshold = |setting: &token_audit::Setting| Threshold {
            setting: setting.key,
            label: setting.label,
            days: setting.get(&connection.policy),
        };
        Self {
            organization: connection.organization_name.clone(),
            server: connection.base_url.as_str().to_owned(),
            data_of: source.list.synced_at.map(time),
            complete: source.list.complete,
            tokens: source.tokens,
            policy: SETTINGS.iter().map(threshold).collect(),
        }
    }
}

impl From<Decision> for DecisionEntry {
    fn from(decision: Decision) -> Self {
        Self {
            decision: decision.kind.name(),
            decided_at: time(decision.at),
            until: time(decision.until),
            reason: decision.reason,
            findings: decision.rules.iter().map(Rule::id).collect(),
        }
    }
}

impl JournalEntry {
    fn says(&self) -> String {
        let rest = if self.intact { "" } else { "; THE NEXT ONE WAS CHANGED after it was written" };
        format!("{} entries as they were written{rest}", self.entries)
    }
}

impl From<Verified> for JournalEntry {
    fn from(verified: Verified) -> Self {
        let Verified { entries, seal, broken } = verified;
        Self { entries, intact: broken.is_none(), seal }
    }
}

fn entries(search: &Search, sources: &[&ConnectionStatus]) -> Vec<(TokenKey, TokenEntry)> {
    let of = |index| (search.list.key(index), entry(search, index, sources));
    search.list.indices().map(of).collect()
}

fn entry(search: &Search, index: Index, sources: &[&ConnectionStatus]) -> TokenEntry {
    let (token, connection) = (search.list.record(index), search.list.connection(index));
    let source = sources.iter().find(|source| source.connection.id == connection);
    let broken = Rule::ALL.into_iter().filter(|&rule| search.breaks(index, rule));
    TokenEntry {
        id: token.id.to_owned(),
        name: token.name.to_owned(),
        organization: source.map(|it| it.connection.organization_name.clone()).unwrap_or_default(),
        project: search.list.project(index).map(Project::shown),
        scopes: token.scopes.split_whitespace().map(str::to_owned).collect(),
        state: state(search.judged.chip(index)),
        created_at: token.created.map(time),
        created_by: token.created_by.map(str::to_owned),
        expires_at: token.expires.map(time),
        last_used_at: token.last_used.map(time),
        last_used_reported: search.list.facts(index).last_used_reported,
        findings: broken.map(Rule::id).collect(),
        decision: None,
    }
}

fn findings(audit: &Audit) -> Vec<FindingCount> {
    let policy = audit.policy.unwrap_or_default();
    let count = |&(rule, tokens): &(Rule, u32)| FindingCount {
        rule: rule.id(),
        severity: match rule.severity() {
            Severity::High => "high",
            Severity::Medium => "medium",
            Severity::Low => "low",
        },
        title: rule.title(&policy),
        tokens,
        remedy: rule.remedy(),
        standards: rule.standards(),
    };
    audit.findings.iter().map(count).collect()
}

fn spans(audit: &Audit) -> Vec<Span> {
    audit.last_used.spans().map(|(label, tokens)| Span { label, tokens }).into()
}

fn state(chip: Chip) -> &'static str {
    match chip {
        Chip::Stale => "Stale",
        Chip::NoUse => "No use recorded",
        Chip::Idle => "Idle",
        Chip::New => "New",
        Chip::Recent => "Recent",
        Chip::NotReported => "Use not reported",
        Chip::ThisApp => "Used by this app",
        Chip::Expired => "Expired",
        Chip::Revoked => "Revoked",
    }
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn digest(tokens: &[TokenEntry]) -> String {
    sha256(serde_json::to_vec(tokens).unwrap_or_default())
}

#[cfg(test)]
mod tests;
