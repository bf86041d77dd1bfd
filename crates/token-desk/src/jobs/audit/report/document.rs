//! What a report is made of, as its JSON has it.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use token_audit::{Date, Rule, SETTINGS};

use crate::desk::status::ConnectionStatus;
use crate::model::connection::{Connection, Environment};
use crate::model::decision::Decision;
use crate::model::gaps;
use crate::storage::journal::Verified;

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
    /// How many tokens have a date that cannot be read. With any, no count that rests on dates is
    /// final: those of findings and of last use.
    pub unreadable: u32,
    /// What could not be loaded, in words.
    pub notes: Vec<String>,
    /// What could not be checked, in words.
    pub unchecked: Vec<String>,
    /// Where the tokens come from.
    pub sources: Vec<Source>,
    /// The broken rules, most severe first.
    pub findings: Vec<FindingCount>,
    /// How many tokens break a rule that somebody has decided on: these are not in the findings.
    pub decided: u32,
    /// When the active tokens were last used.
    pub last_used: Vec<Span>,
    /// How many tokens would be stale at each limit from 1 day on. Only the page to print draws it: a
    /// program can count the tokens itself.
    #[serde(skip)]
    pub what_if: Vec<u32>,
    /// The limit in days; `None` if the connections have different ones.
    #[serde(skip)]
    pub stale_days: Option<u16>,
    /// The journal that the decisions are from; `null` where it could not be read.
    pub journal: Option<JournalEntry>,
    /// The SHA-256 of `tokens` as JSON without spaces, in hexadecimal.
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
    /// What the admin calls the connection.
    pub connection: String,
    /// What it is for, in the admin's own judgment: `production`, `staging`, `development` or `sandbox`.
    pub environment: &'static str,
    /// The server's address.
    pub server: String,
    /// Whether it is the sandbox built into the app, whose data is made up.
    pub sandbox: bool,
    /// When its list was loaded: RFC 3339, UTC.
    pub data_of: Option<String>,
    /// Whether all of it was loaded.
    pub complete: bool,
    /// Why it may be incomplete, in words.
    pub gaps: Vec<String>,
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
    /// As text.
    pub label: &'static str,
    /// How many tokens.
    pub tokens: u32,
}

/// A token. A time is RFC 3339 in UTC; `null` if the server doesn't say, or there is none; the text
/// `not readable` where the server gives one in a form that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TokenEntry {
    /// The id on its server.
    pub id: String,
    /// The name, as the server gave it.
    pub name: String,
    /// Which of the sources it is from, counted from 0: two organizations may have one name.
    pub source: usize,
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
    /// When the server listed it last, by its own clock, where it is missing from the latest list, which
    /// could not be read whole. Its state and its findings of use are as of then.
    pub last_listed_at: Option<String>,
    /// The ids of the rules it breaks, except for those that were decided on.
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
    /// Why; empty if nothing was said.
    pub reason: String,
    /// The ids of the rules that were decided on.
    pub findings: Vec<&'static str>,
}

/// The journal that the decisions are from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// The number of entries that are unaltered.
    pub entries: u64,
    /// Whether all are.
    pub intact: bool,
    /// The seal of the last one of them, to compare with that of a later report.
    pub seal: String,
}

impl Source {
    pub(super) fn of(source: &ConnectionStatus) -> Self {
        let connection = &source.connection;
        let threshold = |setting: &token_audit::Setting| Threshold {
            setting: setting.key,
            label: setting.label,
            days: setting.get(&connection.policy),
        };
        Self {
            organization: connection.organization_name.clone(),
            connection: connection.look.label.clone(),
            environment: environment(connection),
            server: connection.base_url.as_str().to_owned(),
            sandbox: connection.sandbox,
            data_of: source.list.synced_at.map(time),
            complete: source.list.complete(),
            gaps: gaps::said(&source.list.gaps),
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
    /// Whether there is anything to say of it.
    pub(super) fn vouches(&self) -> bool {
        self.entries > 0 || !self.intact
    }

    pub(super) fn says(&self) -> String {
        let rest = if self.intact { "" } else { "; THE NEXT ENTRY WAS ALTERED" };
        let entries = if self.entries == 1 { "entry" } else { "entries" };
        format!("{} {entries} verified{rest}", self.entries)
    }
}

impl From<Verified> for JournalEntry {
    fn from(verified: Verified) -> Self {
        let Verified { entries, seal, broken, .. } = verified;
        Self { entries, intact: broken.is_none(), seal }
    }
}

fn environment(connection: &Connection) -> &'static str {
    match connection.look.environment {
        _ if connection.sandbox => "sandbox",
        Environment::Production => "production",
        Environment::Staging => "staging",
        Environment::Development => "development",
    }
}

/// A date as a report has it.
pub(super) fn told(date: Date) -> Option<String> {
    match date {
        Date::At(at) => Some(time(at)),
        Date::None => None,
        Date::Unreadable => Some("unreadable".to_owned()),
    }
}

/// RFC 3339 in UTC.
pub(crate) fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
