//! How a sandbox starts, and in which of the tolerated ways it answers.

use std::sync::Arc;

use chrono::{DateTime, Utc};

/// The most tokens a sandbox is seeded with.
pub const MOST_TOKENS: u32 = 100_000;

/// Where the sandbox reads the time.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How a sandbox starts.
#[derive(Clone)]
pub struct Config {
    /// The port on loopback; 0 for any free one.
    pub port: u16,
    /// How many tokens there are; 100,000 at most.
    pub tokens: u32,
    /// The same seed gives the same organization.
    pub seed: u64,
    /// Where the time comes from.
    pub clock: Clock,
    /// In which of the tolerated ways it answers.
    pub variant: Variant,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            tokens: 48,
            seed: 1,
            clock: Arc::new(Utc::now),
            variant: Variant::default(),
        }
    }
}

/// In which of the ways that contract §13 tolerates the server answers. The default is the one
/// closest to the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// The form of lists.
    pub list: ListShape,
    /// The name of a token's id; `$oid` wraps it in an object under `_id`.
    pub id: &'static str,
    /// The name of the time of creation.
    pub created: &'static str,
    /// The name of the expiry.
    pub expires: &'static str,
    /// The name of the last use; `None` leaves it out everywhere.
    pub last_used: Option<&'static str>,
    /// The form of dates.
    pub dates: DateForm,
    /// The answer to a create.
    pub create: CreateShape,
    /// The answer to a revoke.
    pub revoke: RevokeAnswer,
    /// Whether revoked tokens stay in the list, flagged.
    pub revoked_listed: bool,
    /// Which credential the token routes take.
    pub routes: TokenRoutes,
    /// Under which paths it answers.
    pub prefix: Prefix,
    /// Whether `GET /organizations/current` knows an organization.
    pub organization_known: bool,
}

impl Default for Variant {
    fn default() -> Self {
        Self {
            list: ListShape::Envelope,
            id: "_id",
            created: "created",
            expires: "expiresAt",
            last_used: Some("lastUsedAt"),
            dates: DateForm::Iso,
            create: CreateShape::Flat,
            revoke: RevokeAnswer::NoContent,
            revoked_listed: false,
            routes: TokenRoutes::Both,
            prefix: Prefix::Both,
            organization_known: true,
        }
    }
}

/// The form of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListShape {
    /// `{"data": […], "meta": {…}}`.
    Envelope,
    /// `{"data": […]}`.
    WithoutMeta,
    /// The list under another name, with `pagination`.
    Named(&'static str),
    /// A bare array that ignores `page` and `limit`.
    Array,
}

/// The form of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// `2026-11-24T10:00:00.000Z`.
    Iso,
    /// `2026-11-24T11:00:00+01:00`.
    IsoOffset,
    /// Milliseconds since 1970.
    Milliseconds,
    /// Seconds since 1970.
    Seconds,
    /// `{"$date": "…"}`.
    Mongo,
    /// Text that is no date.
    Broken,
}

/// The answer to a create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateShape {
    /// 201 with the record and `token`.
    Flat,
    /// 200 with the record under a name and the value as `apiKey`.
    Wrapped(&'static str),
    /// 201 with a body that is no JSON.
    Unreadable,
}

/// The answer to a revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokeAnswer {
    /// 204.
    NoContent,
    /// 200 with nothing.
    Empty,
    /// 200 with `{}`.
    EmptyObject,
    /// 200 with a message.
    Message,
    /// 202 with the token.
    Accepted,
}

/// Which credential the token routes take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRoutes {
    /// Either.
    Both,
    /// An API token only.
    KeyOnly,
    /// A session cookie only.
    CookieOnly,
}

/// Under which paths it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// `/api` and `/api/v1`.
    Both,
    /// `/api/v1` only.
    VersionedOnly,
}
