//! Fills the storage when the server starts.

use chrono::{DateTime, Utc};

use super::{Config, StartError};
use crate::history::{self, FEWEST, Flaw, Life};
use crate::model::{OWNER, TRANSLATOR};
use crate::seed::{self, access};
use crate::store::{Store, UNLISTED};

/// What a test or a person needs to use a seeded storage.
pub struct Filled {
    /// The value of a token that acts as an owner.
    pub admin_token: String,
    /// The value of a token that acts as a translator.
    pub viewer_token: String,
    pub planted: Vec<(String, Flaw)>,
}

/// Seeds the storage with the tokens that the configuration asks for.
pub fn fill(store: &Store, config: &Config) -> Result<Filled, StartError> {
    let now = (config.clock)();
    let lives = lives(config, now)?;
    store.add(lives.iter().map(|life| (&life.token, life.secret.as_str())))?;
    store.add_history(&lives)?;
    let planted = lives
        .iter()
        .flat_map(|life| life.flaws.iter().map(|&flaw| (life.token.id.clone(), flaw)))
        .collect();
    let admin_token = match lives.into_iter().next() {
        // The first of the seeded tokens is the app's own.
        Some(life) => life.secret,
        None => unlisted(store, OWNER, "admin", now)?,
    };
    Ok(Filled { admin_token, viewer_token: unlisted(store, TRANSLATOR, "viewer", now)?, planted })
}

fn lives(config: &Config, now: DateTime<Utc>) -> Result<Vec<Life>, StartError> {
    let Config { tokens, seed, history, past, .. } = *config;
    match history {
        Some(_) if (tokens as usize) < FEWEST => Err(StartError::TooFew(tokens, FEWEST)),
        Some(span) => Ok(history::lives(tokens, seed, span, now)),
        None => {
            let lives = seed::tokens(tokens, seed, now).into_iter().map(Life::from).collect();
            Ok(match past {
                Some(span) => history::with_past(lives, seed, now - span),
                None => lives,
            })
        }
    }
}

/// A token that is in nobody's list; returns its value.
fn unlisted(
    store: &Store,
    member: u8,
    name: &str,
    now: DateTime<Utc>,
) -> Result<String, rusqlite::Error> {
    let (mut token, secret) = access(member, name, now);
    token.project_id = Some(UNLISTED.to_owned());
    store.add([(&token, secret.as_str())])?;
    Ok(secret)
}
