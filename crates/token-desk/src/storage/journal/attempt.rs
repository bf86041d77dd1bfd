//! The kinds of attempts, and the stages they can reach.

use chrono::{DateTime, Utc};

use super::Draft;
use crate::model::connection::Connection;

/// Names one attempt in its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AttemptId(pub i64);

/// What is about to be tried.
pub(crate) struct Intent<'a> {
    pub act: Act,
    pub connection: &'a Connection,
    pub project_id: Option<&'a str>,
    pub name: &'a str,
    /// The token to be revoked.
    pub token_id: Option<&'a str>,
    /// The existing ids that could be mistaken for the result.
    pub known: Vec<String>,
    /// The bulk revoke that it is a part of.
    pub part_of: Option<i64>,
}

impl<'a> Intent<'a> {
    /// As a row of the journal.
    pub fn drafted(&'a self, token_ids: &'a [String], now: DateTime<Utc>) -> Draft<'a> {
        Draft {
            project_id: self.project_id,
            name: Some(self.name),
            token_ids,
            basis: &self.known,
            part_of: self.part_of,
            ..Draft::act(self.act.name(), self.connection, now)
        }
    }

    pub fn token_ids(&self) -> Vec<String> {
        self.token_id.map(str::to_owned).into_iter().collect()
    }
}

/// An attempt as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub id: AttemptId,
    pub at: DateTime<Utc>,
    /// When its last step was written down.
    pub last_at: DateTime<Utc>,
    pub act: Act,
    pub project_id: Option<String>,
    pub name: String,
    pub known: Vec<String>,
    pub stage: Stage,
    /// The tokens it concerns, as far as they are known.
    pub token_ids: Vec<String>,
    /// Whether an earlier step had any tokens.
    pub had_tokens: bool,
}

impl Attempt {
    /// Whether it may be about this token, as far as is known.
    pub fn is_about(&self, id: &str) -> bool {
        self.token_ids.iter().any(|it| it == id)
    }

    /// Whether it is not known what it did.
    pub fn unclear(&self) -> bool {
        matches!(self.stage, Stage::Tried | Stage::Unclear | Stage::Unreadable | Stage::Denied)
    }
}

/// Where the value of a token was delivered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// `file ~/.config/entri-token`, `gh secret set NT3_API_TOKEN`.
    pub to: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Create,
    Revoke,
}

impl Act {
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Revoke => "revoke",
        }
    }

    pub fn named(name: &str) -> Self {
        if name == Self::Revoke.name() { Self::Revoke } else { Self::Create }
    }
}

/// How far an attempt came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It is written down; the request may be on its way.
    Tried,
    /// It was sent, and its effect is unknown.
    Unclear,
    /// The server said that it refused a create, but it may have created the token anyway.
    Denied,
    /// The server accepted a create, but the response couldn't be read.
    Unreadable,
    /// The token exists, and its value is or was in this app.
    Made,
    /// The token exists, but its value was lost with the response.
    Found,
    /// The value is about to be delivered.
    HandingOver,
    /// Somebody else holds the value.
    HandedOver,
    /// The delivery did not succeed.
    NotHandedOver,
    /// The admin keeps the token as it is.
    Kept,
    /// Nothing was done: the server was never reached, or it refused a revoke.
    Refused,
    /// It was looked for and is not there.
    NotMade,
    /// The token to be revoked is still there.
    NotRevoked,
    /// The token is revoked.
    Revoked,
    /// The token is no longer there.
    Gone,
}

const STAGES: [(Stage, &str, bool); 15] = [
    (Stage::Tried, "tried", false),
    (Stage::Unclear, "unclear", false),
    (Stage::Denied, "denied", false),
    (Stage::Unreadable, "unreadable", false),
    (Stage::Made, "made", false),
    (Stage::Found, "found", false),
    (Stage::HandingOver, "handing over", false),
    (Stage::NotHandedOver, "not handed over", false),
    (Stage::HandedOver, "handed over", true),
    (Stage::Kept, "kept", true),
    (Stage::Refused, "refused", true),
    (Stage::NotMade, "not made", true),
    (Stage::NotRevoked, "not revoked", true),
    (Stage::Revoked, "revoked", true),
    (Stage::Gone, "gone", true),
];

impl Stage {
    pub fn name(self) -> &'static str {
        STAGES.iter().find(|(stage, ..)| *stage == self).map_or("", |(_, name, _)| name)
    }

    /// An unknown code is from a later version and counts as unclear.
    pub fn named(name: &str) -> Self {
        STAGES.iter().find(|(_, known, _)| *known == name).map_or(Self::Unclear, |(it, ..)| *it)
    }

    /// Whether an attempt at this stage has ended.
    pub fn ends_it(self) -> bool {
        STAGES.iter().any(|(stage, _, ends)| *stage == self && *ends)
    }

    /// The stages that end an attempt, as a list for SQL.
    pub fn ends() -> String {
        let ends = STAGES.iter().filter(|(.., ends)| *ends);
        ends.map(|(_, name, _)| format!("'{name}'")).collect::<Vec<_>>().join(", ")
    }
}
