//! The report for spreadsheets: what it is about on top, then a row for each token. Every row has as
//! many fields, as RFC 4180 asks.

use token_audit::csv::field;

use super::{Report, TokenEntry};

const COLUMNS: [&str; 16] = [
    "Organization",
    "Project",
    "Name",
    "Id",
    "State",
    "Findings",
    "Scopes",
    "Created",
    "Created by",
    "Expires",
    "Last used",
    "Last use reported",
    "Last listed",
    "Decision",
    "Decided until",
    "Reason",
];

pub(super) fn write(report: &Report) -> String {
    // Without a byte order mark, Excel reads the file in the code page of its computer.
    let mut text = String::from('\u{FEFF}');
    for (label, value) in head(report) {
        row(&mut text, &[&label, &value]);
    }
    row(&mut text, &[]);
    row(&mut text, &COLUMNS);
    for token in &report.tokens {
        row(&mut text, &fields(token).each_ref().map(String::as_str));
    }
    text
}

fn head(report: &Report) -> Vec<(String, String)> {
    let line = |label: &str, value: String| (label.to_owned(), value);
    let whole =
        if report.complete { "yes" } else { "NO: tokens may be missing, and no count is final" };
    let mut lines = vec![line("Complete", whole.to_owned())];
    lines.extend(report.notes.iter().map(|note| line("Note", note.clone())));
    lines.extend(report.unchecked.iter().map(|it| line("Not checked", it.clone())));
    for source in &report.sources {
        let data_of = source.data_of.as_deref().unwrap_or("never loaded");
        lines.push(line("Organization", source.organization.clone()));
        lines.push(line("Server", source.server.clone()));
        lines.push(line("Data of", data_of.to_owned()));
        let limits: Vec<_> =
            source.policy.iter().map(|it| format!("{} {} days", it.label, it.days)).collect();
        lines.push(line("Policy", limits.join("; ")));
    }
    lines.push(line("Tokens", report.counted(report.tokens.len())));
    lines.extend(report.findings.iter().map(|it| line(&it.title, report.judged(it.tokens))));
    lines.push(line("Made by", report.made_by.clone()));
    lines.push(line("Made at", report.made_at.clone()));
    if let Some(journal) = &report.journal {
        lines.push(line("Journal", journal.says()));
        lines.push(line("Journal’s last seal", journal.seal.clone()));
    }
    lines.push(line("SHA-256 of the data", report.sha256.clone()));
    lines
}

fn fields(token: &TokenEntry) -> [String; COLUMNS.len()] {
    let decision = token.decision.as_ref();
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        token.organization.clone(),
        or_empty(&token.project),
        token.name.clone(),
        token.id.clone(),
        token.state.to_owned(),
        token.findings.join(" "),
        token.scopes.join(" "),
        or_empty(&token.created_at),
        or_empty(&token.created_by),
        or_empty(&token.expires_at),
        or_empty(&token.last_used_at),
        if token.last_used_reported { "yes" } else { "no" }.to_owned(),
        or_empty(&token.last_listed_at),
        decision.map_or_else(String::new, |it| it.decision.to_owned()),
        decision.map_or_else(String::new, |it| it.until.clone()),
        decision.map_or_else(String::new, |it| it.reason.clone()),
    ]
}

fn row(text: &mut String, fields: &[&str]) {
    for column in 0..COLUMNS.len() {
        if column > 0 {
            text.push(',');
        }
        text.push_str(&field(fields.get(column).copied().unwrap_or_default()));
    }
    text.push_str("\r\n");
}
