//! The `session_data` cookie: the session itself, signed, taken for five minutes without a look
//! at the server's sessions, after a sign-out too (docs/entri-api.md#cookies).

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::account::{record, user};
use super::cookie::{self, SESSION_DATA};
use crate::accounts::Session;
use crate::forms::SessionData;
use crate::model::MEMBERS;
use crate::state::Shared;

const LASTS: TimeDelta = TimeDelta::minutes(5);

/// The cookies to set besides the session's own: none, one or two, as the variant says.
pub fn cookies(shared: &Shared, session: &Session) -> Vec<String> {
    let form = shared.variant().session_data;
    let now = shared.now();
    let age = session.remembered.then_some(LASTS.num_seconds());
    let set = |name: &str, value: &str| cookie::set(shared, name, value, age);
    let known = json!({"session": record(shared, session), "user": user(session.member, now)});
    let ends = (now + LASTS).timestamp_millis();
    let signature = shared.signer.signature(&format!("{known}{ends}"));
    let value = json!({"session": known, "expiresAt": ends, "signature": signature});
    let value = URL_SAFE_NO_PAD.encode(value.to_string());
    let (first, second) = value.split_at(value.len() / 2);
    match form {
        SessionData::None => Vec::new(),
        SessionData::Whole => vec![set(SESSION_DATA, &value)],
        SessionData::Split => vec![
            set(&format!("{SESSION_DATA}.0"), first),
            set(&format!("{SESSION_DATA}.1"), second),
        ],
    }
}

/// `{session, user}` of the cookie, if it goes with this session's token and is still taken.
pub fn known(shared: &Shared, headers: &HeaderMap, token: &str) -> Option<Value> {
    if shared.variant().session_data == SessionData::None {
        return None;
    }
    let part = |end: &str| cookie::find(headers, &format!("{SESSION_DATA}{end}"));
    let value = match part("") {
        Some(whole) => whole.to_owned(),
        None => format!("{}{}", part(".0")?, part(".1")?),
    };
    let value: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
    let (known, ends) = (&value["session"], value["expiresAt"].as_i64()?);
    let signed = format!("{known}{ends}");
    let ours = shared.signer.is_signature(&signed, value["signature"].as_str()?);
    let goes_along = known["session"]["token"] == token;
    (ours && goes_along && ends >= shared.now().timestamp_millis()).then(|| known.clone())
}

/// The number of the member that the cookie names, and whether an organization is active.
pub fn member(shared: &Shared, headers: &HeaderMap, token: &str) -> Option<(u8, bool)> {
    let known = known(shared, headers, token)?;
    let number = MEMBERS.iter().position(|member| known["user"]["id"] == member.id)?;
    let active = known["session"]["activeOrganizationId"].is_string();
    Some((u8::try_from(number).ok()?, active))
}
