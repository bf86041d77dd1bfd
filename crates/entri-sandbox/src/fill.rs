//! The storage as it is when the server starts.

use chrono::{DateTime, Utc};

use crate::config::Config;
use crate::history::{self, FEWEST, Flaw, Life};
use crate::ready::StartError;
use crate::seed::{self, OWNER, TRANSLATOR};
use crate::shared::random;
use crate::store::{Store, StoredToken, UNLISTED};

/// What a test or a person needs of a seeded storage.
pub struct Filled {
    /// Acts as an owner.
    pub admin_token: String,
    /// Acts as a translator.
    pub viewer_token: String,
    pub planted: Vec<(String, Flaw)>,
}

/// Seeds the storage.
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

/// A key that is in nobody's list.
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

/// A token of this member, made now.
pub fn access(member: u8, name: &str, now: DateTime<Utc>) -> (StoredToken, String) {
    let secret = seed::secret(random);
    let token = StoredToken {
        id: format!("access-{name}"),
        project_id: None,
        name: name.to_owned(),
        scopes: vec!["translations:read".to_owned()],
        created: now,
        expires: None,
        last_used: None,
        creator: member,
        last4: secret[secret.len() - 4..].to_owned(),
        revoked: false,
    };
    (token, secret)
}
