//! `entok create`

use chrono::Utc;
use serde_json::json;
use token_desk::{
    ConnectionId, CreateRequest, Created, Delivered, Desk, Error, Expiry, FileRequest, Notes,
    ProjectId, Shown, text::visible,
};

use super::token;
use crate::arguments::{Create, Destination};
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

pub async fn run(session: &Session, create: Create, json: bool) -> Result<Exit, Failed> {
    let desk = &session.desk;
    let file = create.to.to_file.as_ref().map(|file| file_request(file)).transpose()?;
    if let Some(taken) = file.as_ref().and_then(FileRequest::taken) {
        let taken = taken.display();
        return Err(Failed::usage(format!("{taken} is there already. Nothing was created.")));
    }
    if json && create.to.reveal {
        return Err(Failed::usage(
            "--reveal prints the value alone, so that a program can read it: without --json.",
        ));
    }
    // The list tells whether the name is taken.
    session.load().await?;
    let request = request(&create, one_connection(desk)?);
    checked(desk, &request, session.quiet)?;
    let created = desk.create(request, Utc::now()).await?;
    let delivered = deliver(desk, &created, &create.to, file).await;
    let delivered = delivered.map_err(|error| undelivered(&created, &error))?;
    // The value left this process, or was printed: nothing waits for it.
    desk.close_secret(created.handle, true, Utc::now()).await?;
    if let Some(differs) = &created.differs {
        output::say(session.quiet, differs);
    }
    told(&created, delivered.as_ref(), json)?;
    Ok(Exit::Fine)
}

/// The token is there, and nobody has its value.
fn undelivered(created: &Created, error: &Error) -> Failed {
    let name = visible(&created.name);
    let id = created.key.as_ref().map_or_else(|| "ID".to_owned(), |key| visible(&key.id.0));
    Failed::because(format!(
        "“{name}” was created, but its value was not delivered, and is gone now: {error} Revoke it: entok revoke {id}"
    ))
}

fn told(created: &Created, delivered: Option<&Delivered>, json: bool) -> Result<(), Failed> {
    if json {
        return output::lines([json!({
            "id": created.key.as_ref().map(|key| &key.id.0),
            "name": created.name,
            "expires_at": token::date(created.expires),
            "scopes": created.scopes,
            "delivered_to": delivered.map(|it| &it.to),
        })]);
    }
    let Some(delivered) = delivered else { return Ok(()) };
    let (name, to) = (visible(&created.name), visible(&delivered.to));
    output::answer(&format!("Created “{name}” and delivered its value to {to}.\n"))
}

fn file_request(file: &std::path::Path) -> Result<FileRequest, Failed> {
    let path = std::path::absolute(file)?.display().to_string();
    Ok(FileRequest { path, home: None, replace: false })
}

fn one_connection(desk: &Desk) -> Result<ConnectionId, Failed> {
    let status = desk.status();
    match (status.shown, &status.connections[..]) {
        (Shown::One(id), _) => Ok(id),
        (Shown::All, [only]) => Ok(only.connection.id),
        (Shown::All, _) => Err(Failed::usage("Say in which connection: --connection NAME")),
    }
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

/// Refuses what the app's form refuses, and says what it warns of.
fn checked(desk: &Desk, request: &CreateRequest, quiet: bool) -> Result<(), Failed> {
    let check = desk.check_create(request, Utc::now());
    let refused = [check.name_error, check.expiry_error, check.scopes_error];
    if let Some(refused) = refused.into_iter().flatten().next() {
        return Err(Failed::usage(refused));
    }
    for warning in check.name_warning.into_iter().chain(check.warnings) {
        output::say(quiet, &warning);
    }
    Ok(())
}

/// Brings the value where it goes; `None` where it was printed.
async fn deliver(
    desk: &Desk,
    created: &Created,
    to: &Destination,
    file: Option<FileRequest>,
) -> Result<Option<Delivered>, Error> {
    let (handle, now) = (created.handle, Utc::now());
    if let Some(file) = file {
        return desk.save_secret(handle, file, now).await.map(Some);
    }
    if let Some(line) = &to.to_program {
        return desk.send_secret(handle, line.clone(), now).await.map(Some);
    }
    let value = desk.reveal_secret(handle)?;
    output::answer(value.expose()).map_err(|failed| Error::Form(failed.reason))?;
    Ok(None)
}
