//! `entok create`

use chrono::Utc;
use serde_json::json;
use token_desk::{
    ConnectionId, CreateRequest, Created, Delivered, Desk, Expiry, Notes, Project, ProjectId,
    text::visible,
};

use super::deliver;
use crate::arguments::{self, Create};
use crate::exit::{Exit, Failed};
use crate::session::Session;
use crate::{output, stop};

pub async fn run(session: &Session, create: Create, json: bool) -> Result<Exit, Failed> {
    let desk = &session.desk;
    let [connection] = session.meant[..] else {
        return Err(Failed::usage("Choose a connection with --connection. Nothing was created."));
    };
    let file = deliver::check(&session.desk, &create.to, json).await?;
    // The list tells whether the name is taken.
    session.load_all("Nothing was created.").await?;
    let status = desk.status();
    let projects = status.of(connection).map_or(&[][..], |it| &it.projects);
    let project = create.project.as_deref().map(|it| project(projects, it)).transpose()?;
    let request = request(&create, connection, project);
    let otherwise = (!create.anyway).then_some("To create it: --anyway");
    checked(desk, &request, otherwise, session.quiet)?;
    stop::begins(may_exist(&create.name));
    let created = desk.create(request, Utc::now()).await?;
    stop::begins(may_be_there(&created));
    let delivered = deliver::to(desk, &created, &create.to, file).await;
    let delivered = delivered.map_err(|error| undelivered(&created, &error.to_string()))?;
    let told = told(&created, &delivered, json, session.quiet);
    stop::is_told();
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

/// The project with this id, or else the only one with this name.
fn project(projects: &[Project], wanted: &str) -> Result<ProjectId, Failed> {
    if let Some(one) = projects.iter().find(|it| it.id.0 == wanted) {
        return Ok(one.id.clone());
    }
    let named: Vec<_> = projects.iter().filter(|it| it.name == wanted).collect();
    let wanted = visible(wanted);
    let (reason, choices) = match named[..] {
        [one] => return Ok(one.id.clone()),
        [] => (format!("There is no project “{wanted}”."), projects.iter().collect()),
        _ => (format!("Several projects are called “{wanted}”. Give the id of one."), named),
    };
    let line = |it: &&Project| format!("\n  {}  {}", visible(&it.id.0), visible(&it.name));
    let choices: String = choices.iter().map(line).collect();
    Err(Failed::usage(format!("{reason} Nothing was created.{choices}")))
}

fn request(
    create: &Create,
    connection: ConnectionId,
    project_id: Option<ProjectId>,
) -> CreateRequest {
    CreateRequest {
        connection,
        name: create.name.clone(),
        expiry: expiry(&create.expiry),
        scopes: create.scopes.clone(),
        project_id,
        notes: Notes::default(),
    }
}

/// Refuses what the app's form refuses, and a name that it warns of if there is something to do `otherwise`.
pub fn checked(
    desk: &Desk,
    request: &CreateRequest,
    otherwise: Option<&str>,
    quiet: bool,
) -> Result<(), Failed> {
    let check = desk.check_create(request, Utc::now());
    let refused = [check.name_error, check.expiry_error, check.scopes_error];
    if let Some(refused) = refused.into_iter().flatten().next() {
        return Err(Failed::usage(refused));
    }
    if let Some((warning, otherwise)) = check.name_warning.zip(otherwise) {
        return Err(Failed::usage(format!("{warning} Nothing was created. {otherwise}")));
    }
    for warning in check.warnings {
        output::say(quiet, &format!("entok: {warning}"));
    }
    Ok(())
}

/// What is said if the command is stopped while the server creates the token.
pub fn may_exist(name: &str) -> String {
    format!("“{}” may have been created, and nobody has its value. See: entok list", visible(name))
}

/// What is said if the command is stopped while the value is delivered.
pub fn may_be_there(created: &Created) -> String {
    format!("{} was created. Its value may have been delivered. Use or revoke it.", named(created))
}

pub fn named(created: &Created) -> String {
    let id = created.key.as_ref().map(|key| format!(" ({})", visible(&key.id.0)));
    format!("“{}”{}", visible(&created.name), id.unwrap_or_default())
}

/// Says that the token exists, and that this program no longer has its value.
pub fn undelivered(created: &Created, why: &str) -> Failed {
    // The app still has the value then.
    let why = why.replace(" You can try again.", "");
    Failed::because(format!(
        "{} was created, but delivering it failed: {} Its value is no longer here: revoke it.",
        named(created),
        why.trim_end()
    ))
}

fn told(created: &Created, delivered: &Delivered, json: bool, quiet: bool) -> Result<(), Failed> {
    if let Some(differs) = &created.differs {
        output::say(false, &format!("entok: {}", visible(differs)));
    }
    if !delivered.said.is_empty() {
        output::say(quiet, &format!("entok: {}", visible(&delivered.said)));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn projects(of: &[(&str, &str)]) -> Vec<Project> {
        let project = |&(id, name): &(&str, &str)| Project {
            id: ProjectId(id.to_owned()),
            name: name.to_owned(),
            archived: false,
        };
        of.iter().map(project).collect()
    }

    #[test]
    fn a_project_is_found_by_its_id_or_its_only_name() {
        let all = projects(&[("p1", "Web"), ("p2", "App"), ("p3", "Web"), ("p4", "p2")]);
        let found = |wanted| project(&all, wanted).map(|it| it.0).map_err(|it| it.reason);
        assert_eq!(found("App"), Ok("p2".to_owned()));
        assert_eq!(found("p3"), Ok("p3".to_owned()));
        // An id comes before a name.
        assert_eq!(found("p2"), Ok("p2".to_owned()));
        let several = found("Web").expect_err("there are two");
        assert!(several.contains("\n  p1  Web\n  p3  Web"), "{several}");
        assert!(!several.contains("App"), "{several}");
        let none = found("web shop").expect_err("there is none");
        assert!(none.contains("Nothing was created.") && none.contains("\n  p2  App"), "{none}");
    }
}
