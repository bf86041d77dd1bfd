//! The answer to a create: the record, and the value in whatever wrapping (docs/entri-api.md#tokens).

use chrono::Utc;
use serde_json::Value;

use crate::model::token::CreatedToken;
use crate::secret::Secret;
use crate::value::VALUE_PREFIX;
use crate::wire::alias::Alias;
use crate::wire::record::Record;
use crate::wire::value::Fields;

const NAMES_OF_THE_VALUE: [&str; 6] = ["token", "key", "apiKey", "value", "plainToken", "rawToken"];
const WRAPPERS: [&str; 3] = ["data", "token", "apiToken"];

/// Reads the response. If it can't be understood, it is returned as a secret: the value if one is
/// recognized, or else the whole body.
pub(crate) fn created(body: &[u8]) -> Result<CreatedToken, Secret> {
    let whole = || Secret::new(String::from_utf8_lossy(body).into_owned());
    let answer: Value = serde_json::from_slice(body).map_err(|_| whole())?;
    let layers = layers(body);
    let value = layers
        .iter()
        .flat_map(|(_, fields)| NAMES_OF_THE_VALUE.iter().filter_map(|name| value_in(fields, name)))
        .next()
        .or_else(|| any_token(&answer).map(str::to_owned))
        // A value that lost a character on its way is kept as received, and not delivered.
        .filter(|value| !value.contains(char::REPLACEMENT_CHARACTER))
        .ok_or_else(whole)?;
    let secret = Secret::new(value);
    let token = layers
        .iter()
        .filter_map(|(text, _)| Record::read(text))
        .find_map(|it| it.into_token(Utc::now()));
    match token {
        Some(token) => Ok(CreatedToken { token, secret }),
        None => Err(secret),
    }
}

/// The answer itself and what its wrappers hold, from the outside in; each as it was sent, since a
/// number that is an id keeps its digits.
fn layers(body: &[u8]) -> Vec<(&str, Fields<'_>)> {
    let known = |name: &str| NAMES_OF_THE_VALUE.contains(&name) || WRAPPERS.contains(&name);
    let read = |text| Some((text, Fields::read(text, known)?));
    let mut layers: Vec<(&str, Fields<'_>)> =
        str::from_utf8(body).ok().and_then(read).into_iter().collect();
    let mut at = 0;
    while let Some((_, fields)) = layers.get(at) {
        let wrapped = WRAPPERS.iter().filter_map(|name| read(fields.get(name)?.get()));
        let wrapped: Vec<_> = wrapped.collect();
        layers.extend(wrapped);
        at += 1;
    }
    layers
}

fn value_in(fields: &Fields<'_>, name: &str) -> Option<String> {
    let value: String = serde_json::from_str(fields.get(name)?.get()).ok()?;
    (!value.is_empty()).then_some(value)
}

/// Not a known field of the record: a name or a preview may look like a value.
fn any_token(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.as_str()).filter(|text| text.starts_with(VALUE_PREFIX)),
        Value::Array(list) => list.iter().find_map(any_token),
        Value::Object(fields) => {
            let others = fields.iter().filter(|(name, _)| Alias::from(&***name).0.is_none());
            others.map(|(_, value)| value).find_map(any_token)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_value_is_found_in_every_wrapping() {
        let bodies = [
            r#"{"_id":"t-1","name":"a","token":"entri_abc"}"#,
            r#"{"data":{"id":"t-1","name":"a","apiKey":"entri_abc"}}"#,
            r#"{"token":{"id":"t-1","name":"a","value":"entri_abc"}}"#,
            r#"{"apiToken":{"tokenId":"t-1","name":"a"},"plainToken":"entri_abc"}"#,
            r#"{"data":{"token":{"_id":"t-1","name":"a","rawToken":"entri_abc"}}}"#,
            r#"{"_id":"t-1","name":"a","surprise":["entri_abc"]}"#,
        ];
        for body in bodies {
            let created = created(body.as_bytes()).unwrap_or_else(|_| panic!("{body}"));
            assert_eq!(created.secret.expose(), "entri_abc", "{body}");
            assert_eq!((&*created.token.id.0, &*created.token.name), ("t-1", "a"), "{body}");
        }
    }

    #[test]
    fn its_id_keeps_its_digits() {
        let long = "123456789012345678901234567890";
        for body in [
            format!(r#"{{"_id":{long},"token":"entri_abc"}}"#),
            format!(r#"{{"data":{{"token":{{"id":{{"$oid":{long}}},"value":"entri_abc"}}}}}}"#),
        ] {
            assert_eq!(created(body.as_bytes()).unwrap().token.id.0, long, "{body}");
        }
    }

    #[test]
    fn what_looks_like_a_value_is_not_taken_for_it() {
        let body = r#"{"_id":"t-1","name":"entri_ci","prefix":"entri_ab","secret":"entri_abc"}"#;
        assert_eq!(created(body.as_bytes()).unwrap().secret.expose(), "entri_abc");
        let body = r#"{"_id":"t-1","name":"entri_ci"}"#;
        assert_eq!(created(body.as_bytes()).unwrap_err().expose(), body);
    }

    #[test]
    fn what_cannot_be_understood_is_kept() {
        let table = [
            (r#"{"ok":true,"secret":"entri_abc"}"#, "entri_abc"),
            ("{\"token\":\"entri_ab", "{\"token\":\"entri_ab"),
            ("created!", "created!"),
            (r#"{"_id":"t-1"}"#, r#"{"_id":"t-1"}"#),
        ];
        for (body, kept) in table {
            assert_eq!(created(body.as_bytes()).unwrap_err().expose(), kept, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_kept_or_understood(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Err(kept) = created(&body) {
                prop_assert!(!kept.expose().is_empty() || body.is_empty());
            }
        }
    }
}
