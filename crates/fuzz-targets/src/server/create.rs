//! The response to a create: the only one that has the token's value.

use std::fmt;

use entri_api::{CreatedToken, Secret, answers};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::fields::Fields;

const NAMES_OF_THE_VALUE: [&str; 6] = ["token", "key", "apiKey", "value", "plainToken", "rawToken"];
/// Fields of the record, whose texts may look like a value (docs/entri-api.md#tokens).
const OF_THE_RECORD: [&str; 14] = [
    "_id",
    "id",
    "tokenId",
    "name",
    "label",
    "description",
    "prefix",
    "tokenPrefix",
    "preview",
    "start",
    "maskedToken",
    "last4",
    "lastFour",
    "hint",
];
const PREFIX: &str = "entri_";

/// The value is found, or what came is kept; and it is none of the token's other fields.
///
/// # Panics
/// Where that does not hold.
pub fn create(bytes: &[u8]) {
    // A byte order mark is dropped, and what is not UTF-8 costs a character (docs/entri-api.md#tokens).
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let answer = serde_json::from_str::<Value>(&text).ok();
    let texts = texts(&text);
    let outcome = answers::created(bytes);
    match &outcome {
        Ok(created) => understood(created, &texts),
        Err(kept) => {
            let whole = kept.expose() == text;
            assert!(whole || is_one_of(kept, &texts), "neither the answer nor its value is kept");
        }
    }
    if let Some((id, value)) = answer.as_ref().and_then(documented).filter(|_| is_clear(&text)) {
        let created = outcome.expect("the documented form is understood");
        assert_eq!((&*created.token.id.0, created.secret.expose()), (id, value));
    }
}

fn understood(created: &CreatedToken, texts: &[(String, String)]) {
    let (token, value) = (&created.token, created.secret.expose());
    assert!(!token.id.0.is_empty() && is_one_of(&created.secret, texts), "{token:?}");
    let places: Vec<_> = texts.iter().filter(|(_, text)| *text == value).collect();
    let by_name = places.iter().any(|(name, _)| NAMES_OF_THE_VALUE.contains(&name.as_str()));
    let own = |(name, _): &&&(String, String)| OF_THE_RECORD.contains(&name.as_str());
    let other_field = !places.is_empty() && places.iter().filter(own).count() == places.len();
    assert!(by_name || !other_field, "taken for a value: {value}");
    let alone = texts.iter().filter(|(_, text)| text.contains(value)).count() == 1;
    if alone && value.starts_with(PREFIX) {
        assert!(!format!("{created:?}").contains(value), "the value is printed");
    }
}

fn is_one_of(secret: &Secret, texts: &[(String, String)]) -> bool {
    !secret.expose().is_empty() && texts.iter().any(|(_, text)| *text == secret.expose())
}

/// Every text of an answer with the name of the field it is in. Where a name comes twice in one object, the
/// text of each: which of them counts is for the app to choose.
fn texts(answer: &str) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut json = serde_json::Deserializer::from_str(answer);
    let read = Texts { name: "", texts: &mut texts }.deserialize(&mut json);
    if read.and_then(|()| json.end()).is_err() {
        texts.clear();
    }
    texts
}

struct Texts<'a> {
    name: &'a str,
    texts: &'a mut Vec<(String, String)>,
}

impl<'de> DeserializeSeed<'de> for Texts<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Texts<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.texts.push((self.name.to_owned(), text.to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Texts { name: self.name, texts: self.texts })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            fields.next_value_seed(Texts { name: &name, texts: self.texts })?;
        }
        Ok(())
    }
}

/// Whether nobody has to choose among several ids or values.
fn is_clear(answer: &str) -> bool {
    let Ok(Fields(fields)) = serde_json::from_str(answer) else { return false };
    let once = |name| fields.iter().filter(|(known, _)| known == name).count() == 1;
    once("_id") && once("token")
}

/// The id and the value, if the response has the documented form.
fn documented(answer: &Value) -> Option<(&str, &str)> {
    // A text that lost a character isn't a value to deliver.
    let whole = |text: &&str| !text.is_empty() && !text.contains(char::REPLACEMENT_CHARACTER);
    let text = |name| answer.get(name)?.as_str().filter(whole);
    Some((text("_id")?, text("token")?))
}
