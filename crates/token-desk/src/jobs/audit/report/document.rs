//! The content of a report, as in its JSON form.

use serde::Serialize;
use token_audit::{Rule, SETTINGS};

use crate::desk::status::ConnectionStatus;
use crate::model::connection::{Connection, Environment};
use crate::model::decision::Decision;
use crate::model::gaps;
use crate::model::precision;
use crate::model::time::dates::time;
use crate::storage::journal::Verified;

/// A report about all tokens that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The version of this format.
    pub format: u32,
    /// The app that made it, with its version.
    pub made_by: String,
    /// When it was made: RFC 3339, UTC.
    pub made_at: String,
    /// Whether every part of every list was loaded. If not, no count is final.
    pub complete: bool,
    /// How many tokens have an unreadable date. If there are any, no count that depends on dates is
    /// final: neither those of findings nor those of last use.
    pub unreadable: u32,
    /// Which servers have stopped recording uses, in sentences. If there are any, nothing is known about stale or unused
    /// tokens there.
    pub frozen: Vec<String>,
    /// What couldn't be loaded, in sentences.
    pub notes: Vec<String>,
    /// What couldn't be checked, in sentences.
    pub unchecked: Vec<String>,
    /// The organizations that the tokens come from.
    pub sources: Vec<Source>,
    /// The broken rules, most severe first.
    pub findings: Vec<FindingCount>,
    /// How many tokens break a rule that a decision covers: these are not counted in the findings.
    pub decided: u32,
    /// When the active tokens were last used.
    pub last_used: Vec<Span>,
    /// How many tokens would be stale at each limit from 1 day on. Only the printed page draws it:
    /// a program can count the tokens itself.
    #[serde(skip)]
    pub what_if: Vec<u32>,
    /// The limit in days; `None` if the connections have different ones.
    #[serde(skip)]
    pub stale_days: Option<u16>,
    /// The journal that the decisions come from; `null` if it couldn't be read.
    pub journal: Option<JournalEntry>,
    /// The SHA-256 of `tokens` as JSON without spaces, in hexadecimal.
    pub sha256: String,
    /// Every token, in the order of the server.
    pub tokens: Vec<TokenEntry>,
}

/// An organization on a server, and the list of its tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The organization's name, as the server gave it.
    pub organization: String,
    /// What the admin calls the connection.
    pub connection: String,
    /// What the connection is used for, in the admin's own judgment: `production`, `staging`,
    /// `development` or `sandbox`.
    pub environment: &'static str,
    /// The address of the server.
    pub server: String,
    /// Whether it is the sandbox built into the app, whose data is made up.
    pub sandbox: bool,
    /// When its list was loaded: RFC 3339, UTC.
    pub data_of: Option<String>,
    /// Whether the whole list was loaded.
    pub complete: bool,
    /// Why the list may be incomplete, in sentences.
    pub gaps: Vec<String>,
    /// What the server's last-used dates are worth, in words; `null` if that isn't known.
    pub last_used_precision: Option<String>,
    /// How many tokens the list has.
    pub tokens: usize,
    /// The thresholds its tokens are judged by.
    pub policy: Vec<Threshold>,
}

/// One setting of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Threshold {
    /// The setting's key in a policy file.
    pub setting: &'static str,
    /// The setting's label for people.
    pub label: &'static str,
    /// The threshold itself, in days.
    pub days: u16,
}

/// A rule that at least one token breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FindingCount {
    /// The rule's id, as in `findings` of a token.
    pub rule: &'static str,
    /// `high`, `medium` or `low`.
    pub severity: &'static str,
    /// What the rule finds, as a title.
    pub title: String,
    /// How many tokens break it.
    pub tokens: u32,
    /// What to do about it, in a sentence.
    pub remedy: &'static str,
    /// The standards the rule maps to; empty if there is none.
    pub standards: &'static str,
}

/// How many tokens were last used in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// The period, such as `31–90 d`.
    pub label: &'static str,
    /// How many tokens were last used in it.
    pub tokens: u32,
}

/// A token. Each time is RFC 3339 in UTC; `null` if the server doesn't report it or there is none;
/// the text `unreadable` if the server reports it in an unreadable form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TokenEntry {
    /// The id on its server.
    pub id: String,
    /// The name, as the server gave it.
    pub name: String,
    /// The position of its source in `sources`, counted from 0: two organizations may have the same
    /// name.
    pub source: usize,
    /// The name of the organization it belongs to.
    pub organization: String,
    /// The name of the project it belongs to; `null` if it belongs to the organization.
    pub project: Option<String>,
    /// The scopes that the server lists.
    pub scopes: Vec<String>,
    /// The state of the token, in words.
    pub state: &'static str,
    /// When it was created.
    pub created_at: Option<String>,
    /// Who created it; `null` if the server doesn't say.
    pub created_by: Option<String>,
    /// When it expires; `null` if never.
    pub expires_at: Option<String>,
    /// When it was last used.
    pub last_used_at: Option<String>,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// When the server last listed it, by its own clock, if it is missing from the latest list,
    /// which was incomplete. Its state and its findings about usage are as of then.
    pub last_listed_at: Option<String>,
    /// The ids of the rules it breaks, except for those that a decision covers.
    pub findings: Vec<&'static str>,
    /// The decision about it that still holds.
    pub decision: Option<DecisionEntry>,
}

/// A decision about a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DecisionEntry {
    /// `keep until`, `ask owner` or `plan revoke`.
    pub decision: &'static str,
    /// When it was decided: RFC 3339, UTC.
    pub decided_at: String,
    /// When the decision ends: RFC 3339, UTC.
    pub until: String,
    /// The reason given; empty if there was none.
    pub reason: String,
    /// The ids of the rules that the decision covers.
    pub findings: Vec<&'static str>,
}

/// The journal that the decisions come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// How many entries are unaltered.
    pub entries: u64,
    /// Whether all entries are unaltered.
    pub intact: bool,
    /// The seal of the last unaltered entry, to compare with that of a later report.
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
            connection: connection.appearance.label.clone(),
            environment: environment(connection),
            server: connection.base_url.as_str().to_owned(),
            sandbox: connection.sandbox,
            data_of: source.list.synced_at.map(time),
            complete: source.list.complete(),
            gaps: gaps::said(&source.list.gaps),
            last_used_precision: precision::told(&source.calibration),
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
    /// Whether there is anything to say about it.
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
    match connection.appearance.environment {
        _ if connection.sandbox => "sandbox",
        Environment::Production => "production",
        Environment::Staging => "staging",
        Environment::Development => "development",
    }
}
