//! The answer to a create: the record, and the value in whatever wrapping (contract §5).

use serde::Deserialize;
use serde_json::Value;

use super::alias::Alias;
use super::record::Record;
use crate::secret::Secret;
use crate::token::CreatedToken;

const NAMES_OF_THE_VALUE: [&str; 6] = ["token", "key", "apiKey", "value", "plainToken", "rawToken"];
const WRAPPERS: [&str; 3] = ["data", "token", "apiToken"];
const PREFIX: &str = "entri_";

/// Reads the answer. What cannot be understood comes back as a secret: the value if one is
/// recognized, else the whole body.
pub(crate) fn created(body: &[u8]) -> Result<CreatedToken, Secret> {
    let whole = || Secret::new(String::from_utf8_lossy(body).into_owned());
    let answer: Value = serde_json::from_slice(body).map_err(|_| whole())?;
    let layers = layers(&answer);
    let value = layers
        .iter()
        .flat_map(|layer| NAMES_OF_THE_VALUE.iter().filter_map(|name| layer.get(*name)?.as_str()))
        .find(|value| !value.is_empty() && !value.contains(char::REPLACEMENT_CHARACTER))
        .or_else(|| any_token(&answer))
        .ok_or_else(whole)?;
    let secret = Secret::new(value.to_owned());
    let token = layers
        .iter()
        .filter_map(|layer| Record::deserialize(*layer).ok())
        .find_map(Record::into_token);
    match token {
        Some(token) => Ok(CreatedToken { token, secret }),
        None => Err(secret),
    }
}

/// The answer itself and what its wrappers hold, from the outside in.
fn layers(answer: &Value) -> Vec<&Value> {
    let mut layers = vec![answer];
    let mut at = 0;
    while let Some(layer) = layers.get(at).copied() {
        layers.extend(
            WRAPPERS.iter().filter_map(|name| layer.get(*name)).filter(|it| it.is_object()),
        );
        at += 1;
    }
    layers
}

/// Not a known field of the record: a name or a preview may look like a value.
fn any_token(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.as_str()).filter(|text| text.starts_with(PREFIX)),
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
            assert_eq!((&*created.token.id, &*created.token.name), ("t-1", "a"), "{body}");
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
