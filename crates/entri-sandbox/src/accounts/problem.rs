//! `BetterAuth`'s errors: `{"message", "code"}` (docs/entri-api.md#errors-of-a-sign-in).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An error of a sign-in, with `BetterAuth`'s code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    EmailOrPassword,
    Email,
    Unauthorized,
    Validation,
    MediaType,
    NoOrigin,
    Origin,
    NotAMember,
    TwoFactorCookie,
    Code,
    BackupCode,
    CodeExpired,
    TooManyAttempts,
    Locked,
}

impl Problem {
    fn words(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::EmailOrPassword => {
                (401, "INVALID_EMAIL_OR_PASSWORD", "Invalid email or password")
            }
            Self::Email => (400, "INVALID_EMAIL", "Invalid email"),
            Self::Unauthorized => (401, "UNAUTHORIZED", "Unauthorized"),
            Self::Validation => (400, "VALIDATION_ERROR", "[body] Invalid input"),
            Self::MediaType => (415, "UNSUPPORTED_MEDIA_TYPE", "Allowed types: application/json"),
            Self::NoOrigin => (403, "MISSING_OR_NULL_ORIGIN", "Missing or null Origin"),
            Self::Origin => (403, "INVALID_ORIGIN", "Invalid origin"),
            Self::NotAMember => (
                403,
                "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION",
                "User is not a member of the organization",
            ),
            Self::TwoFactorCookie => {
                (401, "INVALID_TWO_FACTOR_COOKIE", "Invalid two factor cookie")
            }
            Self::Code => (401, "INVALID_CODE", "Invalid code"),
            Self::BackupCode => (401, "INVALID_BACKUP_CODE", "Invalid backup code"),
            Self::CodeExpired => (400, "OTP_HAS_EXPIRED", "OTP has expired"),
            Self::TooManyAttempts => (
                400,
                "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE",
                "Too many attempts. Please request a new code.",
            ),
            Self::Locked => (
                429,
                "ACCOUNT_TEMPORARILY_LOCKED",
                "Too many failed verification attempts. Your account is temporarily locked. \
                 Please try again later.",
            ),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, message) = self.words();
        let status = StatusCode::from_u16(status).unwrap_or_default();
        (status, Json(json!({"message": message, "code": code}))).into_response()
    }
}
