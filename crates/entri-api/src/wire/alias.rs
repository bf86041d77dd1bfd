//! The alias tables of docs/entri-api.md#organization, #tokens: what a field means, whatever the server
//! calls it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// What a field means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Created,
    Expires,
    LastUsed,
    Id,
    Name,
    Preview,
    OrganizationId,
    ProjectId,
    /// The project itself, or its id.
    Project,
    Creator,
    Scopes,
    /// Says yes when revoked.
    Revoked,
    /// Says no when revoked.
    Active,
    Status,
    /// Says yes when archived.
    Archived,
}

impl Meaning {
    pub(super) const COUNT: usize = Self::Archived as usize + 1;
    /// How many of them are points in time; these come first.
    pub(super) const DATES: usize = Self::LastUsed as usize + 1;

    pub(super) fn is_date(self) -> bool {
        (self as usize) < Self::DATES
    }

    /// Whether it says yes or no.
    pub(super) fn is_flag(self) -> bool {
        matches!(self, Self::Revoked | Self::Active | Self::Archived)
    }

    /// The names of a meaning, the first one first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["_id", "id", "tokenId"],
            Self::Name => &["name", "label", "description"],
            Self::Created => &["created", "createdAt", "created_at"],
            Self::Expires => &["expiresAt", "expires", "expires_at", "expiry"],
            Self::LastUsed => &[
                "lastUsedAt",
                "lastUsed",
                "last_used_at",
                "lastUsedOn",
                "lastUse",
                "lastRequest",
                "lastAccessedAt",
                "lastActiveAt",
                "lastSeenAt",
                "usedAt",
            ],
            Self::Preview => &[
                "prefix",
                "tokenPrefix",
                "preview",
                "start",
                "maskedToken",
                "last4",
                "lastFour",
                "hint",
            ],
            Self::OrganizationId => &["organizationId", "organization"],
            Self::ProjectId => &["projectId"],
            Self::Project => &["project"],
            Self::Creator => &["createdBy", "userId", "user", "creator"],
            Self::Scopes => &["scopes"],
            Self::Revoked => &["revoked", "isRevoked", "revokedAt"],
            Self::Active => &["isActive", "active", "enabled"],
            Self::Status => &["status"],
            Self::Archived => &["archived", "isArchived", "archivedAt"],
        }
    }
}

const ALL: [Meaning; Meaning::COUNT] = [
    Meaning::Created,
    Meaning::Expires,
    Meaning::LastUsed,
    Meaning::Id,
    Meaning::Name,
    Meaning::Preview,
    Meaning::OrganizationId,
    Meaning::ProjectId,
    Meaning::Project,
    Meaning::Creator,
    Meaning::Scopes,
    Meaning::Revoked,
    Meaning::Active,
    Meaning::Status,
    Meaning::Archived,
];

/// The name of a field: its meaning, and its rank among the names of that meaning.
pub(super) struct Alias(pub(super) Option<(Meaning, usize)>);

impl From<&str> for Alias {
    fn from(name: &str) -> Self {
        let rank = |meaning: &Meaning| meaning.names().iter().position(|known| *known == name);
        Self(ALL.iter().find_map(|meaning| Some((*meaning, rank(meaning)?))))
    }
}

/// Read as bytes, so that none of a token's dozen names is copied and one that isn't valid text
/// does no harm.
impl<'de> Deserialize<'de> for Alias {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(AliasVisitor)
    }
}

struct AliasVisitor;

impl Visitor<'_> for AliasVisitor {
    type Value = Alias;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Alias, E> {
        Ok(Alias::from(name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Alias, E> {
        Ok(str::from_utf8(name).map_or(Alias(None), Alias::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_name_has_its_meaning_and_rank() {
        let mut seen = HashSet::new();
        for (index, meaning) in ALL.into_iter().enumerate() {
            assert_eq!(meaning as usize, index);
            for (rank, name) in meaning.names().iter().enumerate() {
                assert_eq!(Alias::from(*name).0, Some((meaning, rank)), "{name}");
                assert!(seen.insert(*name), "{name} twice");
            }
        }
        assert_eq!(Alias::from("token").0, None);
    }
}
