//! The form of a new token with the settings of an existing one.

use entri_api::ProjectId;
use token_audit::Date;
use token_audit::create::DEFAULT_EXPIRY_DAYS;

use super::{CreateRequest, Expiry};
use crate::desk::Desk;
use crate::error::Error;
use crate::model::notes::Notes;
use crate::model::token::{TokenKey, TokenRecord};
use crate::once::once;
use crate::text::is_invisible;

impl Desk {
    /// The form for a token like this one: with its name, owner, scopes and lifetime. Invisible
    /// characters in the name or a scope aren't copied, and neither is the note about where the
    /// token lives.
    pub fn form_like(&self, key: &TokenKey) -> Result<CreateRequest, Error> {
        let list = self.list_of(key.connection)?;
        let token = list.record(list.find(key).ok_or(Error::TokenGone)?);
        let scopes = once(token.scopes.split_whitespace(), |scope| *scope).into_iter();
        Ok(CreateRequest {
            connection: key.connection,
            name: token.name.chars().filter(|it| !is_invisible(*it)).collect(),
            expiry: lifetime(&token),
            scopes: scopes.filter(|it| !it.contains(is_invisible)).map(str::to_owned).collect(),
            project_id: token.project_id.map(ProjectId::into_owned),
            notes: Notes::default(),
        })
    }
}

/// The default expiry is used if one of its dates is missing or unreadable.
fn lifetime(token: &TokenRecord<'_>) -> Expiry {
    if token.expires == Date::None {
        return Expiry::Never;
    }
    let ends = token.created.at().zip(token.expires.at());
    let days = ends.map(|(created, expires)| (expires - created).num_days());
    Expiry::Days(days.and_then(|days| u16::try_from(days).ok()).unwrap_or(DEFAULT_EXPIRY_DAYS))
}
