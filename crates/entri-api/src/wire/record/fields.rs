//! Goes through the fields of a record and offers each to it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::alias::Alias;
use super::super::value::{exact, lost_digits};
use super::Record;

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields { piece_by_piece: false })
    }
}

/// Takes the fields of a record as they come.
pub(super) struct Fields {
    /// Whether to read each value on its own. An unreadable one, such as a text cut within a
    /// character or a number out of range, must not cost the row; a number that is an id keeps its
    /// digits; and only part of an overlong one is read. This is slower, so it is done only where
    /// needed.
    pub(super) piece_by_piece: bool,
}

impl<'de> Visitor<'de> for Fields {
    type Value = Record;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let mut record = Record::default();
        while let Some(Alias(alias)) = map.next_key()? {
            match alias {
                Some((meaning, rank)) if self.piece_by_piece => {
                    record.offer(meaning, rank, exact(map.next_value::<&RawValue>()?));
                }
                Some((meaning, rank)) => {
                    let value: Value = map.next_value()?;
                    if !meaning.is_date() && lost_digits(&value) {
                        return Err(Error::custom("the digits of an id are in the text alone"));
                    }
                    record.offer(meaning, rank, Some(value));
                }
                // A full value that some server lists by mistake is passed over unread
                // (docs/entri-api.md#list).
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(record)
    }
}
