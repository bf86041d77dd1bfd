//! What a rotation would do, before it begins.

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::Member;
use token_audit::create::{DEFAULT_EXPIRY_DAYS, EXPIRY_PRESETS_DAYS};

use crate::desk::Desk;
use crate::digest::sha256;
use crate::error::{Error, RotationError};
use crate::jobs::browse::details::Details;
use crate::jobs::create::{CreateRequest, Expiry};
use crate::jobs::deliver::again;
use crate::list::Inventory;
use crate::model::rotation::destination::Destination;
use crate::model::token::{TokenKey, TokenRecord};
use crate::when;

/// What the dialog of a rotation begins with.
#[derive(Debug, Clone)]
pub struct RotationPlan {
    /// The token to replace.
    pub token: Details,
    /// The form of the new token.
    pub form: CreateRequest,
    /// The lifetime of the old token, in days; `None` if it never expires or a date is missing.
    pub lifetime: Option<u32>,
    /// The longest lifetime that the policy allows, in days, if that makes the new one's shorter.
    pub capped: Option<u16>,
    /// Where the old token lives.
    pub places: Vec<PlannedPlace>,
    /// How the new token's role may differ; `None` if the same person creates it, as far as known.
    pub role: Option<RoleDiffers>,
    /// Whether the app signs in with the old token.
    pub own: bool,
}

/// A place where the old token lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPlace {
    /// Identifies the place among those of the token.
    pub id: String,
    /// The place, and how a value gets there.
    pub destination: Destination,
    /// When the old value was delivered there, if the app did it.
    pub last: Option<DateTime<Utc>>,
}

/// Somebody else created the old token, and a token acts with its creator's role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleDiffers {
    /// The role of who is signed in, if the server says so.
    pub mine: Option<String>,
    /// Who created the old token.
    pub creator: String,
    /// The creator's role, if the server says so.
    pub theirs: Option<String>,
}

impl Desk {
    /// What rotating the token would do.
    ///
    /// # Errors
    /// [`RotationError`] if it can't be rotated.
    pub fn plan_rotation(&self, key: &TokenKey, now: DateTime<Utc>) -> Result<RotationPlan, Error> {
        let list = self.list_of(key.connection)?;
        let old = list.record(list.find(key).ok_or(Error::TokenGone)?);
        self.may_rotate(key, &old, now)?;
        let token = self.details(key, now).ok_or(Error::TokenGone)?;
        let policy = self.connection(key.connection)?.policy;
        let lifetime = lifetime(&old);
        let most = u32::from(policy.max_lifetime_days);
        let wanted = lifetime.unwrap_or_else(|| u32::from(DEFAULT_EXPIRY_DAYS));
        let like = self.form_like(key)?;
        let name = next_name(&list, &like.name);
        let there = self.clocks(now).of(key.connection).0;
        let days = self.staggered(key.connection, &list, wanted.min(most), there);
        let expiry = expiry(days, there);
        let form = CreateRequest { name, expiry, notes: token.notes.clone(), ..like };
        let places = places(&token, old.own);
        if old.own {
            self.may_move(key, &places)?;
        }
        self.has_room(key.connection, &places)?;
        let role = self.role_differs(key, &list, &old);
        let capped = (wanted > most).then_some(policy.max_lifetime_days);
        Ok(RotationPlan { token, form, lifetime, capped, places, role, own: old.own })
    }

    fn may_rotate(
        &self,
        key: &TokenKey,
        old: &TokenRecord<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if old.revoked {
            return Err(RotationError::Revoked.into());
        }
        if self.preview_revoke(key, now)?.may_be_own {
            return Err(RotationError::MaybeOwn.into());
        }
        match self.rotation_of(key) {
            Some(_) => Err(RotationError::Running { name: old.name.to_owned() }.into()),
            None => Ok(()),
        }
    }

