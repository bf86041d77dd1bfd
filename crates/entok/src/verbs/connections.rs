//! `entok connections`

use serde_json::json;

use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;
use crate::table::table;

pub fn run(session: &Session, json: bool) -> Result<Exit, Failed> {
    let connections = session.desk.status().connections;
    if json {
        output::lines(connections.iter().map(|it| {
            json!({
                "name": it.connection.appearance.label,
                "host": it.connection.base_url.host(),
                "organization": it.connection.organization_name,
                "organization_id": it.connection.organization_id.0,
                "tokens": it.tokens,
                "updated_at": token_desk::written(it.list.synced_at.into()),
                "complete": it.list.complete(),
            })
        }))?;
        return Ok(Exit::Fine);
    }
    let cells: Vec<_> = connections
        .iter()
        .map(|it| {
            let updated = it.list.synced_at.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string());
            vec![
                it.connection.appearance.label.clone(),
                it.connection.base_url.host().to_owned(),
                it.connection.organization_name.clone(),
                it.tokens.to_string(),
                updated.unwrap_or_else(|| "never".to_owned()),
            ]
        })
        .collect();
    output::answer(&table(&["name", "host", "organization", "tokens", "updated"], &cells))?;
    Ok(Exit::Fine)
}
