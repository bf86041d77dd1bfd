//! The fields of an object that somebody looks at, as they were sent. The others cost nothing, however
//! many there are.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{LONGEST, exact};

/// Some fields of an object.
pub(crate) struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// Reads the fields whose names are wanted; of several with one name, the last. `None` if the
    /// text isn't an object.
    pub(crate) fn read(text: &'a str, wanted: impl Fn(&str) -> bool) -> Option<Self> {
        let mut json = serde_json::Deserializer::from_str(text);
        let fields = Wanted(wanted).deserialize(&mut json).ok()?;
        json.end().ok().map(|()| fields)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// The value of a field, unless it is longer than any honest one: a list of nothing takes eighty
    /// times the memory of its text.
    pub(crate) fn value(&self, name: &str) -> Option<Value> {
        let text = self.get(name)?.get();
        Some(text).filter(|it| it.len() <= LONGEST).and_then(|it| serde_json::from_str(it).ok())
    }

    /// Each as [`exact`] reads it, without what cannot be read.
    pub(crate) fn exact(self) -> Map<String, Value> {
        self.each(exact)
    }

    /// Each as this reads it, without what it does not.
    pub(crate) fn each(self, read: impl Fn(&RawValue) -> Option<Value>) -> Map<String, Value> {
        self.0.into_iter().filter_map(|(name, value)| Some((name, read(value)?))).collect()
    }

    fn put(&mut self, name: String, value: &'a RawValue) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = value,
            None => self.0.push((name, value)),
        }
    }
}

struct Wanted<F>(F);

impl<'de, F: Fn(&str) -> bool> DeserializeSeed<'de> for Wanted<F> {
    type Value = Fields<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fields<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: Fn(&str) -> bool> Visitor<'de> for Wanted<F> {
    type Value = Fields<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Fields(Vec::new());
        while let Some(name) = map.next_key::<String>()? {
            if (self.0)(&name) {
                fields.put(name, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Option<Map<String, Value>> {
        Fields::read(text, |name| ["id", "name"].contains(&name)).map(Fields::exact)
    }

    #[test]
    fn what_is_wanted_is_kept_and_of_two_the_last() {
        let fields = read(r#"{"id":1,"x":[[[]]],"name":"\ud83d","id":2,"\u0069d":3}"#).unwrap();
        assert_eq!(Value::Object(fields), json!({"id": "3"}));
        for none in ["", "[]", "7", r#"{"id":1"#, r#"{"id":1} x"#, r#"{"id":1,}"#] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_value_without_end_is_none() {
        let text = format!(r#"{{"short":[1],"long":[{}1]}}"#, "1,".repeat(LONGEST));
        let fields = Fields::read(&text, |_| true).unwrap();
        assert_eq!((fields.value("short"), fields.value("long")), (Some(json!([1])), None));
        assert!(fields.get("long").is_some());
    }
}
