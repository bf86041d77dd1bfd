//! The form for a new token.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{ConnectionId, CreateCheck, Expiry, IncidentId, ProjectId, when};

use crate::views::{NotesCheckView, NotesView};

/// What is entered in the form.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreateRequest {
    /// The number of the connection to create it at.
    pub connection: u32,
    /// The token's name as typed.
    pub name: String,
    /// When the token should expire.
    pub expiry: ExpiryRequest,
    /// The scopes; none means that none are sent.
    pub scopes: Vec<String>,
    /// The project it should belong to; `None` for the organization.
    pub project_id: Option<String>,
    /// Notes about the token, kept on this computer.
    pub notes: NotesView,
    /// The number of the incident at that connection whose token it replaces, if it does.
    pub incident: Option<u32>,
}

/// When a token should expire.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum ExpiryRequest {
    /// The token has no expiry date.
    Never,
    /// At the end of the day that is so many days from today.
    Days {
        /// The number of days, where 0 is today.
        days: u16,
    },
    /// At the end of a chosen day.
    Date {
        /// The day, as `2027-02-22`.
        date: String,
    },
}

/// The state of the form: what the token will be able to do, and what is wrong so far.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreateCheckView {
    /// What the token will be able to do, in a sentence.
    pub summary: String,
    /// `22 February 2027`; `None` if it never expires or the expiry is invalid.
    pub expires_text: Option<String>,
    /// Why the name can't be used.
    pub name_error: Option<String>,
    /// What to know about the name before using it anyway.
    pub name_warning: Option<String>,
    /// A name like it that no token has, if the name is taken.
    pub free_name: Option<String>,
    /// Why the expiry can't be used.
    pub expiry_error: Option<String>,
    /// Why the scopes can't be used.
    pub scopes_error: Option<String>,
    /// What is wrong with the notes, if anything.
    pub notes: NotesCheckView,
    /// What to know before creating the token anyway.
    pub warnings: Vec<String>,
}

impl From<ExpiryRequest> for Expiry {
    fn from(expiry: ExpiryRequest) -> Self {
        match expiry {
            ExpiryRequest::Never => Self::Never,
            ExpiryRequest::Days { days } => Self::Days(days),
            ExpiryRequest::Date { date } => Self::Date(date),
        }
    }
}

impl From<Expiry> for ExpiryRequest {
    fn from(expiry: Expiry) -> Self {
        match expiry {
            Expiry::Never => Self::Never,
            Expiry::Days(days) => Self::Days { days },
            Expiry::Date(date) => Self::Date { date },
        }
    }
}

impl CreateRequest {
    /// The incident whose token it replaces, if it does.
    #[must_use]
    pub fn incident(&self) -> Option<IncidentId> {
        let connection = ConnectionId(self.connection);
        self.incident.map(|number| IncidentId { connection, number: number.into() })
    }
}

impl From<CreateRequest> for token_desk::CreateRequest {
    fn from(request: CreateRequest) -> Self {
        Self {
            connection: ConnectionId(request.connection),
            name: request.name,
            expiry: request.expiry.into(),
            scopes: request.scopes,
            project_id: request.project_id.map(ProjectId),
            notes: request.notes.into(),
        }
    }
}

impl From<token_desk::CreateRequest> for CreateRequest {
    fn from(form: token_desk::CreateRequest) -> Self {
        Self {
            connection: form.connection.0,
            name: form.name,
            expiry: form.expiry.into(),
            scopes: form.scopes,
            project_id: form.project_id.map(|id| id.0),
            notes: form.notes.into(),
            incident: None,
        }
    }
}

impl From<CreateCheck> for CreateCheckView {
    fn from(check: CreateCheck) -> Self {
        Self {
            summary: check.summary,
            expires_text: check.expires.map(when::long_date),
            name_error: check.name_error,
            name_warning: check.name_warning,
            free_name: check.free_name,
            expiry_error: check.expiry_error,
            scopes_error: check.scopes_error,
            notes: check.notes.into(),
            warnings: check.warnings,
        }
    }
}
