//! The form of a new token, checked as it is filled in.

use chrono::{DateTime, NaiveDate, Utc};

use super::{CreateRequest, Expiry};
use crate::desk::Desk;
use crate::jobs::notes::NotesCheck;
use crate::list::Inventory;
use crate::text::{self, is_invisible};
use crate::when;

/// The longest name sent. Entri's own limit is not documented (docs/entri-api.md#tokens); this one keeps a
/// name readable in a list.
const LONGEST_NAME: usize = 200;

/// What is to be said about the form as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateCheck {
    /// What the token will be able to do, in one sentence.
    pub summary: String,
    /// When it would expire.
    pub expires: Option<DateTime<Utc>>,
    /// Why the name cannot be sent.
    pub name_error: Option<String>,
    /// What the admin should know of the name, and may choose all the same.
    pub name_warning: Option<String>,
    /// Why the expiry cannot be sent.
    pub expiry_error: Option<String>,
    /// Why the scopes cannot be sent.
    pub scopes_error: Option<String>,
    /// What is wrong with the notes.
    pub notes: NotesCheck,
    /// What the admin should know, and may do all the same.
    pub warnings: Vec<String>,
}

impl CreateCheck {
    /// The first reason not to send the form.
    pub(super) fn error(&self) -> Option<&str> {
        let NotesCheck { placement_error, note_error } = &self.notes;
        let form = [&self.name_error, &self.expiry_error, &self.scopes_error];
        form.into_iter().chain([placement_error, note_error]).find_map(Option::as_deref)
    }
}

impl Desk {
    /// Says what is wrong with the form, and what the token would be.
    #[must_use]
    pub fn check_create(&self, request: &CreateRequest, now: DateTime<Utc>) -> CreateCheck {
        let now = self.clocks(now).of(request.connection);
        let expires = expires(&request.expiry, now);
        let list = self.list_of(request.connection).unwrap_or_default();
        let place = place(&list, request.project_id.as_deref());
        let policy = self.connection(request.connection).map(|it| it.policy).unwrap_or_default();
        // An unreadable date does not mean that the token never expires.
        let warnings = match expires {
            Ok(expires) => token_audit::create::warnings(&policy, expires, now),
            Err(_) => Vec::new(),
        };
        let name = request.name.trim();
        let name_warning = list.has_name(name).then(|| {
            format!(
                "A token named “{name}” already exists. Two with one name are hard to tell apart."
            )
        });
        CreateCheck {
            summary: summary(&request.scopes, &place, &expires),
            expires: expires.as_ref().copied().unwrap_or_default(),
            name_error: self
                .value_error("name", &request.name)
                .or_else(|| name_error(&request.name)),
            name_warning,
            expiry_error: expires.err(),
            scopes_error: self
                .value_error("scopes", &request.scopes.join(" "))
                .or_else(|| scopes_error(&request.scopes)),
            notes: request.notes.check(self),
            warnings,
        }
    }

    fn value_error(&self, field: &str, typed: &str) -> Option<String> {
        self.holds_value(typed).then(|| {
            format!(
                "The {field} contains what looks like a token value, and anybody could read it there. \
                 Nothing was sent or saved. Remove the value."
            )
        })
    }
}

pub(crate) fn expires(
    expiry: &Expiry,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, String> {
    let ends = match expiry {
        Expiry::Never => return Ok(None),
        Expiry::Days(days) => when::end_of_day(now, *days),
        Expiry::Date(text) => NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
            .map_err(|_| "Enter a date such as 2027-02-22.".to_owned())
            .map(when::last_second)?,
    };
    match ends {
        Some(ends) if ends > now => Ok(Some(ends)),
        Some(_) => Err("This date has passed. Choose a future date.".to_owned()),
        None => Err("This date is too far ahead. Choose an earlier date.".to_owned()),
    }
}

fn name_error(name: &str) -> Option<String> {
    if let Some(hidden) = text::hidden(name.trim()) {
        return Some(format!(
            "The name contains an invisible character, {}. Type it again.",
            text::visible(&hidden.to_string())
        ));
    }
    let length = name.trim().chars().count();
    match length {
        0 => Some("Enter a name: where will the token be used?".to_owned()),
        1..=LONGEST_NAME => None,
        _ => Some(format!("The name is too long ({length} of {LONGEST_NAME} characters).")),
    }
}

fn scopes_error(scopes: &[String]) -> Option<String> {
    let unfit = |character: char| character.is_whitespace() || is_invisible(character);
    let bad = scopes.iter().find(|scope| scope.is_empty() || scope.contains(unfit))?;
    let bad = text::visible(bad);
    Some(format!("“{bad}” isn’t a scope. Scopes can’t contain spaces or invisible characters."))
}

fn place(list: &Inventory, project_id: Option<&str>) -> String {
    let name = |id| list.projects().iter().find(|project| project.id == id);
    match project_id {
        None => "the whole organization".to_owned(),
        Some(id) => name(id).map_or_else(|| id.to_owned(), |project| project.name.clone()),
    }
}

/// What the token will be able to do, and until when as far as that is known.
fn summary(
    scopes: &[String],
    place: &str,
    expires: &Result<Option<DateTime<Utc>>, String>,
) -> String {
    let has = |wanted: &str| scopes.iter().any(|scope| scope == wanted);
    let known = scopes.iter().all(|scope| scope.starts_with("translations:"));
    let does = match (has("translations:read"), has("translations:write")) {
        _ if scopes.is_empty() => {
            format!("Same access as its creator in {place}")
        }
        _ if !known => format!("Access to {} in {place}", scopes.join(", ")),
        (true, true) => format!("Read and write translations in {place}"),
        (true, false) => format!("Read translations in {place}"),
        _ => format!("Write translations in {place}"),
    };
    match expires {
        Ok(Some(ends)) => format!("{does} until {}.", when::long_date(*ends)),
        Ok(None) => format!("{does}. Never expires."),
        Err(_) => format!("{does}."),
    }
}
