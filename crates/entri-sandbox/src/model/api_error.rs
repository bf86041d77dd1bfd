//! Error bodies as documented (docs/entri-api.md#errors, #examples).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// An error answer. Its `timestamp` and `path` are added on the way out.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    message: Value,
}

impl ApiError {
    /// An error of any status; one that is none is a 500.
    pub fn of(status: u16, message: &str) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, message: message.into() }
    }

    pub fn unauthorized(message: &str) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, message: message.into() }
    }

    pub fn forbidden() -> Self {
        let message = "Only owners and admins can manage API tokens".into();
        Self { status: StatusCode::FORBIDDEN, message }
    }

    pub fn not_found(message: &str) -> Self {
        Self { status: StatusCode::NOT_FOUND, message: message.into() }
    }

    pub fn validation(messages: Vec<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: messages.into() }
    }

    pub fn conflict(message: &str) -> Self {
        Self { status: StatusCode::CONFLICT, message: message.into() }
    }

    pub fn unprocessable(message: &str) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, message: message.into() }
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(_: rusqlite::Error) -> Self {
        let message = "Internal server error".into();
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, message }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({
            "statusCode": self.status.as_u16(),
            "error": self.status.canonical_reason().unwrap_or_default(),
            "message": self.message,
        });
        (self.status, Json(body)).into_response()
    }
}
