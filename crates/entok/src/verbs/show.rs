//! `entok show`

use std::fmt::Write as _;

use chrono::Utc;
use token_desk::{Row, Status, text::visible};

use super::token;
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

pub async fn run(session: &Session, name: &str, json: bool) -> Result<Exit, Failed> {
    let exit = session.load().await?;
    let now = Utc::now();
    let key = token::meant(&session.desk, name, now).map_err(|failed| {
        // Where the list is incomplete, it may well be there.
        Failed { exit: failed.exit.max(exit), ..failed }
    })?;
    let rows = token::rows(&session.desk, "", now)?;
    let row = rows.iter().find(|row| row.key == key);
    let row = row.ok_or_else(|| Failed::because("The token is no longer in the list."))?;
    let status = session.desk.status();
    if json {
        output::lines([token::json(row, &status)])?;
        return Ok(exit);
    }
    output::answer(&told(row, &status))?;
    Ok(exit)
}

fn told(row: &Row, status: &Status) -> String {
    let mut text = String::new();
    let facts = [
        ("Name", row.name.clone()),
        ("ID", row.key.id.0.clone()),
        ("Connection", token::label(row, status).to_owned()),
        ("Project", row.project.clone().unwrap_or_else(|| "Organization".to_owned())),
        ("State", token::state(row)),
        ("Scopes", row.scopes.join(" ")),
        ("Created", token::day(row.created, "unknown")),
        ("Created by", row.created_by.clone().unwrap_or_else(|| "unknown".to_owned())),
        ("Expires", token::day(row.expires, "never")),
        ("Last used", token::day(row.last_used, "no recorded use")),
    ];
    for (label, value) in facts {
        let _ = writeln!(text, "{label:<11} {}", visible(&value));
    }
    let Some(findings) = &row.findings else {
        return text + "Findings    not checked: the list is incomplete\n";
    };
    for (severity, title) in findings {
        let severity = severity.name();
        let _ = writeln!(text, "Finding     {} ({severity})", visible(title));
    }
    text
}
