//! The arguments of the command line.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use entri_api::NewToken;

pub const USAGE: &str = "\
Usage: tokens list
       tokens create NAME [--expires DATE] [--scope S]… [--project ID]
       tokens revoke ID
DATE is 2027-02-22 (to the end of that day, UTC) or 2027-02-22T12:00:00Z.
ENTRI_BASE_URL is the server's address. Sign in as an owner or admin with one of
  ENTRI_API_TOKEN                  an API token
  ENTRI_EMAIL and ENTRI_PASSWORD   and ENTRI_TOTP, the current code, where there is a second factor
  ENTRI_SESSION_COOKIE             the session cookie of a browser that is signed in
ENTRI_ORGANIZATION_ID is the organization, where the server does not say.";

pub enum Command {
    List,
    Create { new: NewToken, project_id: Option<String> },
    Revoke { id: String },
}

/// Reads the command, or says what is wrong with it.
pub fn command(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let name = arguments.next().ok_or("Say what to do.")?;
    match &*name {
        "list" => nothing_more(arguments).map(|()| Command::List),
        "create" => create(arguments),
        "revoke" => {
            let id = arguments.next().filter(|id| !id.is_empty());
            let id = id.ok_or("Say which token to revoke, by its id.")?;
            nothing_more(arguments).map(|()| Command::Revoke { id })
        }
        other => Err(format!("There is no command “{other}”.")),
    }
}

fn create(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let name = arguments.next().filter(|name| !name.trim().is_empty() && !name.starts_with("--"));
    let name = name.ok_or("Give the new token a name.")?;
    let mut new = NewToken { name, scopes: Vec::new(), expires_at: None };
    let mut project_id = None;
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{option} needs a value."));
        match &*option {
            "--expires" => new.expires_at = Some(date(&value()?)?),
            "--scope" => new.scopes.push(value()?),
            "--project" => project_id = Some(value()?),
            _ => return Err(format!("There is no option “{option}”.")),
        }
    }
    Ok(Command::Create { new, project_id })
}

fn date(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.to_utc());
    }
    let last = NaiveTime::from_hms_opt(23, 59, 59);
    let day = text.parse::<NaiveDate>().ok();
    day.zip(last)
        .map(|(day, last)| day.and_time(last).and_utc())
        .ok_or_else(|| format!("“{text}” is not a date. Write it as 2027-02-22."))
}

fn nothing_more(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    arguments.next().map_or(Ok(()), |extra| Err(format!("“{extra}” is one word too many.")))
}
