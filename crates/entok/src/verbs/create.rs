//! `entok create`

use chrono::Utc;
use serde_json::json;
use token_desk::{
    Code, ConnectionId, CreateRequest, Created, Delivered, Desk, Error, Expiry, Notes, ProjectId,
    text::visible,
};

use super::deliver;
use crate::arguments::{self, Create};
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

pub async fn run(session: &Session, create: Create, json: bool) -> Result<Exit, Failed> {
    let desk = &session.desk;
    let [connection] = session.meant[..] else {
        return Err(Failed::usage("Choose a connection with --connection. Nothing was created."));
    };
    let file = deliver::check(&session.desk, &create.to, json).await?;
    // The list tells whether the name is taken.
    session.load_all("Nothing was created.").await?;
    let request = request(&create, connection);
    checked(desk, &request, create.anyway, session.quiet)?;
    let created = desk.create(request, Utc::now()).await.map_err(|error| uncreated(&error))?;
    let delivered = deliver::to(desk, &created, &create.to, file).await;
    let delivered = delivered.map_err(|error| undelivered(&created, &error.to_string()))?;
    let told = told(&created, &delivered, json);
    let closed = desk.close_secret(created.handle, true, Utc::now()).await.map_err(Failed::from);
    let cleared = match &create.to {
        it if it.to_clipboard && told.is_ok() => deliver::cleared(session, created.handle).await,
        _ => Ok(()),
    };
    told.and(closed).and(cleared).map_err(|failed| {
        let (named, to) = (named(&created), visible(&delivered.to));
        Failed::because(format!("{named} was created and is at {to}, but: {}", failed.reason))
    })?;
    Ok(if created.differs.is_some() { Exit::Findings } else { Exit::Fine })
}

pub fn expiry(of: &arguments::Expiry) -> Expiry {
    match (of.expires_in, &of.expires) {
        (Some(days), _) => Expiry::Days(days),
        (None, Some(date)) => Expiry::Date(date.clone()),
        (None, None) => Expiry::Never,
    }
}

fn request(create: &Create, connection: ConnectionId) -> CreateRequest {
    CreateRequest {
        connection,
        name: create.name.clone(),
        expiry: expiry(&create.expiry),
        scopes: create.scopes.clone(),
        project_id: create.project.clone().map(ProjectId),
        notes: Notes::default(),
    }
}

/// Refuses what the app's form refuses, and what it warns of unless it is to be done `anyway`.
fn checked(desk: &Desk, request: &CreateRequest, anyway: bool, quiet: bool) -> Result<(), Failed> {
    let check = desk.check_create(request, Utc::now());
    let refused = [check.name_error, check.expiry_error, check.scopes_error];
    if let Some(refused) = refused.into_iter().flatten().next() {
        return Err(Failed::usage(refused));
    }
    if let Some(warning) = check.name_warning.filter(|_| !anyway) {
        return Err(Failed::usage(format!(
            "{warning} Nothing was created. To create it: --anyway"
        )));
    }
    for warning in check.warnings {
        output::say(quiet, &format!("entok: {warning}"));
    }
    Ok(())
}

/// Nobody may take an unknown outcome for a failure, and try again.
pub fn uncreated(error: &Error) -> Failed {
    let exit = if error.code() == Code::OutcomeUnknown { Exit::Incomplete } else { Exit::Failed };
    Failed { exit, reason: error.to_string() }
}

pub fn named(created: &Created) -> String {
    let id = created.key.as_ref().map(|key| format!(" ({})", visible(&key.id.0)));
    format!("“{}”{}", visible(&created.name), id.unwrap_or_default())
}

/// Says that the token exists but nobody has its value.
pub fn undelivered(created: &Created, why: &str) -> Failed {
    Failed::because(format!(
        "{} was created, but its value wasn’t delivered and is gone now: {} Revoke it.",
        named(created),
        why.trim_end()
    ))
}

fn told(created: &Created, delivered: &Delivered, json: bool) -> Result<(), Failed> {
    for said in created.differs.iter().chain(Some(&delivered.said).filter(|it| !it.is_empty())) {
        output::say(false, &format!("entok: {}", visible(said)));
    }
    if json {
        return output::lines([json!({
            "id": created.key.as_ref().map(|key| &key.id.0),
            "name": created.name,
            "expires_at": token_desk::written(created.expires),
            "scopes": created.scopes,
            "differs": created.differs,
            "delivered_to": delivered.to,
        })]);
    }
    if delivered.to == "standard output" {
        return Ok(());
    }
    let (named, to) = (named(created), visible(&delivered.to));
    output::answer(&format!("Created {named} and delivered its value to {to}.\n"))
}
