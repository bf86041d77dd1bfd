//! How much confirmation it takes to revoke a token.

use crate::verdict::past;
use crate::{Lifecycle, Policy, ServerTime, TokenFacts, Usage, Verdict};

/// A use within so many days means that revoking may break something.
const IN_USE_DAYS: u16 = 7;

/// How much confirmation it takes to revoke a token, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "views",
    derive(serde::Serialize, serde::Deserialize, specta::Type),
    serde(rename_all = "camelCase")
)]
pub enum RevokeGrade {
    /// No confirmation, because the token no longer works.
    OneClick,
    /// A plain confirmation, without typing.
    Confirm,
    /// The token's name must be typed: it is or may be in use, is labeled as production, or is the
    /// app's own.
    TypeName,
}

/// Grades a token as of `now`. A token is labeled as production if its name contains the word
/// `prod` or `production`. A token may be in use if a date of it is unreadable, or
/// the server has stopped recording uses.
#[must_use]
pub fn revoke_grade(facts: &TokenFacts, name: &str, now: ServerTime) -> RevokeGrade {
    let verdict = Verdict::of(&Policy::default(), facts, now);
    let in_use =
        facts.last_used.at().is_some_and(|used| !past(used, facts.known_until(now), IN_USE_DAYS));
    match verdict.lifecycle {
        // Without this token the app itself would be signed out.
        _ if facts.own => RevokeGrade::TypeName,
        Lifecycle::Revoked => RevokeGrade::OneClick,
        _ if facts.unreadable() => RevokeGrade::TypeName,
        Lifecycle::Active if verdict.usage == Usage::Frozen => RevokeGrade::TypeName,
        // It worked a few days ago and may still work: expiry is a matter of somebody's clock.
        Lifecycle::Expired if in_use || facts.as_of.frozen => RevokeGrade::Confirm,
        Lifecycle::Expired => RevokeGrade::OneClick,
        Lifecycle::Active if in_use || labelled_production(name) => RevokeGrade::TypeName,
        Lifecycle::Active => RevokeGrade::Confirm,
    }
}

/// Whether a name says that the token is for production.
#[must_use]
pub fn labelled_production(name: &str) -> bool {
    name.split(|character: char| !character.is_alphanumeric())
        .any(|word| ["prod", "production"].iter().any(|label| word.eq_ignore_ascii_case(label)))
}
