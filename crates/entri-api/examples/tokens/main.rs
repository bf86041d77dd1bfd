//! Lists, creates and revokes API tokens from the command line: one JSON object a line on standard
//! output, errors in words on standard error. See `args.rs` for its use.
//!
//! Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 unknown outcome.

mod args;

use std::collections::HashMap;
use std::io::{self, Write};
use std::process::ExitCode;

use args::Command;
use chrono::{DateTime, SecondsFormat, Utc};
use entri_api::{Client, CreatedToken, Error, Listing, NewToken, Revocation, Token, TokenOwner};
use serde_json::{Value, json};

const FAILED: u8 = 1;
const WRONG_USAGE: u8 = 2;
const UNKNOWN_OUTCOME: u8 = 3;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let asked = args::command(std::env::args().skip(1))
        .and_then(|command| Ok((command, args::connection()?)));
    let (command, (base_url, token)) = match asked {
        Ok(asked) => asked,
        Err(words) => {
            say(&format!("{words}\n{}", args::USAGE));
            return ExitCode::from(WRONG_USAGE);
        }
    };
    match run(command, Client::new(base_url, token)).await {
        Ok(code) => code,
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(match error {
                Error::OutcomeUnknown { .. } | Error::UnreadableCreate { .. } => UNKNOWN_OUTCOME,
                _ => FAILED,
            })
        }
    }
}

async fn run(command: Command, client: Result<Client, Error>) -> Result<ExitCode, Error> {
    let client = client?;
    match command {
        Command::List => list(&client).await,
        Command::Create { new, project_id } => create(&client, &new, project_id).await,
        Command::Revoke { id } => revoke(&client, &id).await,
    }
}

/// The tokens of the organization and of every project, each once. What could be read is printed
/// even if the rest could not.
async fn list(client: &Client) -> Result<ExitCode, Error> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut whole = true;
    for owner in owners(client).await? {
        let listing = match client.tokens(&owner).collect_all().await {
            Ok(listing) => listing,
            Err(error) => {
                say(&format!("{}: {error}", words(&owner)));
                whole = false;
                continue;
            }
        };
        whole &= is_whole(&owner, &listing);
        for token in listing.items {
            let token = placed(token, &owner);
            // The organization's list may include those of its projects (contract §5).
            let place = *places.entry(token.id.clone()).or_insert(tokens.len());
            match tokens.get_mut(place) {
                Some(known) if known.project_id.is_none() => *known = token,
                Some(_) => {}
                None => tokens.push(token),
            }
        }
    }
    for token in &tokens {
        print(&record(token));
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

async fn create(
    client: &Client,
    new: &NewToken,
    project_id: Option<String>,
) -> Result<ExitCode, Error> {
    let owner = match project_id {
        Some(id) => TokenOwner::Project(id),
        None => TokenOwner::Organization(client.current_organization().await?.id),
    };
    let created = client.create_token(&owner, new).await;
    if let Err(Error::UnreadableCreate { body, .. }) = &created {
        // It may hold the value, which the server does not give out again.
        print(&json!({ "id": null, "name": new.name, "secret": body.expose() }));
    }
    let CreatedToken { token, secret } = created?;
    let mut line = record(&placed(token, &owner));
    line["secret"] = secret.expose().into();
    print(&line);
    Ok(ExitCode::SUCCESS)
}

async fn revoke(client: &Client, id: &str) -> Result<ExitCode, Error> {
    for owner in owners(client).await? {
        let listing = client.tokens(&owner).collect_all().await?;
        let Some(token) = listing.items.into_iter().find(|token| token.id == id) else { continue };
        let owner = match token.project_id {
            Some(project) => TokenOwner::Project(project),
            None => owner,
        };
        if client.revoke_token(&owner, id).await? == Revocation::AlreadyGone {
            say("It was revoked already.");
        }
        print(&json!({ "id": id }));
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("There is no token with the id “{id}”. Nothing was revoked."));
    Ok(ExitCode::from(FAILED))
}

/// The organization, then its projects.
async fn owners(client: &Client) -> Result<Vec<TokenOwner>, Error> {
    let organization = client.current_organization().await?;
    let projects = client.projects().collect_all().await?;
    let mut owners = vec![TokenOwner::Organization(organization.id)];
    owners.extend(projects.items.into_iter().map(|project| TokenOwner::Project(project.id)));
    Ok(owners)
}

/// A project's own list need not name the project.
fn placed(mut token: Token, owner: &TokenOwner) -> Token {
    if let TokenOwner::Project(id) = owner {
        token.project_id.get_or_insert_with(|| id.clone());
    }
    token
}

fn is_whole(owner: &TokenOwner, listing: &Listing<Token>) -> bool {
    if listing.skipped > 0 {
        say(&format!("{}: {} entries could not be read.", words(owner), listing.skipped));
    }
    if !listing.complete {
        say(&format!("{}: the list may be incomplete.", words(owner)));
    }
    listing.complete
}

fn words(owner: &TokenOwner) -> String {
    match owner {
        TokenOwner::Organization(_) => "Tokens of the organization".to_owned(),
        TokenOwner::Project(id) => format!("Tokens of the project {id}"),
    }
}

fn record(token: &Token) -> Value {
    let time = |time: Option<DateTime<Utc>>| {
        time.map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    };
    json!({
        "id": token.id,
        "name": token.name,
        "projectId": token.project_id,
        "scopes": token.scopes,
        "createdAt": time(token.created_at),
        "expiresAt": time(token.expires_at),
        "lastUsedAt": time(token.last_used_at),
        "createdBy": token.created_by,
    })
}

/// A reader that has gone away, such as `head`, is no failure.
fn print(line: &Value) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

fn say(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}
