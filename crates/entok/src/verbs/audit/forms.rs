//! The outcome of an audit in the forms that people and pipelines read.

use std::fmt::Write as _;

use token_desk::text::{counted, visible};

use super::{Broken, Outcome};
use crate::arguments::AuditForm;

/// As many tokens of a finding are named.
const NAMED: usize = 10;

pub fn text(outcome: &Outcome, form: AuditForm) -> String {
    match form {
        AuditForm::Text => plain(outcome),
        AuditForm::Junit => junit(outcome),
        AuditForm::Markdown => markdown(outcome),
        AuditForm::Github => github(outcome),
    }
}

fn plain(outcome: &Outcome) -> String {
    let mut text = String::new();
    for broken in &outcome.broken {
        let (severity, count) = (broken.severity.name(), broken.count());
        let _ = writeln!(text, "{severity:<7} {}: {count}", broken.title);
        let _ = writeln!(text, "        {}\n        {}", broken.named(), broken.remedy);
    }
    let _ = writeln!(text, "{}", outcome.sum());
    text
}

fn junit(outcome: &Outcome) -> String {
    let (failures, skipped) = (outcome.broken.len(), outcome.unchecked.len());
    let all = (failures + skipped).max(1);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"entok audit\" tests=\"{all}\" \
         failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\">\n"
    );
    for broken in &outcome.broken {
        let (rule, title) = (xml(broken.rule), xml(&broken.title));
        let severity = broken.severity.name();
        let message = xml(&format!("{} ({severity}): {}", broken.title, broken.count()));
        let told = xml(&format!("{}\n{}", broken.named(), broken.remedy));
        let _ = writeln!(
            text,
            "<testcase classname=\"{rule}\" name=\"{title}\" time=\"0\"><failure type=\"{severity}\" \
             message=\"{message}\">{told}</failure></testcase>"
        );
    }
    for unchecked in &outcome.unchecked {
        let unchecked = xml(unchecked);
        let _ = writeln!(
            text,
            "<testcase classname=\"audit\" name=\"Not checked\" time=\"0\"><skipped message=\"{unchecked}\"/></testcase>"
        );
    }
    if outcome.broken.is_empty() && outcome.unchecked.is_empty() {
        text.push_str("<testcase classname=\"audit\" name=\"No findings\" time=\"0\"/>\n");
    }
    text.push_str("</testsuite>\n</testsuites>\n");
    text
}

fn markdown(outcome: &Outcome) -> String {
    let mut text = "## API tokens\n\n".to_owned();
    if !outcome.broken.is_empty() {
        text.push_str("| Severity | Finding | Tokens |\n| --- | --- | --- |\n");
    }
    for broken in &outcome.broken {
        let (title, named) = (cell(&broken.title), cell(&broken.named()));
        let _ = writeln!(
            text,
            "| {} | {title} | {}: {named} |",
            broken.severity.name(),
            broken.tokens.len()
        );
    }
    let _ = writeln!(text, "\n{}", outcome.sum());
    for unchecked in &outcome.unchecked {
        let _ = writeln!(text, "\n**Not checked:** {}", cell(unchecked));
    }
    text
}

fn github(outcome: &Outcome) -> String {
    let mut text = String::new();
    for broken in &outcome.broken {
        let (title, told) = (&broken.title, format!("{}. {}", broken.named(), broken.remedy));
        let _ = writeln!(text, "::warning title={}::{}", property(title), data(&told));
    }
    for unchecked in &outcome.unchecked {
        let _ = writeln!(text, "::warning title=Not checked::{}", data(unchecked));
    }
    let _ = writeln!(text, "::notice title=API tokens::{}", data(&outcome.sum()));
    text
}

impl Broken {
    fn count(&self) -> String {
        counted(self.tokens.len() as u64, "token")
    }

    /// The first of its tokens.
    fn named(&self) -> String {
        let first = self
            .tokens
            .iter()
            .take(NAMED)
            .map(|(name, id)| format!("{} ({})", visible(name), visible(id)));
        let mut named = first.collect::<Vec<_>>().join(", ");
        if let Some(more) = self.tokens.len().checked_sub(NAMED).filter(|&more| more > 0) {
            let _ = write!(named, " and {more} more");
        }
        named
    }
}

impl Outcome {
    fn sum(&self) -> String {
        let tokens = counted(self.tokens as u64, "token");
        match self.broken.len() as u64 {
            0 if self.unchecked.is_empty() => format!("{tokens}, no findings."),
            0 => format!("{tokens}, no findings in what could be checked."),
            findings => format!("{tokens}, {}.", counted(findings, "finding")),
        }
    }
}

/// A text within XML.
fn xml(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
        .chars()
        .filter(|it| *it == '\n' || !it.is_control() && !matches!(it, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// A text within a cell of a Markdown table: no name of a token can be more than a name there.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, ',' | '(' | ')' | '-') {
            cell.push('\\');
        }
        cell.push(if letter.is_control() { ' ' } else { letter });
    }
    cell
}

/// A text of a GitHub workflow command (docs.github.com, workflow commands).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Severity;

    fn outcome(name: &str) -> Outcome {
        let broken = Broken {
            rule: "unused",
            severity: Severity::High,
            title: "Unused for 90 days".into(),
            remedy: "Revoke it.",
            tokens: vec![(name.into(), "t-1".into())],
        };
        Outcome { broken: vec![broken], tokens: 2, unchecked: vec![] }
    }

    #[test]
    fn a_name_is_only_a_name_in_every_form() {
        let hostile = outcome("a\"><script>|`x`|\n::error::b%\u{1b}[2J");
        for form in [AuditForm::Text, AuditForm::Junit, AuditForm::Markdown, AuditForm::Github] {
            let text = text(&hostile, form);
            assert!(!text.contains('\u{1b}') && !text.contains("\n::error"), "{text}");
        }
        assert!(!junit(&hostile).contains("<script"));
        assert!(!markdown(&hostile).contains("|`x`|"));
    }

    #[test]
    fn nothing_found_is_said_with_its_limits() {
        let mut clean = outcome("x");
        clean.broken.clear();
        assert_eq!(plain(&clean), "2 tokens, no findings.\n");
        clean.unchecked.push("Members could not be read.".into());
        assert_eq!(plain(&clean), "2 tokens, no findings in what could be checked.\n");
    }
}
