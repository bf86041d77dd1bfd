//! The form of a new token, checked as it is filled in.

use chrono::{DateTime, NaiveDate, Utc};
use entri_api::NewToken;
use token_audit::ServerTime;

use super::summary::{owner, summary};
use super::{CreateRequest, Expiry};
use crate::desk::Desk;
use crate::error::Error;
use crate::jobs::notes::NotesCheck;
use crate::list::Inventory;
use crate::text::{self, is_invisible};
use crate::when;

/// The longest name sent. Entri's own limit is not documented (docs/entri-api.md#tokens); this one keeps a
/// name readable in a list.
const LONGEST_NAME: usize = 200;

/// The state of the form: what the token will be able to do, and what is wrong so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateCheck {
    /// What the token will be able to do, in one sentence.
    pub summary: String,
    /// When it would expire.
    pub expires: Option<DateTime<Utc>>,
    /// Why the name cannot be sent.
    pub name_error: Option<String>,
    /// What the admin should know about the name before using it anyway.
    pub name_warning: Option<String>,
    /// A name like it that no token has, if the name is taken.
    pub free_name: Option<String>,
    /// Why the expiry cannot be sent.
    pub expiry_error: Option<String>,
    /// Why the scopes cannot be sent.
    pub scopes_error: Option<String>,
    /// What is wrong with the notes, if anything.
    pub notes: NotesCheck,
    /// What the admin should know before creating the token anyway.
    pub warnings: Vec<String>,
}

/// The form as it was read: what would be sent in each field, or why the field cannot be sent.
struct Read {
    name: Result<String, String>,
    expires: Result<Option<DateTime<Utc>>, String>,
    scopes: Result<Vec<String>, String>,
    notes: NotesCheck,
}

impl Read {
    /// The token that the form describes, or the first reason not to send it.
    fn into_token(self) -> Result<NewToken, String> {
        let new = NewToken { name: self.name?, expires_at: self.expires?, scopes: self.scopes? };
        let NotesCheck { place_error, note_error } = self.notes;
        place_error.or(note_error).map_or(Ok(new), Err)
    }
}

impl Desk {
    /// Says what is wrong with the form, and what the token would be.
    #[must_use]
    pub fn check_create(&self, request: &CreateRequest, now: DateTime<Utc>) -> CreateCheck {
        let now = self.clocks(now).of(request.connection);
        let Read { name: read_name, expires, scopes, notes } = self.read_form(request, now);
        let list = self.list_of(request.connection).unwrap_or_default();
        let owner = owner(&list, request.project_id.as_ref());
        let policy = self.connection(request.connection).map(|it| it.policy).unwrap_or_default();
        // An unreadable date does not mean that the token never expires.
        let warnings = match expires {
            Ok(expires) => token_audit::create::warnings(&policy, expires, now),
            Err(_) => Vec::new(),
        };
        let name = request.name.trim();
        let taken = list.has_name(name);
        let name_warning = taken.then(|| {
            format!(
                "A token named “{name}” already exists. Tokens with the same name are hard to tell apart."
            )
        });
        CreateCheck {
            summary: summary(&request.scopes, &owner, &expires),
            expires: expires.as_ref().copied().unwrap_or_default(),
            name_error: read_name.err(),
            name_warning,
            free_name: taken.then(|| free_name(&list, name)),
            expiry_error: expires.err(),
            scopes_error: scopes.err(),
            notes,
            warnings,
        }
    }

    /// The token that the form describes, if it can be sent.
    pub(crate) fn new_token(
        &self,
        request: &CreateRequest,
        now: DateTime<Utc>,
    ) -> Result<NewToken, Error> {
        let now = self.clocks(now).of(request.connection);
        self.read_form(request, now).into_token().map_err(Error::Form)
    }

    /// Reads the form, when it is `now` at the server.
    fn read_form(&self, request: &CreateRequest, now: ServerTime) -> Read {
        let without_value = |field, typed: &str| self.without_value(field, typed);
        Read {
            name: without_value("name", &request.name).and_then(|()| name(&request.name)),
            expires: expires(&request.expiry, now.0),
            scopes: without_value("scopes", &request.scopes.join(" "))
                .and_then(|()| scopes(&request.scopes)),
            notes: request.notes.check(self),
        }
    }

    fn without_value(&self, field: &str, typed: &str) -> Result<(), String> {
        if !self.holds_value(typed) {
            return Ok(());
        }
        Err(format!(
            "The {field} contains what looks like a token value, and anybody could read it there. \
             Nothing was sent or saved. Remove the value."
        ))
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

/// The first of `gitlab-ci-2`, `gitlab-ci-3` and so on that no token has.
fn free_name(list: &Inventory, name: &str) -> String {
    let mut names = (2_u32..).map(|number| format!("{name}-{number}"));
    names.find(|name| !list.has_name(name)).unwrap_or_default()
}

fn name(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    if let Some(hidden) = text::hidden(name) {
        return Err(format!(
            "The name contains an invisible character, {}. Type it again.",
            text::visible(&hidden.to_string())
        ));
    }
    match name.chars().count() {
        0 => Err("Enter a name: where will the token be used?".to_owned()),
        1..=LONGEST_NAME => Ok(name.to_owned()),
        length => Err(format!("The name is too long ({length} of {LONGEST_NAME} characters).")),
    }
}

fn scopes(entered: &[String]) -> Result<Vec<String>, String> {
    let unfit = |character: char| character.is_whitespace() || is_invisible(character);
    let Some(bad) = entered.iter().find(|scope| scope.is_empty() || scope.contains(unfit)) else {
        return Ok(entered.to_vec());
    };
    let bad = text::visible(bad);
    Err(format!("“{bad}” isn’t a scope. Scopes can’t contain spaces or invisible characters."))
}
