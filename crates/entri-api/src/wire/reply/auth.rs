//! `BetterAuth`'s responses (docs/entri-api.md#sign-in). The `token` in their bodies is skipped
//! unread.

use serde_json::{Map, Value};

use crate::model::id::OrganizationId;
use crate::model::person::User;
use crate::session::SessionInfo;
use crate::wire::time::date;
use crate::wire::value::Fields;
use crate::wire::value::id;

/// The fields that are read: of a response, and of the session and the user in it.
const KNOWN: [&str; 10] = [
    "twoFactorRedirect",
    "twoFactorMethods",
    "user",
    "session",
    "id",
    "_id",
    "name",
    "email",
    "expiresAt",
    "activeOrganizationId",
];

/// The outcome of a sign-in, according to its body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SignedIn {
    /// Signed in, as this user if the server says so.
    As(Option<User>),
    /// A second factor is required; with its methods, if the server lists them.
    SecondFactor(Vec<String>),
}

/// Reads the response to a sign-in or to a second factor; `None` if it is something else.
pub(crate) fn signed_in(body: &[u8]) -> Option<SignedIn> {
    let fields = fields(body)?;
    if fields.get("twoFactorRedirect").is_some_and(|raw| raw.get() == "true") {
        let methods = fields.value("twoFactorMethods");
        let methods = methods.and_then(|methods| serde_json::from_value(methods).ok());
        return Some(SignedIn::SecondFactor(methods.unwrap_or_default()));
    }
    Some(SignedIn::As(object(&fields, "user").and_then(user)))
}

/// Reads the response to `/get-session` when signed in; `None` if it is something else.
pub(crate) fn session_info(body: &[u8]) -> Option<SessionInfo> {
    let fields = fields(body)?;
    let mut session = object(&fields, "session")?;
    Some(SessionInfo {
        user: object(&fields, "user").and_then(user),
        expires_at: session.get("expiresAt").and_then(|value| date(value).at()),
        active_organization_id: session
            .remove("activeOrganizationId")
            .and_then(id)
            .map(OrganizationId),
    })
}

fn fields(body: &[u8]) -> Option<Fields<'_>> {
    of_object(str::from_utf8(body).ok()?)
}

fn of_object(text: &str) -> Option<Fields<'_>> {
    Fields::read(text, |name| KNOWN.contains(&name))
}

fn object(fields: &Fields<'_>, name: &str) -> Option<Map<String, Value>> {
    of_object(fields.get(name)?.get()).map(Fields::exact)
}

fn user(mut fields: Map<String, Value>) -> Option<User> {
    let id = ["id", "_id"].iter().find_map(|name| id(fields.remove(*name)?))?;
    let mut text = |name: &str| match fields.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    let email = text("email");
    let name = text("name").or_else(|| email.clone()).unwrap_or_else(|| id.clone());
    Some(User { id, name, email })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mira() -> User {
        User { id: "u-5".into(), name: "Mira Holt".into(), email: Some("mira@example.test".into()) }
    }

    #[test]
    fn every_answer_to_a_sign_in_is_read() {
        let factor = |methods: &[&str]| {
            let methods = methods.iter().map(|method| (*method).to_owned());
            Some(SignedIn::SecondFactor(methods.collect()))
        };
        let table = [
            (
                r#"{"redirect":false,"token":"s3ss10n","user":{"id":"u-5","name":"Mira Holt","email":"mira@example.test","emailVerified":true,"image":null}}"#,
                Some(SignedIn::As(Some(mira()))),
            ),
            (r#"{"token":"s3ss10n"}"#, Some(SignedIn::As(None))),
            (r#"{"user":{"name":"no id"}}"#, Some(SignedIn::As(None))),
            (r#"{"twoFactorRedirect":false}"#, Some(SignedIn::As(None))),
            (r#"{"twoFactorRedirect":true,"twoFactorMethods":["totp"]}"#, factor(&["totp"])),
            (r#"{"twoFactorRedirect":true}"#, factor(&[])),
            (r#"{"twoFactorRedirect":true,"twoFactorMethods":7}"#, factor(&[])),
            ("null", None),
            ("", None),
            ("<html>", None),
        ];
        for (body, expected) in table {
            assert_eq!(signed_in(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn every_answer_about_a_session_is_read() {
        let body = r#"{"session":{"id":"se-1","userId":"u-5","token":"s3ss10n","expiresAt":"2026-12-01T10:00:00.000Z","activeOrganizationId":"o-1"},"user":{"id":"u-5","name":"Mira Holt","email":"mira@example.test"}}"#;
        let expected = SessionInfo {
            user: Some(mira()),
            expires_at: "2026-12-01T10:00:00Z".parse().ok(),
            active_organization_id: Some("o-1".into()),
        };
        assert_eq!(session_info(body.as_bytes()), Some(expected));
        let bare = SessionInfo { user: None, expires_at: None, active_organization_id: None };
        assert_eq!(session_info(br#"{"session":{"activeOrganizationId":null}}"#), Some(bare));
        for none in ["", "null", "{}", "[]", "7", "<html>", r#"{"session":null}"#] {
            assert_eq!(session_info(none.as_bytes()), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            signed_in(&body);
            session_info(&body);
        }
    }
}
