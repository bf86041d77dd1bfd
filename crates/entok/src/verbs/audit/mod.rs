//! `entok audit`

mod forms;

use chrono::Utc;
use serde_json::json;
use token_desk::Report;

use super::{policy, report};
use crate::arguments::{Audit, Severity};
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

/// A rule that tokens break.
pub struct Broken {
    pub rule: &'static str,
    pub severity: Severity,
    pub title: String,
    pub remedy: &'static str,
    /// Each token with its id.
    pub tokens: Vec<(String, String)>,
}

/// What an audit found.
pub struct Outcome {
    pub broken: Vec<Broken>,
    /// How many tokens were checked.
    pub tokens: usize,
    /// What was not checked, in sentences.
    pub unchecked: Vec<String>,
}

pub async fn run(session: &Session, audit: &Audit, json: bool) -> Result<Exit, Failed> {
    if let Some(file) = &audit.policy {
        judge_by(session, policy::read(file)?).await?;
    }
    let loaded = session.load().await?;
    let report = session.desk.report(env!("CARGO_PKG_VERSION"), Utc::now());
    let outcome = Outcome::of(&report);
    if json {
        output::lines(outcome.broken.iter().map(Broken::json))?;
    } else {
        output::answer(&forms::text(&outcome, audit.format))?;
    }
    for unchecked in &outcome.unchecked {
        output::say(false, &format!("entok: {unchecked}"));
    }
    let found = outcome.broken.iter().any(|broken| broken.severity >= audit.fail_on);
    let missing = report::checked(&report);
    let found = if found { Exit::Findings } else { Exit::Fine };
    Ok(loaded.max(missing).max(found))
}

/// Has the connections shown judged by another policy, in the copy that this command works on.
async fn judge_by(session: &Session, policy: token_audit::Policy) -> Result<(), Failed> {
    for &id in &session.meant {
        session.desk.change_policy(id, policy, Utc::now()).await?;
    }
    Ok(())
}

impl Outcome {
    fn of(report: &Report) -> Self {
        let broken = report.findings.iter().map(|finding| Broken {
            rule: finding.rule,
            severity: match finding.severity {
                "high" => Severity::High,
                "medium" => Severity::Medium,
                _ => Severity::Low,
            },
            title: finding.title.clone(),
            remedy: finding.remedy,
            tokens: report
                .tokens
                .iter()
                .filter(|token| token.findings.contains(&finding.rule))
                .map(|token| (token.name.clone(), token.id.clone()))
                .collect(),
        });
        Self {
            broken: broken.collect(),
            tokens: report.tokens.len(),
            unchecked: report.unchecked.iter().chain(&report.frozen).cloned().collect(),
        }
    }
}

impl Broken {
    fn json(&self) -> serde_json::Value {
        let tokens = self.tokens.iter().map(|(name, id)| json!({"id": id, "name": name}));
        json!({
            "rule": self.rule,
            "severity": self.severity.name(),
            "title": self.title,
            "remedy": self.remedy,
            "tokens": tokens.collect::<Vec<_>>(),
        })
    }
}

impl Severity {
    fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low | Self::Never => "low",
        }
    }
}
