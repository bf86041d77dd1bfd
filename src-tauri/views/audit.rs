//! Returns the audit of the tokens shown.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_audit::{Finding, LastUsed, Policy, Preset, Rule, SETTINGS, Severity};
use token_desk::{Audit, Decision, ReportFormat, text};

/// What the audit page shows.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuditView {
    /// The policy that the tokens are judged by; `None` if the connections shown have different ones.
    pub policy: Option<PolicyView>,
    /// When the active tokens were last used.
    pub last_used: Vec<BarView>,
    /// How many tokens would be stale at each limit from 1 day on.
    pub what_if: Vec<u32>,
    /// The broken rules, most severe first.
    pub findings: Vec<RuleView>,
    /// The number of tokens that break a rule covered by a decision.
    pub decided: u32,
    /// What could not be checked, in words.
    pub unchecked: Vec<String>,
}

/// A policy.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// `Standard`, or the name of another preset.
    pub name: String,
    /// How long a token may stay unused, in days.
    pub stale_days: u16,
    /// All its settings.
    pub settings: Vec<SettingView>,
    /// What they would be by each preset.
    pub presets: Vec<PresetView>,
}

/// A preset.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PresetView {
    /// Its name.
    pub name: String,
    /// The days of each setting, in the order of the settings.
    pub days: Vec<u16>,
}

/// One threshold, in days.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingView {
    /// Its name in a file.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// What it does.
    pub about: String,
    /// What it is.
    pub days: u16,
    /// The least it may be.
    pub least: u16,
    /// The most it may be.
    pub most: u16,
}

/// A setting as the form has it.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingRequest {
    /// Its name in a file.
    pub key: String,
    /// The days, as typed.
    pub days: String,
}

/// The forms a report has.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::ReportFormat`")]
pub enum ReportFormatName {
    Csv,
    Json,
    Html,
}

/// How many tokens were last used in a span of time.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BarView {
    /// `31–90 d`.
    pub label: String,
    /// How many tokens.
    pub count: u32,
    /// What the span means.
    pub tone: BarTone,
}

/// What a span of time means.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BarTone {
    /// In use.
    Used,
    /// Long unused.
    Unused,
    /// Nobody knows.
    Unknown,
}

/// A rule that is broken.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// The rule's id.
    pub rule: String,
    /// How bad it is.
    pub severity: SeverityName,
    /// What it finds.
    pub title: String,
    /// How many tokens break it.
    pub count: u32,
    /// What to do.
    pub remedy: String,
    /// Whether that ends in revoking the tokens.
    pub revokes: bool,
    /// The standards it maps to; empty if there is none.
    pub standards: String,
}

/// One rule the token breaks.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// The rule's id.
    pub rule: String,
    /// How bad it is.
    pub severity: SeverityName,
    /// Why, in one sentence.
    pub reason: String,
    /// What to do.
    pub remedy: String,
    /// The standards it maps to.
    pub standards: String,
    /// Whether somebody has decided on it.
    pub decided: bool,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_audit::Severity`")]
pub enum SeverityName {
    High,
    Medium,
    Low,
}

impl ReportFormatName {
    /// What its files end in.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}

impl From<ReportFormatName> for ReportFormat {
    fn from(format: ReportFormatName) -> Self {
        match format {
            ReportFormatName::Csv => Self::Csv,
            ReportFormatName::Json => Self::Json,
            ReportFormatName::Html => Self::Html,
        }
    }
}

impl From<Audit> for AuditView {
    fn from(audit: Audit) -> Self {
        Self {
            policy: audit.policy.map(PolicyView::from),
            last_used: bars(&audit.last_used),
            what_if: audit.what_if,
            decided: audit.decided,
            findings: audit
                .findings
                .into_iter()
                .map(|(rule, count)| RuleView::new(rule, count, audit.policy.as_ref()))
                .collect(),
            unchecked: audit.unchecked.iter().map(|it| text::visible(it)).collect(),
        }
    }
}

impl From<Policy> for PolicyView {
    fn from(policy: Policy) -> Self {
        let preset = Preset::ALL.into_iter().find(|preset| preset.policy() == policy);
        Self {
            name: preset.map_or("Custom", Preset::name).to_owned(),
            stale_days: policy.stale_days,
            settings: SETTINGS
                .iter()
                .map(|setting| SettingView {
                    key: setting.key.to_owned(),
                    label: setting.label.to_owned(),
                    about: setting.about.to_owned(),
                    days: setting.get(&policy),
                    least: *setting.range.start(),
                    most: *setting.range.end(),
                })
                .collect(),
            presets: Preset::ALL.into_iter().map(PresetView::from).collect(),
        }
    }
}

impl From<Preset> for PresetView {
    fn from(preset: Preset) -> Self {
        let policy = preset.policy();
        let days = SETTINGS.iter().map(|setting| setting.get(&policy)).collect();
        Self { name: preset.name().to_owned(), days }
    }
}

impl RuleView {
    fn new(rule: Rule, count: u32, policy: Option<&Policy>) -> Self {
        Self {
            rule: rule.id().to_owned(),
            severity: rule.severity().into(),
            title: rule.title(policy),
            count,
            remedy: rule.remedy().to_owned(),
            revokes: rule.remedy_revokes(),
            standards: rule.standards().to_owned(),
        }
    }
}

impl FindingView {
    /// A finding of a token that this was decided about.
    pub(super) fn new(Finding { rule, reason }: Finding, decision: Option<&Decision>) -> Self {
        Self {
            decided: decision.is_some_and(|decision| decision.rules.contains(rule)),
            rule: rule.id().to_owned(),
            severity: rule.severity().into(),
            reason,
            remedy: rule.remedy().to_owned(),
            standards: rule.standards().to_owned(),
        }
    }
}

impl From<Severity> for SeverityName {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::High => Self::High,
            Severity::Medium => Self::Medium,
            Severity::Low => Self::Low,
        }
    }
}

fn bars(used: &LastUsed) -> Vec<BarView> {
    use BarTone::{Unknown, Unused, Used};
    let tones = [Used, Used, Unused, Unused, Unknown, Unknown, Unknown];
    let bar = |((label, count), tone): ((&str, u32), BarTone)| BarView {
        label: label.to_owned(),
        count,
        tone,
    };
    used.spans().into_iter().zip(tones).map(bar).collect()
}
