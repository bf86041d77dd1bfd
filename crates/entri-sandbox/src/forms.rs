//! The forms of responses that make up a variant.

/// How the response to a list is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListShape {
    /// The documented envelope: `{"data": […], "meta": {…}}`.
    Envelope,
    /// An envelope without `meta`: `{"data": […]}`.
    WithoutMeta,
    /// The list under another name, with `pagination`.
    Named(&'static str),
    /// A bare array that ignores `page` and `limit`.
    Array,
    /// A bare array of one page.
    PagedArray,
}

/// Which clock the header `Date` follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateHeader {
    /// The computer's clock, as on most servers.
    Computers,
    /// The computer's clock, so many seconds ahead; behind if negative.
    ComputersAhead(i64),
    /// The sandbox's own clock, as on a server whose clock differs.
    Own,
    /// The sandbox's own clock, so many seconds ahead; behind if negative.
    Apart(i64),
    /// So many seconds ahead in every second response, and behind in the others.
    Jumps(i64),
    /// No clock: the header has this text.
    Says(&'static str),
    /// No clock: there is no such header.
    Missing,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// ISO 8601 with milliseconds, as documented: `2026-11-24T10:00:00.000Z`.
    Iso,
    /// ISO 8601 with an offset: `2026-11-24T11:00:00+01:00`.
    IsoOffset,
    /// A number of milliseconds since 1970.
    Milliseconds,
    /// A number of seconds since 1970.
    Seconds,
    /// `MongoDB`'s extended JSON: `{"$date": "…"}`.
    Mongo,
    /// A text that isn't a date.
    Broken,
    /// A space in place of the `T`: `2026-11-24 10:00:00`.
    Blank,
    /// No time zone, which means UTC: `2026-11-24T10:00:00`.
    Bare,
    /// No seconds, so up to a minute is lost: `2026-11-24T10:00Z`.
    Minutes,
    /// An offset of hours only: `2026-11-24T10:00:00+00`.
    OffsetHours,
    /// An offset without a colon: `2026-11-24T10:00:00+0000`.
    OffsetCompact,
    /// An HTTP date: `Tue, 24 Nov 2026 10:00:00 GMT`.
    Http,
    /// An object, as in protocol buffers: `{"seconds": …, "nanos": …}`.
    SecondsNanos,
    /// A number of microseconds since 1970.
    Microseconds,
    /// A number of nanoseconds since 1970.
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
    /// This JSON if there is no time; if the text is no JSON, the field is left out. A time is
    /// written as in `Iso`. A creation date is always this JSON.
    Sentinel(&'static str),
    /// This JSON, whether or not there is a time; it isn't a date.
    Junk(&'static str),
}

/// How the response to a create is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateShape {
    /// 201 with the record and `token`.
    Flat,
    /// 200 with the record under a name and the value as `apiKey`.
    Wrapped(&'static str),
    /// 201 with a body that isn't JSON.
    Unreadable,
}

/// How the response to a revoke is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokeAnswer {
    /// 204 without a body.
    NoContent,
    /// 200 with an empty body, Nest's default.
    Empty,
    /// 200 with an empty object, `{}`.
    EmptyObject,
    /// 200 with a message in its body.
    Message,
    /// 202 with the token in its body.
    Accepted,
}

/// Which credential the token routes accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRoutes {
    /// Either an API token or a session cookie.
    Both,
    /// An API token only.
    KeyOnly,
    /// A session cookie only.
    CookieOnly,
}

/// Which paths the server answers under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// Under both `/api` and `/api/v1`.
    Both,
    /// Under `/api/v1` only; `/api` answers 404.
    VersionedOnly,
}

/// Which organization a new session has (docs/entri-api.md#organization).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionOrganization {
    /// The member's organization, from the beginning.
    Active,
    /// None until `/organization/set-active`, as in `BetterAuth`.
    Unset,
    /// The member's organization; the routes that list and set organizations don't exist.
    WithoutRoutes,
}

/// Whether a session comes with the `session_data` cookie (docs/entri-api.md#cookies).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionData {
    /// No such cookie is set.
    None,
    /// The data comes in one cookie.
    Whole,
    /// The data comes in two cookies, `.0` and `.1`.
    Split,
}

/// How a record names a token's creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreatorForm {
    /// An object with id and name.
    Named,
    /// The creator's id alone.
    Id,
    /// The field is left out.
    Untold,
}

/// Which tokens the organization's list has (docs/entri-api.md#list).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationList {
    /// Only the organization's own tokens.
    Own,
    /// The organization's own tokens and those of its projects.
    WithProjects,
}
