//! Making a token: the form is checked, the request sent once, the value parked in the vault.

use chrono::{DateTime, NaiveDate, Utc};
use entri_api::{Error as ApiError, NewToken, Token, TokenOwner};

use crate::connection::ConnectionId;
use crate::desk::{Desk, InUse, blocking};
use crate::error::Error;
use crate::inventory::{Inventory, TokenKey, TokenRecord};
use crate::sync::record;
use crate::vault::SecretHandle;
use crate::when;

/// The longest name sent. Entri's own limit is not documented (contract §5); this one keeps a
/// name readable in a list.
const LONGEST_NAME: usize = 200;

/// What the form holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// Where it is to be made.
    pub connection: ConnectionId,
    /// The token's name.
    pub name: String,
    /// When it should end.
    pub expiry: Expiry,
    /// Its scopes; any text without blanks, since no full list is documented (contract §5).
    pub scopes: Vec<String>,
    /// The project it should belong to; `None` for the organization.
    pub project_id: Option<String>,
}

/// When a token should end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expiry {
    /// Never.
    Never,
    /// At the end of the UTC day that many days ahead.
    Days(u16),
    /// At the end of this UTC day, written as `2027-02-22`.
    Date(String),
}

/// What is to be said about the form as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateCheck {
    /// What the token will be able to do, in one sentence.
    pub summary: String,
    /// When it would expire.
    pub expires: Option<DateTime<Utc>>,
    /// Why the name cannot be sent.
    pub name_error: Option<String>,
    /// Why the expiry cannot be sent.
    pub expiry_error: Option<String>,
    /// Why the scopes cannot be sent.
    pub scopes_error: Option<String>,
    /// What the admin should know, and may do all the same.
    pub warnings: Vec<String>,
}

/// A token that exists now. Its value waits in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Names the waiting value.
    pub handle: SecretHandle,
    /// What may be shown of the value.
    pub mask: String,
    /// Names the token; `None` when the answer could not be read.
    pub key: Option<TokenKey>,
    /// Its name.
    pub name: String,
    /// When it expires, as the server says.
    pub expires: Option<DateTime<Utc>>,
    /// Its scopes, as the server says.
    pub scopes: Vec<String>,
}

impl Desk {
    /// Says what is wrong with the form, and what the token would be.
    #[must_use]
    pub fn check_create(&self, request: &CreateRequest, now: DateTime<Utc>) -> CreateCheck {
        let (expires, expiry_error) = match expires(&request.expiry, now) {
            Ok(expires) => (expires, None),
            Err(error) => (None, Some(error)),
        };
        let list = self.list_of(request.connection).unwrap_or_default();
        let place = place(&list, request.project_id.as_deref());
        let mut warnings = token_audit::create::warnings(&self.inner.policy, expires, now);
        if list.has_name(request.name.trim()) {
            warnings.push(format!(
                "Another token is named “{}”. Two of one name are hard to tell apart later.",
                request.name.trim()
            ));
        }
        CreateCheck {
            summary: summary(&request.scopes, &place, expires),
            expires,
            name_error: name_error(&request.name),
            expiry_error,
            scopes_error: scopes_error(&request.scopes),
            warnings,
        }
    }

