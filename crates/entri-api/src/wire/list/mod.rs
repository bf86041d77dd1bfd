//! A page of a list, as an array or in any envelope of docs/entri-api.md#lists.

#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::entry::{Entry, Wire};
use super::value::Fields;
use super::words::Words;
use crate::clock::time_at;

/// The names a list has been seen or may be found under.
const NAMES: [&str; 9] = [
    "data",
    "tokens",
    "apiTokens",
    "items",
    "results",
    "docs",
    "members",
    "projects",
    "activities",
];
/// How many envelopes a list may be in. Nobody needs more, and each costs a pass over the answer.
const MOST_ENVELOPES: usize = 3;

/// The most entries that are read of a page. A page of 8 MiB with this many has no room for an id
/// and a name each.
pub(crate) const MOST_ENTRIES: usize = 100_000;

/// A page of a list.
#[derive(Debug)]
pub(crate) struct List<T> {
    /// Its entries, with `None` for an unreadable one. The rest of the list is still shown
    /// (docs/entri-api.md#tolerance).
    pub(crate) items: Vec<Option<T>>,
    /// Whether it has more than [`MOST_ENTRIES`].
    pub(crate) too_large: bool,
    /// How long the answer was, in bytes.
    pub(crate) bytes: usize,
    /// What the server says about the list's pages.
    pub(crate) words: Words,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), too_large: false, bytes: 0, words: Words::default() }
    }
}

impl<T: Entry> List<T> {
    /// Reads the entries as of `now`. `None` if the body has no list.
    pub(crate) fn read(body: &[u8], now: DateTime<Utc>) -> Option<Self> {
        let mut raw: &RawValue = serde_json::from_slice(body).ok()?;
        let mut words = Words::default();
        for _ in 0..=MOST_ENVELOPES {
            let text = raw.get();
            if text.starts_with('[') {
                let mut json = serde_json::Deserializer::from_str(text);
                let (items, too_large) =
                    Entries { now, of: PhantomData }.deserialize(&mut json).ok()?;
                return Some(Self { items, too_large, bytes: body.len(), words });
            }
            let fields = Fields::read(text, |name| NAMES.contains(&name) || Words::are_in(name))?;
            // The statement nearest to the list counts.
            words = Words::read(&fields).or(words);
            raw = within(&fields)?;
        }
        None
    }

    /// Like [`Self::read`], with what the headers say about the pages and the time.
    pub(crate) fn answered(body: &[u8], headers: &HeaderMap) -> Option<Self> {
        let list = Self::read(body, time_at(headers, Utc::now()))?;
        Some(Self { words: list.words.or(Words::link(headers)), ..list })
    }
}

/// The entries of an array, and whether there are more than are read. None is held as it was sent: a page
/// of nothing but commas has millions.
struct Entries<T> {
    now: DateTime<Utc>,
    of: PhantomData<T>,
}

impl<'de, T: Entry> DeserializeSeed<'de> for Entries<T> {
    type Value = (Vec<Option<T>>, bool);

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de, T: Entry> Visitor<'de> for Entries<T> {
    type Value = (Vec<Option<T>>, bool);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() < MOST_ENTRIES {
            let Some(raw) = list.next_element::<&RawValue>()? else { return Ok((items, false)) };
            items.push(T::from_wire(Wire { raw, now: self.now }));
        }
        let mut too_large = false;
        while list.next_element::<IgnoredAny>()?.is_some() {
            too_large = true;
        }
        Ok((items, too_large))
    }
}

/// The content of an envelope: a list, or else another envelope.
fn within<'a>(fields: &Fields<'a>) -> Option<&'a RawValue> {
    let named = || NAMES.iter().filter_map(|name| fields.get(name));
    let of = |start: char| named().find(|raw| raw.get().starts_with(start));
    of('[').or_else(|| of('{'))
}
