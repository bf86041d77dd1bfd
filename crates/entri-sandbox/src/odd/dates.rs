//! Which form each date of a token has, and what that says (docs/entri-api.md#dates).

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde_json::Value;

use crate::forms::DateForm;
use crate::shape;
use crate::store::StoredToken;
use crate::variant::Variant;

/// The forms of a token's dates, by field: each token has one of the list, always the same. An empty
/// list is the variant's own form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// Of the creation.
    pub created: &'static [DateForm],
    /// Of the expiry.
    pub expires: &'static [DateForm],
    /// Of the last use.
    pub last_used: &'static [DateForm],
}

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// This time.
    Time(DateTime<Utc>),
    /// That there is none.
    Nothing,
    /// Something that cannot be read.
    Unreadable,
}

/// A date of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOf {
    Created,
    Expires,
    LastUsed,
}

impl DateOf {
    fn time(self, token: &StoredToken) -> Option<DateTime<Utc>> {
        match self {
            Self::Created => Some(token.created),
            Self::Expires => token.expires,
            Self::LastUsed => token.last_used,
        }
    }

    /// The form that the date of this token has.
    fn form(self, variant: &Variant, token: &StoredToken) -> DateForm {
        let forms = match self {
            Self::Created => variant.odd.dates.created,
            Self::Expires => variant.odd.dates.expires,
            Self::LastUsed => variant.odd.dates.last_used,
        };
        let mixed = token.id.bytes().fold(7_usize, |sum, byte| sum * 31 % 65_521 + byte as usize);
        forms.get(mixed % forms.len().max(1)).copied().unwrap_or(variant.dates)
    }

    /// The time that is told: a sentinel stands if there is none, and for every creation.
    fn told(self, form: DateForm, token: &StoredToken) -> Option<DateTime<Utc>> {
        match form {
            DateForm::Sentinel(_) if self == Self::Created => None,
            _ => self.time(token),
        }
    }

    /// The field; `None` leaves it out.
    pub fn field(self, variant: &Variant, token: &StoredToken) -> Option<Value> {
        let form = self.form(variant, token);
        shape::date(form, self.told(form, token))
    }

    /// What the field says.
    pub fn said(self, variant: &Variant, token: &StoredToken) -> Said {
        let form = self.form(variant, token);
        match (form, self.told(form, token)) {
            (DateForm::Junk(_), _) | (DateForm::Broken, Some(_)) => Said::Unreadable,
            (_, None) => Said::Nothing,
            (DateForm::Minutes, Some(time)) => {
                Said::Time(time.duration_trunc(TimeDelta::minutes(1)).unwrap_or(time))
            }
            (_, Some(time)) => Said::Time(time),
        }
    }
}
