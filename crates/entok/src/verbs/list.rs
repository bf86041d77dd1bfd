//! `entok list`

use chrono::Utc;
use token_desk::{Row, Status};

use super::token;
use crate::arguments::{Column, List};
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;
use crate::table::table;

pub async fn run(session: &Session, list: &List, json: bool) -> Result<Exit, Failed> {
    let exit = session.load().await?;
    let (rows, status) =
        (token::rows(&session.desk, &list.search, Utc::now())?, session.desk.status());
    if json {
        output::lines(rows.iter().map(|row| token::json(row, &status)))?;
        return Ok(exit);
    }
    let heads: Vec<_> = list.columns.iter().map(|column| column.head()).collect();
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| list.columns.iter().map(|column| column.cell(row, &status)).collect())
        .collect();
    output::answer(&table(&heads, &cells))?;
    Ok(exit)
}

impl Column {
    fn head(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Project => "project",
            Self::State => "state",
            Self::Scopes => "scopes",
            Self::Created => "created",
            Self::CreatedBy => "created by",
            Self::Expires => "expires",
            Self::LastUsed => "last used",
            Self::Findings => "findings",
            Self::Connection => "connection",
        }
    }

    fn cell(self, row: &Row, status: &Status) -> String {
        match self {
            Self::Id => row.key.id.0.clone(),
            Self::Name => row.name.clone(),
            Self::Project => row.project.clone().unwrap_or_else(|| "Organization".to_owned()),
            Self::State => token::state(row),
            Self::Scopes => row.scopes.join(" "),
            Self::Created => token::day(row.created, ""),
            Self::CreatedBy => row.created_by.clone().unwrap_or_default(),
            Self::Expires => token::day(row.expires, "never"),
            Self::LastUsed => token::day(row.last_used, "no recorded use"),
            Self::Findings => findings(row),
            Self::Connection => token::label(row, status).to_owned(),
        }
    }
}

fn findings(row: &Row) -> String {
    let Some(findings) = &row.findings else { return "not checked".to_owned() };
    findings.iter().map(|(_, title)| title.as_str()).collect::<Vec<_>>().join("; ")
}
