//! Rotations: a token is replaced by a new one like it, while both work.

pub(crate) mod destination;

use chrono::{DateTime, TimeDelta, Utc};
use token_audit::Date;

use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use destination::Destination;

/// Identifies a rotation among those of all connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotationId {
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Its number in that connection's journal.
    pub number: i64,
}

/// What is decided when a rotation begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terms {
    /// How long the old token must be quiet before it may be revoked.
    pub quiet: TimeDelta,
    /// How long the longest job takes that uses the token.
    pub longest_job: TimeDelta,
    /// Where the old token lives.
    pub places: Vec<Destination>,
}

/// A place of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationPlace {
    /// The place, and how a value gets there.
    pub destination: Destination,
    /// When the app delivered the new value there.
    pub delivered: Option<DateTime<Utc>>,
    /// When somebody said that it has the new value.
    pub confirmed: Option<DateTime<Utc>>,
    /// Whether the old token doesn't live there: only the new value was delivered there.
    pub added: bool,
    /// What the place said about that after the delivery, if it was asked.
    pub says: Option<PlaceSays>,
}

/// What a place said, after a delivery, about when it was last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceSays {
    /// It was changed then.
    Changed(DateTime<Utc>),
    /// It was last changed then, as it said before the delivery, too.
    Unchanged(DateTime<Utc>),
    /// It gave no date of any change.
    Nothing,
}

/// The part that a token has in a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum RotationRole {
    /// It is being replaced.
    Old,
    /// It replaces another token.
    New,
}

/// The new token of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The token that replaces the old one.
    pub key: TokenKey,
    /// When it was created, by this computer's clock.
    pub at: DateTime<Utc>,
}

/// How a revoke of one of the two tokens came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotationRevoke {
    /// When this app revoked it, by this computer's clock.
    pub at: DateTime<Utc>,
    /// Whether the server was shown to refuse its value; `None` if the value wasn't at hand.
    pub proven: Option<bool>,
}

/// What the journal says of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationRecord {
    /// Its connection and its number in the journal.
    pub id: RotationId,
    /// When it began, by this computer's clock.
    pub at: DateTime<Utc>,
    /// The token that is replaced.
    pub old: TokenKey,
    /// The name of that token when the rotation began.
    pub name: String,
    /// When that token was created.
    pub created: Date,
    /// The name that the new token was to have.
    pub new_name: String,
    /// How long the old token must be quiet before it may be revoked.
    pub quiet: TimeDelta,
    /// How long the longest job takes that uses the token.
    pub longest_job: TimeDelta,
    /// Where the old token lives, then where else the new one was delivered.
    pub places: Vec<RotationPlace>,
    /// How far the create of the new token came; `None` if it wasn't tried.
    pub create: Option<Deed>,
    /// The new token, once it exists.
    pub replacement: Option<Replacement>,
    /// Whether this app holds the new token's value now.
    pub value_waits: bool,
    /// The revoke of the old token by this app.
    pub revoked: Option<RotationRevoke>,
    /// The revoke of the new token by this app.
    pub taken_back: Option<RotationRevoke>,
    /// How it ended, and when.
    pub ended: Option<(Deed, DateTime<Utc>)>,
}

impl RotationPlace {
    /// When it got the new value; `None` if it hasn't.
    #[must_use]
    pub fn done(&self) -> Option<DateTime<Utc>> {
        self.delivered.max(self.confirmed)
    }
}

impl PlaceSays {
    /// What it said before the delivery and after it.
    pub(crate) fn of(before: Option<DateTime<Utc>>, after: Option<DateTime<Utc>>) -> Self {
        match (before, after) {
            (_, None) => Self::Nothing,
            (Some(before), Some(after)) if after <= before => Self::Unchanged(after),
            (_, Some(after)) => Self::Changed(after),
        }
    }

    /// Its words in the journal: what it said, and the date.
    pub(crate) fn to_kept(self) -> [String; 2] {
        match self {
            Self::Changed(at) => ["changed".to_owned(), at.to_rfc3339()],
            Self::Unchanged(at) => ["unchanged".to_owned(), at.to_rfc3339()],
            Self::Nothing => ["nothing".to_owned(), String::new()],
        }
    }

    pub(crate) fn from_kept(what: &str, at: &str) -> Option<Self> {
        let at = || Some(DateTime::parse_from_rfc3339(at).ok()?.to_utc());
        match what {
            "changed" => Some(Self::Changed(at()?)),
            "unchanged" => Some(Self::Unchanged(at()?)),
            "nothing" => Some(Self::Nothing),
            _ => None,
        }
    }
}

impl RotationRecord {
    /// The part that a token has in it while it goes on, and the other token.
    #[must_use]
    pub fn role_of(&self, key: &TokenKey) -> Option<(RotationRole, &TokenKey)> {
        let new = self.replacement.as_ref().filter(|_| self.is_open()).map(|it| &it.key)?;
        match () {
            () if self.old == *key => Some((RotationRole::Old, new)),
            () if new == key => Some((RotationRole::New, &self.old)),
            () => None,
        }
    }

    /// Whether it goes on: it began, and wasn't ended.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// The place that is the app itself, if it signs in with the old token or did when the rotation began.
    pub(crate) fn app_place(&self) -> Option<&RotationPlace> {
        self.places.iter().find(|place| place.destination == Destination::ThisApp)
    }

    /// How many of its places have the new value.
    #[must_use]
    pub fn done(&self) -> usize {
        self.places.iter().filter(|place| place.done().is_some()).count()
    }

    /// Whether the create made no token, as far as the server said. If it did after all, that is an unresolved create.
    pub(crate) fn made_nothing(&self) -> bool {
        match self.create {
            None => true,
            Some(stage) => matches!(stage, Deed::Refused | Deed::Denied | Deed::NotMade),
        }
    }

    /// Whether its value was on its way to a place when it was lost: the place may have it.
    #[must_use]
    pub fn may_have_got_there(&self) -> bool {
        matches!(self.create, Some(Deed::Delivering | Deed::NotDelivered))
    }

    /// Whether the new token exists, and its value is lost: nobody is known to have it.
    #[must_use]
    pub fn value_lost(&self) -> bool {
        let lost = [Deed::Found, Deed::Made, Deed::Delivering, Deed::NotDelivered, Deed::Abandoned];
        let waits = self.value_waits || self.taken_back.is_some();
        !waits && self.done() == 0 && self.create.is_some_and(|stage| lost.contains(&stage))
    }
}
