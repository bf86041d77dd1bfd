//! Lists, creates and revokes API tokens from the command line: one JSON object a line on standard
//! output, errors in words on standard error. See `args.rs` for its use.
//!
//! Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 unknown outcome, 4 the list is incomplete.

mod args;
mod connect;

use std::collections::HashMap;
use std::io::{self, Write};
use std::process::ExitCode;

use args::Command;
use chrono::SecondsFormat;
use connect::Failure;
use entri_api::{
    Client, Completeness, CreatedToken, Creator, Date, Error, Listing, NewToken, OrganizationId,
    Presence, ProjectId, Revocation, Token, TokenId, TokenOwner,
};
use serde_json::{Value, json};

const FAILED: u8 = 1;
const WRONG_USAGE: u8 = 2;
const UNKNOWN_OUTCOME: u8 = 3;
const INCOMPLETE: u8 = 4;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let asked = args::command(std::env::args().skip(1))
        .and_then(|command| Ok((command, connect::connection()?)));
    let (command, connection) = match asked {
        Ok(asked) => asked,
        Err(words) => return wrong_usage(&words),
    };
    let (own, organization_id) = (connection.signs_in(), connection.organization_id.clone());
    let client = match connection.open().await {
        Ok(client) => client,
        Err(Failure::Usage(words)) => return wrong_usage(&words),
        Err(Failure::Refused(words)) => {
            say(&words);
            return ExitCode::from(FAILED);
        }
    };
    let done = run(command, &client, organization_id).await;
    if own && let Err(error) = client.sign_out().await {
        say(&format!("The session was not ended: {error}"));
    }
    done.unwrap_or_else(|error| {
        say(&error.to_string());
        ExitCode::from(match error {
            Error::OutcomeUnknown { .. } | Error::UnreadableCreate { .. } => UNKNOWN_OUTCOME,
            _ => FAILED,
        })
    })
}

async fn run(
    command: Command,
    client: &Client,
    organization_id: Option<String>,
) -> Result<ExitCode, Error> {
    // A GET comes first: it finds the path that the server answers under.
    let organization = organization(client, organization_id).await;
    match command {
        Command::List => list(client, organization?).await,
        Command::Create { new, project_id } => {
            let owner = match (project_id, organization) {
                (Some(id), Ok(_) | Err(Error::NotFound { .. })) => {
                    TokenOwner::Project(ProjectId(id))
                }
                (_, organization) => organization?,
            };
            create(client, &new, &owner).await
        }
        Command::Revoke { id } => revoke(client, organization?, &TokenId(id)).await,
    }
}

/// The organization the server names, else the one that was given.
async fn organization(client: &Client, given: Option<String>) -> Result<TokenOwner, Error> {
    let id = match (client.current_organization().await, given) {
        (Ok(organization), _) => organization.id,
        (Err(Error::NotFound { .. }), Some(id)) => {
            let id = OrganizationId(id);
            if client.session().is_some() {
                // A server without such a list goes by the id alone.
                let _ = client.set_active_organization(&id).await;
            }
            id
        }
        (Err(error), _) => return Err(error),
    };
    Ok(TokenOwner::Organization(id))
}

/// The tokens of the organization and of every project, each once. What could be read is printed
/// even if the rest could not.
async fn list(client: &Client, organization: TokenOwner) -> Result<ExitCode, Error> {
    let mut tokens = Merged::default();
    let mut owners = vec![organization];
    let mut code = match client.projects().collect_all().await {
        Ok(projects) => {
            let code = completeness("The projects", &projects);
            owners.extend(projects.items.into_iter().map(|it| TokenOwner::Project(it.id)));
            code
        }
        Err(error) => {
            say(&format!("The projects: {error}"));
            FAILED
        }
    };
    for owner in owners {
        let listing = match client.tokens(&owner).collect_all().await {
            Ok(listing) => listing,
            Err(error) => {
                say(&format!("{}: {error}", words(&owner)));
                code = FAILED;
                continue;
            }
        };
        if code == 0 {
            code = completeness(&words(&owner), &listing);
        }
        for token in listing.items {
            tokens.add(placed(token, &owner));
        }
    }
    for token in &tokens.all {
        print(&record(token));
    }
    Ok(ExitCode::from(code))
}

/// The tokens of several lists, each once, in the order in which they came.
#[derive(Default)]
struct Merged {
    all: Vec<Token>,
    /// Where each id is in `all`.
    places: HashMap<TokenId, usize>,
}

