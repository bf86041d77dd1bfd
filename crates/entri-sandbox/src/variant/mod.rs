//! In which of the tolerated ways a sandbox answers.

mod provable;

use crate::forms::{
    CreateShape, CreatorForm, DateForm, DateHeader, ListShape, OrganizationList, Prefix,
    RevokeAnswer, SessionData, SessionOrganization, TokenRoutes,
};
use crate::oddities::Odd;

/// In which of the ways that docs/entri-api.md#tolerance tolerates the server answers. The default is the
/// one closest to the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// How the response to a list is built.
    pub list: ListShape,
    /// The name of a token's id; `$oid` wraps it in an object under `_id`.
    pub id: &'static str,
    /// The name of the time of creation.
    pub created: &'static str,
    /// The name of the expiry.
    pub expires: &'static str,
    /// The name of the last use; `None` leaves it out everywhere.
    pub last_used: Option<&'static str>,
    /// The name of the only token of whose value a part is shown; `None` shows a part of each.
    pub preview_of: Option<&'static str>,
    /// How a date is written.
    pub dates: DateForm,
    /// How the response to a create is built.
    pub create: CreateShape,
    /// How the response to a revoke is built.
    pub revoke: RevokeAnswer,
    /// Whether revoked tokens stay in the list, flagged.
    pub revoked_listed: bool,
    /// Which credential the token routes accept.
    pub routes: TokenRoutes,
    /// Which paths the server answers under.
    pub prefix: Prefix,
    /// Whether `GET /organizations/current` knows an organization.
    pub organization_known: bool,
    /// Which organization a new session has, and whether it can be changed.
    pub session_organization: SessionOrganization,
    /// Whether a session comes with the `session_data` cookie.
    pub session_data: SessionData,
    /// The prefix of cookies' names, before the dot.
    pub cookie_prefix: &'static str,
    /// The only origin that sign-in trusts; `None` is the sandbox's own.
    pub trusted_origin: Option<&'static str>,
    /// Whether sign-in is limited: 3 requests in 10 s by path, 100 for other paths of it.
    pub rate_limit: bool,
    /// The name under which the last project is flagged as archived; `None` leaves it active.
    pub archived: Option<&'static str>,
    /// How a record names a token's creator.
    pub creators: CreatorForm,
    /// Which tokens the organization's list holds.
    pub organization_list: OrganizationList,
    /// Which clock the header `Date` follows.
    pub date: DateHeader,
    /// Its odd ways; none unless told otherwise.
    pub odd: Odd,
}

impl Default for Variant {
    fn default() -> Self {
        Self {
            list: ListShape::Envelope,
            id: "_id",
            created: "created",
            expires: "expiresAt",
            last_used: Some("lastUsedAt"),
            preview_of: None,
            dates: DateForm::Iso,
            create: CreateShape::Flat,
            revoke: RevokeAnswer::NoContent,
            revoked_listed: false,
            routes: TokenRoutes::Both,
            prefix: Prefix::Both,
            organization_known: true,
            session_organization: SessionOrganization::Active,
            session_data: SessionData::None,
            cookie_prefix: "better-auth",
            trusted_origin: None,
            rate_limit: false,
            archived: None,
            creators: CreatorForm::Named,
            organization_list: OrganizationList::Own,
            date: DateHeader::Computers,
            odd: Odd::default(),
        }
    }
}