    /// Creates the token. The request is sent once, whatever becomes of its answer.
    ///
    /// # Errors
    /// [`ApiError::OutcomeUnknown`] when it was sent and nobody knows whether the token exists.
    pub async fn create(
        &self,
        request: CreateRequest,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        let check = self.check_create(&request, now);
        let errors = [check.name_error, check.expiry_error, check.scopes_error];
        if let Some(error) = errors.into_iter().flatten().next() {
            return Err(Error::Form(error));
        }
        let in_use = self.in_use(request.connection).await?;
        let owner = match request.project_id {
            Some(id) => TokenOwner::Project(id),
            None => TokenOwner::Organization(in_use.connection.organization_id.clone()),
        };
        let new = NewToken {
            name: request.name.trim().to_owned(),
            scopes: request.scopes,
            expires_at: check.expires,
        };
        match in_use.client.create_token(&owner, &new).await {
            Ok(created) => {
                let mask = created.secret.mask();
                let token = created.token;
                let shown = Created {
                    handle: self.inner.vault.park(created.secret),
                    mask,
                    key: Some(TokenKey { connection: request.connection, id: token.id.clone() }),
                    name: token.name.clone(),
                    expires: token.expires_at,
                    scopes: token.scopes.clone(),
                };
                let desk = self.clone();
                blocking(move || desk.add(&in_use, &owner, &token, now)).await?;
                Ok(shown)
            }
            // The token exists; what came back is kept so that its value is not lost.
            Err(ApiError::UnreadableCreate { body, .. }) => Ok(Created {
                mask: body.mask(),
                handle: self.inner.vault.park(body),
                key: None,
                name: new.name,
                expires: new.expires_at,
                scopes: new.scopes,
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// Shows the new token at once; the next sync brings the server's own record of it.
    fn add(&self, in_use: &InUse, owner: &TokenOwner, token: &Token, now: DateTime<Utc>) {
        let scopes = token.scopes.join(" ");
        let project_id = match owner {
            TokenOwner::Project(id) => Some(id.as_str()),
            TokenOwner::Organization(_) => None,
        };
        self.change_list(in_use, now, |known, builder| {
            // A load that went on meanwhile may have brought it already.
            let others = known.records().filter(|other| other.id != token.id);
            others.for_each(|other| builder.push(&other));
            builder.push(&TokenRecord { scopes: &scopes, project_id, ..record(token) });
        });
    }
}

fn expires(expiry: &Expiry, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, String> {
    let ends = match expiry {
        Expiry::Never => return Ok(None),
        Expiry::Days(days) => when::end_of_day(now, *days),
        Expiry::Date(text) => NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
            .map_err(|_| "Choose a date, such as 2027-02-22.".to_owned())
            .map(when::last_second)?,
    };
    match ends {
        Some(ends) if ends > now => Ok(Some(ends)),
        Some(_) => Err("This date has passed. Choose a later one.".to_owned()),
        None => Err("This date is too far ahead. Choose an earlier one.".to_owned()),
    }
}

fn name_error(name: &str) -> Option<String> {
    let length = name.trim().chars().count();
    match length {
        0 => Some("Give the token a name: where will it be used?".to_owned()),
        1..=LONGEST_NAME => None,
        _ => Some(format!(
            "The name has {length} characters. Shorten it to {LONGEST_NAME} or fewer."
        )),
    }
}

fn scopes_error(scopes: &[String]) -> Option<String> {
    let bad = scopes.iter().find(|scope| scope.is_empty() || scope.contains(char::is_whitespace));
    bad.map(|scope| format!("“{scope}” is not a scope: scopes hold no blanks."))
}

fn place(list: &Inventory, project_id: Option<&str>) -> String {
    let name = |id| list.projects().iter().find(|project| project.id == id);
    match project_id {
        None => "the whole organization".to_owned(),
        Some(id) => name(id).map_or_else(|| id.to_owned(), |project| project.name.clone()),
    }
}

fn summary(scopes: &[String], place: &str, expires: Option<DateTime<Utc>>) -> String {
    let has = |wanted: &str| scopes.iter().any(|scope| scope == wanted);
    let known = scopes.iter().all(|scope| scope.starts_with("translations:"));
    let does = match (has("translations:read"), has("translations:write")) {
        _ if scopes.is_empty() => {
            format!("No scopes listed: may do whatever its creator may in {place}")
        }
        _ if !known => format!("May use {} in {place}", scopes.join(", ")),
        (true, true) => format!("Reads and writes translations of {place}"),
        (true, false) => format!("Reads translations of {place}"),
        _ => format!("Writes translations of {place}"),
    };
    match expires {
        Some(ends) => format!("{does} until {}.", when::long_date(ends)),
        None => format!("{does}, with no end date."),
    }
}