impl Merged {
    /// The organization's list may include the tokens of its projects (docs/entri-api.md#tokens).
    fn add(&mut self, token: Token) {
        let place = *self.places.entry(token.id.clone()).or_insert(self.all.len());
        match self.all.get_mut(place) {
            Some(known) if known.project_id.is_none() => *known = token,
            Some(_) => {}
            None => self.all.push(token),
        }
    }
}

async fn create(client: &Client, new: &NewToken, owner: &TokenOwner) -> Result<ExitCode, Error> {
    let created = client.create_token(owner, new).await;
    if let Err(Error::UnreadableCreate { body, .. }) = &created {
        // It may hold the value, which the server does not give out again.
        print(&json!({ "id": null, "name": new.name, "secret": body.expose() }));
    }
    let CreatedToken { token, secret } = created?;
    let mut line = record(&placed(token, owner));
    line["secret"] = secret.expose().into();
    print(&line);
    Ok(ExitCode::SUCCESS)
}

async fn revoke(
    client: &Client,
    organization: TokenOwner,
    id: &TokenId,
) -> Result<ExitCode, Error> {
    let projects = client.projects().collect_all().await?;
    let mut unknown = projects.completeness.reason();
    let others = projects.items.into_iter().map(|it| TokenOwner::Project(it.id));
    for owner in std::iter::once(organization).chain(others) {
        match client.find_token(&owner, id).await? {
            Presence::Present(token) => {
                let owner = token.project_id.map_or(owner, TokenOwner::Project);
                return delete(client, &owner, id).await;
            }
            Presence::Absent(_) => {}
            Presence::Unknown(reason) => unknown = Some(reason),
        }
    }
    let Some(reason) = unknown else {
        say(&format!("There is no token with the id “{id}”. Nothing was revoked."));
        return Ok(ExitCode::from(FAILED));
    };
    say(&format!(
        "The token “{id}” was not found, but the list is incomplete: {reason}. Nothing was revoked."
    ));
    Ok(ExitCode::from(INCOMPLETE))
}

/// Revokes a token that was listed. Where the server then has no such token, a fresh list tells.
async fn delete(client: &Client, owner: &TokenOwner, id: &TokenId) -> Result<ExitCode, Error> {
    if client.revoke_token(owner, id).await? == Revocation::NotFound {
        let Presence::Absent(_) = client.find_token(owner, id).await? else {
            say(
                "The server answered that it has no such token, but no complete list confirms it. The \
                 token may still work. Look at Entri’s own page.",
            );
            return Ok(ExitCode::from(UNKNOWN_OUTCOME));
        };
        say("It was revoked already.");
    }
    print(&json!({ "id": id }));
    Ok(ExitCode::SUCCESS)
}

/// A project's own list need not name the project.
fn placed(mut token: Token, owner: &TokenOwner) -> Token {
    if let TokenOwner::Project(id) = owner {
        token.project_id.get_or_insert_with(|| id.clone());
    }
    token
}

/// Prints what is missing from a list, and returns the exit code for it.
fn completeness<T>(name: &str, listing: &Listing<T>) -> u8 {
    match listing.completeness {
        Completeness::Whole(_) => 0,
        Completeness::Incomplete(reason) => {
            say(&format!("{name}: incomplete: {reason}."));
            INCOMPLETE
        }
    }
}

fn words(owner: &TokenOwner) -> String {
    match owner {
        TokenOwner::Organization(_) => "Tokens of the organization".to_owned(),
        TokenOwner::Project(id) => format!("Tokens of the project {id}"),
    }
}

fn record(token: &Token) -> Value {
    let time = |date: Date| match date {
        Date::At(time) => Value::from(time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        Date::None => Value::Null,
        Date::Unreadable => Value::from("unreadable"),
    };
    json!({
        "id": token.id.0,
        "name": token.name,
        "projectId": token.project_id,
        "scopes": token.scopes,
        "createdAt": time(token.created_at),
        "expiresAt": time(token.expires_at),
        "lastUsedAt": time(token.last_used_at),
        "createdBy": token.created_by.as_ref().map(Creator::shown),
    })
}

fn wrong_usage(words: &str) -> ExitCode {
    say(&format!("{words}\n{}", args::USAGE));
    ExitCode::from(WRONG_USAGE)
}

/// A reader that has gone away, such as `head`, isn't a failure.
fn print(line: &Value) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

fn say(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}
