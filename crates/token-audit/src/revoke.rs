//! How much confirmation it takes to revoke a token.

use chrono::{DateTime, Utc};

use crate::verdict::past;
use crate::{Lifecycle, Policy, TokenFacts, Verdict};

/// A use within this many days means that something may break.
const IN_USE_DAYS: u16 = 7;

/// How much confirmation it takes, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RevokeGrade {
    /// None: it does not work any more.
    OneClick,
    /// A plain confirmation.
    Confirm,
    /// The token's name, typed: it is in use or may be, labelled production, or the app's own.
    TypeName,
}

/// Grades a token as of `now`. A token is labelled production when its name has the word `prod` or
/// `production` in it. One with a date that cannot be read may be in use.
#[must_use]
pub fn revoke_grade(facts: &TokenFacts, name: &str, now: DateTime<Utc>) -> RevokeGrade {
    let verdict = Verdict::of(&Policy::default(), facts, now);
    let in_use =
        facts.last_used.at().is_some_and(|used| !past(used, facts.known_until(now), IN_USE_DAYS));
    match verdict.lifecycle {
        // Without it the app itself is signed out.
        _ if facts.own => RevokeGrade::TypeName,
        Lifecycle::Revoked => RevokeGrade::OneClick,
        _ if facts.unreadable() => RevokeGrade::TypeName,
        // What worked a few days ago may work still: an expiry rests on somebody's clock.
        Lifecycle::Expired if in_use => RevokeGrade::Confirm,
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
