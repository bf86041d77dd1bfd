//! Compares the created token with the request.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entri_api::{NewToken, Token};
use token_audit::Date;

use crate::model::time::dates::told;
use crate::{text, when};

/// Servers round times by less than this.
const ROUNDED: TimeDelta = TimeDelta::minutes(1);

/// How the server's record of a new token differs from what was asked for, in a sentence; `None` if
/// it does not. Who asks for no scopes leaves them to the server (docs/entri-api.md#tokens).
pub(super) fn differences(asked: &NewToken, made: &Token) -> Option<String> {
    let expires = told(made.expires_at);
    let quoted = |name: &str| format!("“{}”", text::visible(name));
    let differs = |differs: bool, what, made, asked| {
        differs.then(|| format!("{what} {made} instead of {asked}"))
    };
    let differences: Vec<_> = [
        differs(made.name != asked.name, "name", quoted(&made.name), quoted(&asked.name)),
        differs(
            !is_about(expires, asked.expires_at),
            "expiry",
            end(expires),
            end(asked.expires_at.into()),
        ),
        differs(
            !asked.scopes.is_empty() && set(&made.scopes) != set(&asked.scopes),
            "scopes",
            listed(&made.scopes),
            listed(&asked.scopes),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!differences.is_empty()).then(|| {
        format!(
            "The token differs from what you asked for: {}. Use it only if that’s OK.",
            differences.join("; ")
        )
    })
}

fn is_about(made: Date, asked: Option<DateTime<Utc>>) -> bool {
    match (made, asked) {
        (Date::At(made), Some(asked)) => (made - asked).abs() < ROUNDED,
        (made, asked) => made == asked.into(),
    }
}

fn end(date: Date) -> String {
    match date {
        Date::At(time) => when::absolute(time),
        Date::None => "none".to_owned(),
        Date::Unreadable => "unreadable".to_owned(),
    }
}

fn set(scopes: &[String]) -> BTreeSet<&str> {
    scopes.iter().map(String::as_str).collect()
}

fn listed(scopes: &[String]) -> String {
    if scopes.is_empty() { "none".to_owned() } else { text::visible(&scopes.join(", ")) }
}
