//! `entok create`

use std::path::Path;

use chrono::Utc;
use serde_json::json;
use token_desk::{
    Code, ConnectionId, CreateRequest, Created, Delivered, Desk, Error, Expiry, FileRequest, Notes,
    ProjectId, text::visible,
};

use super::token;
use crate::arguments::{Create, Destination};
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

pub async fn run(session: &Session, create: Create, json: bool) -> Result<Exit, Failed> {
    let desk = &session.desk;
    let [connection] = session.meant[..] else {
        return Err(Failed::usage("Choose a connection with --connection. Nothing was created."));
    };
    let file = checked_destination(&create.to, json)?;
    // The list tells whether the name is taken.
    let loaded = session.load().await?;
    if loaded != Exit::Fine {
        let reason = "The list couldn’t be loaded completely. Nothing was created.";
        return Err(Failed { exit: loaded, reason: reason.to_owned() });
    }
    let request = request(&create, connection);
    checked(desk, &request, create.anyway, session.quiet)?;
    let created = desk.create(request, Utc::now()).await.map_err(|error| uncreated(&error))?;
    let delivered = deliver(desk, &created, &create.to, file).await;
    let delivered = delivered.map_err(|error| undelivered(&created, &error.to_string()))?;
    let told = told(&created, &delivered, json);
    let closed = desk.close_secret(created.handle, true, Utc::now()).await.map_err(Failed::from);
    told.and(closed).map_err(|failed| {
        let (named, to) = (named(&created), visible(&delivered.to));
        Failed::because(format!("{named} was created and is at {to}, but: {}", failed.reason))
    })?;
    Ok(if created.differs.is_some() { Exit::Findings } else { Exit::Fine })
}

/// Whether a value can go there: once it exists, it is too late to ask.
fn checked_destination(to: &Destination, json: bool) -> Result<Option<FileRequest>, Failed> {
    let nothing = |error: Error| Failed::usage(format!("{error} Nothing was created."));
    if let Some(file) = &to.to_file {
        let file = file_request(file)?;
        Desk::check_file(&file).map_err(nothing)?;
        return Ok(Some(file));
    }
    if let Some(line) = &to.to_program {
        Desk::check_program(line).map_err(nothing)?;
    } else if json {
        return Err(Failed::usage("--reveal prints the value alone: use it without --json."));
    } else if !output::reaches_somebody() {
        return Err(Failed::usage("Nobody reads standard output. Nothing was created."));
    }
    Ok(None)
}

fn file_request(file: &Path) -> Result<FileRequest, Failed> {
    let path = std::path::absolute(file)?;
    let path = path.to_str().filter(|path| path.trim() == *path);
    let path = path.ok_or_else(|| Failed::usage("That name of a file isn’t supported."))?;
    Ok(FileRequest { path: path.to_owned(), home: None, replace: false })
}

fn request(create: &Create, connection: ConnectionId) -> CreateRequest {
    let expiry = match (create.expiry.expires_in, &create.expiry.expires) {
        (Some(days), _) => Expiry::Days(days),
        (None, Some(date)) => Expiry::Date(date.clone()),
        (None, None) => Expiry::Never,
    };
    CreateRequest {
        connection,
        name: create.name.clone(),
        expiry,
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
fn uncreated(error: &Error) -> Failed {
    let exit = if error.code() == Code::OutcomeUnknown { Exit::Incomplete } else { Exit::Failed };
    Failed { exit, reason: error.to_string() }
}

/// Brings the value where it goes.
async fn deliver(
    desk: &Desk,
    created: &Created,
    to: &Destination,
    file: Option<FileRequest>,
) -> Result<Delivered, Error> {
    let (handle, now) = (created.handle, Utc::now());
    if created.key.is_none() {
        return Err(Error::Form("The server’s response couldn’t be read.".to_owned()));
    }
    if let Some(file) = file {
        return desk.save_secret(handle, file, now).await;
    }
    if let Some(line) = &to.to_program {
        return desk.send_secret(handle, line.clone(), now).await;
    }
    let print = |value: &token_desk::Secret| output::print(value.expose().as_bytes());
    desk.give_secret(handle, "standard output", now, print).await
}

fn named(created: &Created) -> String {
    let id = created.key.as_ref().map(|key| format!(" ({})", visible(&key.id.0)));
    format!("“{}”{}", visible(&created.name), id.unwrap_or_default())
}

/// Says that the token exists but nobody has its value.
fn undelivered(created: &Created, why: &str) -> Failed {
    Failed::because(format!(
        "{} was created, but its value wasn’t delivered and is gone now: {why} Revoke it.",
        named(created)
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
            "expires_at": token::date(created.expires),
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