    /// A token acts with its creator's role (docs/entri-api.md#who-may).
    fn role_differs(
        &self,
        key: &TokenKey,
        list: &Inventory,
        old: &TokenRecord<'_>,
    ) -> Option<RoleDiffers> {
        let creator = old.created_by?;
        let connection = self.connection(key.connection).ok()?;
        let members = list.members();
        let member = members.all.iter().find(|member| is_creator(member, old));
        let theirs = member.and_then(|member| Some(member.role.as_ref()?.text().to_owned()));
        let mine = connection.role;
        let same_person = connection.user.as_deref().is_some_and(|me| {
            me == creator
                || old.creator_email == Some(me)
                || member.is_some_and(|it| it.name == me || it.email.as_deref() == Some(me))
        });
        // Who signs in with a token acts as whoever created that one.
        let same_person = same_person
            || list.own_row().map(|own| list.record(own)).is_some_and(|own| match own.creator_id {
                Some(id) if old.creator_id.is_some() => old.creator_id == Some(id),
                _ => own.created_by == Some(creator),
            });
        let same_role =
            mine.as_ref().zip(theirs.as_ref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        let differs = !same_person && !same_role;
        differs.then(|| RoleDiffers { mine, creator: creator.to_owned(), theirs })
    }
}

fn is_creator(member: &Member, token: &TokenRecord<'_>) -> bool {
    let id = token
        .creator_id
        .is_some_and(|id| id == member.id || member.membership_id.as_deref() == Some(id));
    id || token.creator_email.is_some() && token.creator_email == member.email.as_deref()
}

fn lifetime(old: &TokenRecord<'_>) -> Option<u32> {
    let days = (old.expires.at()? - old.created.at()?).num_days();
    u32::try_from(days).ok().filter(|days| *days > 0)
}

/// So many days, or the day that is so many days ahead where no choice of the form has them.
fn expiry(days: u32, now: DateTime<Utc>) -> Expiry {
    match u16::try_from(days) {
        Ok(days) if EXPIRY_PRESETS_DAYS.contains(&days) => Expiry::Days(days),
        _ => match now.checked_add_signed(TimeDelta::days(i64::from(days))) {
            Some(end) => Expiry::Date(end.format("%Y-%m-%d").to_string()),
            None => Expiry::Days(DEFAULT_EXPIRY_DAYS),
        },
    }
}

/// `gitlab-ci (r2)`, then `gitlab-ci (r3)`.
fn next_name(list: &Inventory, name: &str) -> String {
    let name = name.trim();
    let numbered = name.strip_suffix(')').and_then(|it| it.rsplit_once(" (r"));
    let numbered = numbered.and_then(|(base, number)| Some((base, number.parse::<u32>().ok()?)));
    let (base, number) = numbered.unwrap_or((name, 1));
    let mut names = (number.saturating_add(1)..).map(|number| format!("{base} (r{number})"));
    names.find(|name| !list.has_name(name)).unwrap_or_default()
}

/// Where the token's value is: in the app itself, if it is `own`, and as the journal and the admin's note say. Each place
/// once, the one used last first.
fn places(token: &Details, own: bool) -> Vec<PlannedPlace> {
    let mut places: Vec<PlannedPlace> = Vec::new();
    let app = own.then_some((Destination::ThisApp, None));
    let delivered = token.deliveries.iter().rev().map(|delivery| {
        let again = delivery.again.clone();
        (again.unwrap_or_else(|| again::of_name(&delivery.to)), Some(delivery.at))
    });
    let noted = token.notes.place.trim();
    let noted = (!noted.is_empty()).then(|| (Destination::by_hand(noted), None));
    // The app may sign in with another token by now.
    let elsewhere = delivered.filter(|(to, _)| *to != Destination::ThisApp);
    for (destination, last) in app.into_iter().chain(elsewhere).chain(noted) {
        if places.iter().all(|place| place.destination != destination) {
            places.push(PlannedPlace { id: place_id(&destination), destination, last });
        }
    }
    places
}

/// Identifies a place among those of a token or a rotation.
pub(super) fn place_id(destination: &Destination) -> String {
    let mut id = sha256(destination.to_kept());
    id.truncate(16);
    id
}

impl PlannedPlace {
    /// The place: a command, a path, or the admin's words.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.destination)
    }

    /// What kind of place it is, and when the old value was delivered there.
    #[must_use]
    pub fn about(&self) -> String {
        let kind = again::kind(&self.destination);
        match self.last {
            Some(last) => format!("{kind} · delivered {}", when::date(last)),
            None => kind.to_owned(),
        }
    }

    /// Whether it is the app itself.
    #[must_use]
    pub fn is_app(&self) -> bool {
        self.destination == Destination::ThisApp
    }

    /// Whether the app can deliver the value there.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        is_ready(&self.destination)
    }
}

/// The place as it is shown.
pub(super) fn shown(destination: &Destination) -> String {
    again::line(destination).unwrap_or_else(|| match destination {
        Destination::File { path } => path.clone(),
        other => again::named(other),
    })
}

/// Whether the app can deliver a value there.
pub(super) fn is_ready(destination: &Destination) -> bool {
    matches!(destination, Destination::File { .. } | Destination::ThisApp)
        || again::line(destination).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_name_counts_on() {
        let list = Inventory::default();
        for (name, next) in [
            ("gitlab-ci", "gitlab-ci (r2)"),
            ("gitlab-ci (r2)", "gitlab-ci (r3)"),
            ("a (r2) b", "a (r2) b (r2)"),
            ("a (rx)", "a (rx) (r2)"),
            (" (r9)", "(r9) (r2)"),
        ] {
            assert_eq!(next_name(&list, name), next);
        }
    }

    #[test]
    fn a_lifetime_that_the_form_has_no_choice_for_is_a_date() {
        let now = "2026-11-24T14:00:00Z".parse().unwrap();
        assert_eq!(expiry(90, now), Expiry::Days(90));
        assert_eq!(expiry(88, now), Expiry::Date("2027-02-20".to_owned()));
    }
}
