//! One token, with its findings.

use std::slice;

use chrono::{DateTime, Utc};
use token_audit::{Date, Finding, ServerTime, Verdict};

use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::browse::lookup::Found;
use crate::model::chip::Chip;
use crate::model::decision::Decision;
use crate::model::notes::Notes;
use crate::model::precision;
use crate::model::rotation::RotationRole;
use crate::model::token::{Project, TokenKey, TokenRecord};
use crate::storage::journal::Delivery;
use crate::system::threads::blocking;
use crate::text;

/// The content of the details panel.
#[derive(Debug, Clone)]
pub struct Details {
    /// The token's connection and id.
    pub key: TokenKey,
    /// The token's name, as the server gave it.
    pub name: String,
    /// The name of its project; `None` if it belongs to the organization.
    pub project: Option<String>,
    /// The state shown first.
    pub chip: Chip,
    /// The scopes the server lists, each on its own.
    pub scopes: Vec<String>,
    /// When it was created.
    pub created: Date,
    /// The creator as shown: the name, or else the email address, or else the id.
    pub created_by: Option<String>,
    /// When it expires; `Date::None` if never.
    pub expires: Date,
    /// Whether it was used after its expiry, so one of the two dates is wrong.
    pub used_after_expiry: bool,
    /// When it was last used.
    pub last_used: Date,
    /// Whether the server reports last use at all.
    pub last_used_reported: bool,
    /// `± 1 min`: how far off its last use may be, if that is known.
    pub off_by: Option<String>,
    /// When the server last listed it, by the server's clock, if the latest list doesn't have it.
    pub last_listed: Option<ServerTime>,
    /// The part of its value that the server shows.
    pub preview: Option<String>,
    /// The places its value was delivered to, oldest first.
    pub deliveries: Vec<Delivery>,
    /// What the admin wrote about it on this computer.
    pub notes: Notes,
    /// The rules it breaks, most severe first.
    pub findings: Vec<Finding>,
    /// The decision about it that holds now.
    pub decision: Option<Decision>,
    /// The part that it has in a rotation that goes on, and the other token.
    pub rotation: Option<(RotationRole, TokenKey)>,
    /// What the rotation that replaces it waits for, if that is stuck.
    pub stuck: Option<String>,
}

impl Desk {
    /// Everything known about the token; `None` if it isn't in the list.
    #[must_use]
    pub fn details(&self, key: &TokenKey, now: DateTime<Utc>) -> Option<Details> {
        // The list of its own connection, no matter which list is shown.
        let list = self.list_of(key.connection).ok()?;
        let index = list.find(key)?;
        let clocks = self.clocks(now);
        let at = clocks.of(key.connection);
        let found = Found { list, index };
        let lists = self.state().lists();
        let (policy, subject) = self.subjects(slice::from_ref(&found), &lists, &clocks).pop()?;
        let (token, facts) = (found.token(), subject.facts);
        let rotation = self.role_of(key);
        let old = match &rotation {
            Some((RotationRole::New, old)) => &old.id,
            _ => &key.id,
        };
        let stuck = self.state().connection(key.connection)?.stuck.get(old).cloned();
        Some(Details {
            key: key.clone(),
            name: token.name.to_owned(),
            project: found.list.project(index).map(Project::shown),
            chip: Verdict::of(&policy, &facts, at).into(),
            scopes: token.scopes.split_whitespace().map(str::to_owned).collect(),
            created: token.created,
            created_by: token.created_by.map(str::to_owned),
            expires: token.expires,
            used_after_expiry: facts.used_after_expiry(),
            last_used: token.last_used,
            last_used_reported: facts.last_used_reported,
            off_by: self.off_by(key, token.last_used),
            last_listed: token.last_listed,
            preview: token.preview.map(str::to_owned),
            deliveries: self.deliveries(key),
            notes: self.notes(key, &token),
            findings: token_audit::findings(&policy, &subject, at),
            decision: self.decision(key, now),
            rotation,
            stuck,
        })
    }

    /// Copies the name of a token, as it is shown.
    pub async fn copy_name(&self, key: TokenKey) -> Result<(), Error> {
        self.copy_of(key, |token| text::visible_whole(token.name)).await
    }

    /// Copies the id of a token, as it is shown.
    pub async fn copy_id(&self, key: TokenKey) -> Result<(), Error> {
        self.copy_of(key, |token| text::visible_whole(token.id.0)).await
    }

    async fn copy_of(
        &self,
        key: TokenKey,
        part: impl FnOnce(&TokenRecord<'_>) -> String + Send + 'static,
    ) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || {
            let list = desk.list_of(key.connection)?;
            let index = list.find(&key).ok_or(Error::TokenGone)?;
            let copied = part(&Found { list, index }.token());
            desk.inner.clipboard.copy_text(copied)
        })
        .await?
    }

    fn off_by(&self, key: &TokenKey, last_used: Date) -> Option<String> {
        last_used.at()?;
        precision::off_by(&self.state().connection(key.connection)?.calibration)
    }

    fn deliveries(&self, key: &TokenKey) -> Vec<Delivery> {
        let state = self.state();
        let held = state.connection(key.connection);
        held.and_then(|held| held.journaled.deliveries.get(&key.id)).cloned().unwrap_or_default()
    }
}
