//! The forms of answers that a variant is made of.

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
    /// A bare array, a page at a time.
    PagedArray,
}

/// Which clock the header `Date` tells the time of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateHeader {
    /// The computer's, as of any server.
    Computers,
    /// The computer's, so many seconds ahead; behind when negative.
    ComputersAhead(i64),
    /// The sandbox's own, as of a server whose clock is another one.
    Own,
    /// The sandbox's own, so many seconds ahead; behind when negative.
    Apart(i64),
    /// So many seconds ahead in every second answer, and behind in the others.
    Jumps(i64),
    /// None: it is this text.
    Says(&'static str),
    /// None: it is missing.
    Missing,
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
    /// `2026-11-24 10:00:00`.
    Blank,
    /// `2026-11-24T10:00:00`.
    Bare,
    /// `2026-11-24T10:00Z`.
    Minutes,
    /// `2026-11-24T10:00:00+00`.
    OffsetHours,
    /// `2026-11-24T10:00:00+0000`.
    OffsetCompact,
    /// `Tue, 24 Nov 2026 10:00:00 GMT`.
    Http,
    /// `{"seconds": …, "nanos": …}`.
    SecondsNanos,
    /// Microseconds since 1970.
    Microseconds,
    /// Nanoseconds since 1970.
    Nanoseconds,
    /// Seconds since 1970, as text.
    SecondsText,
    /// Milliseconds since 1970, as text.
    MillisecondsText,
    /// Microseconds since 1970, as text.
    MicrosecondsText,
    /// Nanoseconds since 1970, as text.
    NanosecondsText,
    /// `{"$date": …}` with milliseconds since 1970.
    MongoNumber,
    /// This JSON where there is no time; without any JSON, the field is left out. A time is as in
    /// `Iso`. Of a creation, it stands for every time.
    Sentinel(&'static str),
    /// This JSON, whether there is a time or none; it is no date.
    Junk(&'static str),
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

/// Which organization a new session has (docs/entri-api.md#organization).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionOrganization {
    /// The member's, from the beginning.
    Active,
    /// None until `/organization/set-active`, as `BetterAuth` has it.
    Unset,
    /// The member's; the routes to list and set organizations do not exist.
    WithoutRoutes,
}

/// Whether a session comes with the `session_data` cookie (docs/entri-api.md#cookies).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionData {
    /// No.
    None,
    /// As one cookie.
    Whole,
    /// As two, `.0` and `.1`.
    Split,
}

/// How a token's creator is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreatorForm {
    /// An object with id and name.
    Named,
    /// The id alone.
    Id,
    /// Not at all.
    Untold,
}

/// Which tokens the organization's list holds (docs/entri-api.md#tokens).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationList {
    /// Its own.
    Own,
    /// Its own and those of its projects.
    WithProjects,
}
