//! What a token's dates mean in a variant, and how they are written.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde_json::Value;

use super::date::date;
use crate::forms::DateForm;
use crate::model::StoredToken;
use crate::oddities::Said;
use crate::variant::Variant;

/// One of a token's three dates.
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

    /// The form in which this token's date is written.
    fn form(self, variant: &Variant, token: &StoredToken) -> DateForm {
        let forms = match self {
            Self::Created => variant.odd.dates.created,
            Self::Expires => variant.odd.dates.expires,
            Self::LastUsed => variant.odd.dates.last_used,
        };
        let mixed = token.id.bytes().fold(7_usize, |sum, byte| sum * 31 % 65_521 + byte as usize);
        forms.get(mixed % forms.len().max(1)).copied().unwrap_or(variant.dates)
    }

    /// The time that is written: none if there is none, and none for a creation date that is a
    /// sentinel.
    fn told(self, form: DateForm, token: &StoredToken) -> Option<DateTime<Utc>> {
        match form {
            DateForm::Sentinel(_) if self == Self::Created => None,
            _ => self.time(token),
        }
    }

    /// The field's JSON; `None` leaves the field out.
    pub fn field(self, variant: &Variant, token: &StoredToken) -> Option<Value> {
        let form = self.form(variant, token);
        date(form, self.told(form, token))
    }

    /// What the field means to a reader.
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
