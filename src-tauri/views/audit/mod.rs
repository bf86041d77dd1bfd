//! Returns the audit of the tokens shown.

mod last_used;
mod policy;

use serde::Serialize;
use specta::Type;
use token_audit::{Finding, Policy, Rule, Severity};
use token_desk::{Audit, Decision, text};

use last_used::bars;
pub use last_used::{BarTone, BarView};
pub use policy::*;

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
    /// What couldn't be checked, one sentence each.
    pub unchecked: Vec<String>,
    /// What last-used dates are worth on each server where that is known, one sentence each.
    pub precision: Vec<String>,
}

/// A rule that is broken.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// The rule's id, as the page and reports use it.
    pub rule: String,
    /// How severe the rule is.
    pub severity: Severity,
    /// What the rule finds, as a title.
    pub title: String,
    /// How many tokens break it.
    pub count: u32,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// Whether the remedy ends in revoking the tokens.
    pub revokes: bool,
    /// The standards it maps to; empty if there is none.
    pub standards: String,
}

/// One rule the token breaks.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// The rule's id, as the page and reports use it.
    pub rule: String,
    /// How severe the finding is.
    pub severity: Severity,
    /// Why the token breaks the rule, in one sentence.
    pub reason: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// The standards the rule maps to; empty if there is none.
    pub standards: String,
    /// Whether a decision covers the finding.
    pub decided: bool,
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
            precision: audit.precision.iter().map(|it| text::visible(it)).collect(),
        }
    }
}

impl RuleView {
    fn new(rule: Rule, count: u32, policy: Option<&Policy>) -> Self {
        Self {
            rule: rule.id().to_owned(),
            severity: rule.severity(),
            title: rule.title(policy),
            count,
            remedy: rule.remedy().to_owned(),
            revokes: rule.remedy_revokes(),
            standards: rule.standards().to_owned(),
        }
    }
}

impl FindingView {
    /// A finding of a token, and the decision about that token.
    #[must_use]
    pub fn new(Finding { rule, reason }: Finding, decision: Option<&Decision>) -> Self {
        Self {
            decided: decision.is_some_and(|decision| decision.rules.contains(rule)),
            rule: rule.id().to_owned(),
            severity: rule.severity(),
            reason,
            remedy: rule.remedy().to_owned(),
            standards: rule.standards().to_owned(),
        }
    }
}
