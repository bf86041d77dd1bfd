//! Revoking a token: shown first, read again, then deleted.

use chrono::{DateTime, Utc};
use entri_api::{Client, Revocation, Token, TokenOwner};
use token_audit::{RevokeGrade, TokenFacts, revoke_grade};

use crate::desk::{Desk, InUse, blocking};
use crate::details::Details;
use crate::error::Error;
use crate::{text, when};

/// What the admin is shown before a token is revoked.
#[derive(Debug, Clone)]
pub struct RevokePlan {
    /// The token.
    pub token: Details,
    /// How much confirmation it takes.
    pub grade: RevokeGrade,
    /// The last use the plan was made with; sent back with the confirmation.
    pub seen: Option<DateTime<Utc>>,
}

/// The confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeRequest {
    /// The token's id.
    pub id: String,
    /// The last use the plan was made with.
    pub seen: Option<DateTime<Utc>>,
    /// The name as typed, where the grade asks for it.
    pub typed_name: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// The token's name.
    pub name: String,
    /// Whether this request ended it.
    pub outcome: RevokeOutcome,
}

/// Whether the token was still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokeOutcome {
    /// It was, and is revoked now.
    Revoked,
    /// It was gone already.
    AlreadyGone,
}

impl Desk {
    /// What to show before the token is revoked.
    pub fn plan_revoke(&self, id: &str, now: DateTime<Utc>) -> Result<RevokePlan, Error> {
        let token = self.details(id, now).ok_or(Error::TokenGone)?;
        let grade = grade(&token, now);
        Ok(RevokePlan { grade, seen: token.last_used, token })
    }

    /// Revokes the token, unless it was used since the plan was made.
    pub async fn revoke(
        &self,
        request: RevokeRequest,
        now: DateTime<Utc>,
    ) -> Result<Revoked, Error> {
        let plan = self.plan_revoke(&request.id, now)?;
        let name = text::visible(&plan.token.name);
        if plan.grade == RevokeGrade::TypeName && request.typed_name.as_deref() != Some(&*name) {
            return Err(Error::NameMismatch);
        }
        let InUse { session, connection, client } = self.in_use().await?;
        let owner = self.owner(&request.id, connection.organization_id)?;
        let fresh = read_again(&client, &owner, &request.id).await?;
        let outcome = match fresh {
            None => RevokeOutcome::AlreadyGone,
            Some(token) if seconds(token.last_used_at) != seconds(request.seen) => {
                let when =
                    token.last_used_at.map_or_else(String::new, |at| when::relative(at, now));
                let desk = self.clone();
                blocking(move || desk.replace(session, &token, now)).await?;
                return Err(Error::UsedSince { name, when });
            }
            Some(_) => match client.revoke_token(&owner, &request.id).await? {
                Revocation::Revoked => RevokeOutcome::Revoked,
                Revocation::AlreadyGone => RevokeOutcome::AlreadyGone,
            },
        };
        let (desk, id) = (self.clone(), request.id);
        blocking(move || desk.remove(session, &id, now)).await?;
        Ok(Revoked { name, outcome })
    }

    fn owner(&self, id: &str, organization_id: String) -> Result<TokenOwner, Error> {
        let search = self.search();
        let index = search.list.find(id).ok_or(Error::TokenGone)?;
        Ok(match search.list.project(index) {
            Some(project) => TokenOwner::Project(project.id.clone()),
            None => TokenOwner::Organization(organization_id),
        })
    }

    fn remove(&self, session: u32, id: &str, now: DateTime<Utc>) {
        self.change_list(session, now, |known, builder| {
            known.records().filter(|token| token.id != id).for_each(|token| builder.push(&token));
        });
    }

    /// The fresh record takes the place of the one the plan was made with.
    fn replace(&self, session: u32, fresh: &Token, now: DateTime<Utc>) {
        self.change_list(session, now, |known, builder| {
            for mut token in known.records() {
                if token.id == fresh.id {
                    token.last_used = fresh.last_used_at;
                }
                builder.push(&token);
            }
        });
    }
}

fn grade(token: &Details, now: DateTime<Utc>) -> RevokeGrade {
    let facts = TokenFacts {
        created: token.created,
        expires: token.expires,
        last_used: token.last_used,
        last_used_reported: token.last_used_reported,
        revoked: token.chip == crate::Chip::Revoked,
    };
    revoke_grade(&facts, &token.name, now)
}

/// The API has no route for one token (contract §5), so its owner's list is read until it is met.
async fn read_again(client: &Client, owner: &TokenOwner, id: &str) -> Result<Option<Token>, Error> {
    let mut found = None;
    let mut pages = client.tokens(owner);
    while let Some(page) = pages.next().await? {
        for token in page.items.into_iter().filter(|token| token.id == id) {
            if found.replace(token).is_some() {
                return Err(Error::DuplicateId { id: id.to_owned() });
            }
        }
        if found.is_some() {
            break;
        }
    }
    Ok(found)
}

fn seconds(time: Option<DateTime<Utc>>) -> Option<i64> {
    time.map(|time| time.timestamp())
}
