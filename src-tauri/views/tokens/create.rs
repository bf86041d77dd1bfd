//! The form that makes a token.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{ConnectionId, CreateCheck, Expiry, when};

use crate::views::{NotesCheckView, NotesView};

/// What the form holds.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreateRequest {
    /// The connection to make it at.
    pub connection: u32,
    /// The token's name.
    pub name: String,
    /// When it should end.
    pub expiry: ExpiryRequest,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// The project it should belong to; `None` for the organization.
    pub project_id: Option<String>,
    /// What is to be kept of it on this computer.
    pub notes: NotesView,
}

/// When a token should end.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum ExpiryRequest {
    /// Never.
    Never,
    /// That many days from now.
    Days {
        /// How many.
        days: u16,
    },
    /// On a day.
    Date {
        /// The day, as `2027-02-22`.
        date: String,
    },
}

/// What is to be said about the form as it stands.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreateCheckView {
    /// What the token will be able to do.
    pub summary: String,
    /// `22 February 2027`.
    pub expires_text: Option<String>,
    /// Why the name cannot be sent.
    pub name_error: Option<String>,
    /// What to know of the name before choosing it all the same.
    pub name_warning: Option<String>,
    /// Why the expiry cannot be sent.
    pub expiry_error: Option<String>,
    /// Why the scopes cannot be sent.
    pub scopes_error: Option<String>,
    /// What is wrong with the notes.
    pub notes: NotesCheckView,
    /// What to know before creating it all the same.
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

impl From<CreateRequest> for token_desk::CreateRequest {
    fn from(request: CreateRequest) -> Self {
        Self {
            connection: ConnectionId(request.connection),
            name: request.name,
            expiry: request.expiry.into(),
            scopes: request.scopes,
            project_id: request.project_id,
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
            project_id: form.project_id,
            notes: form.notes.into(),
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
            expiry_error: check.expiry_error,
            scopes_error: check.scopes_error,
            notes: check.notes.into(),
            warnings: check.warnings,
        }
    }
}
