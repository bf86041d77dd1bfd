//! A page of a list, as an array or in any envelope of contract §6.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::entry::{Entry, Wire};

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
/// The names of what tells about the pages; it may also stand beside the list.
const META: [&str; 2] = ["meta", "pagination"];

type Fields<'a> = HashMap<String, &'a RawValue>;

/// A page of a list.
#[derive(Debug)]
pub(crate) struct List<T> {
    /// Its entries; `None` for one that cannot be read. The rest of the list still shows (§13).
    pub(crate) items: Vec<Option<T>>,
    /// How many pages there are, where the server says.
    pub(crate) total_pages: Option<u32>,
    /// How many entries there are on all pages, where the server says.
    pub(crate) total: Option<u32>,
}

impl<T: Entry> List<T> {
    /// `None` where there is no list in it.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        Self::from_raw(serde_json::from_slice(body).ok()?)
    }

    fn from_raw(raw: &RawValue) -> Option<Self> {
        let text = raw.get();
        if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(text) {
            let items = items.into_iter().map(|item| T::from_wire(Wire(item))).collect();
            return Some(Self { items, total_pages: None, total: None });
        }
        let fields: Fields<'_> = serde_json::from_str(text).ok()?;
        let mut list = NAMES.iter().find_map(|name| Self::from_raw(fields.get(*name)?))?;
        list.total_pages = list.total_pages.or_else(|| number(&fields, "totalPages"));
        list.total = list.total.or_else(|| number(&fields, "total"));
        Some(list)
    }
}

fn number(fields: &Fields<'_>, name: &str) -> Option<u32> {
    let metas = META.iter().filter_map(|meta| serde_json::from_str(fields.get(*meta)?.get()).ok());
    let nested = metas.into_iter().find_map(|meta: Fields<'_>| plain(meta.get(name)?));
    nested.or_else(|| plain(fields.get(name)?))
}

fn plain(raw: &RawValue) -> Option<u32> {
    raw.get().trim_matches('"').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Token;
    use proptest::prelude::*;

    fn read(body: &str) -> Option<(usize, Option<u32>, Option<u32>)> {
        List::<Token>::read(body.as_bytes())
            .map(|list| (list.items.len(), list.total_pages, list.total))
    }

    #[test]
    fn every_form_of_list_is_read() {
        assert_eq!(read(r#" [{"id":"a"}] "#), Some((1, None, None)));
        assert_eq!(read(r#"{"data":[]}"#), Some((0, None, None)));
        assert_eq!(read(r#"{"tokens":[{}],"totalPages":3}"#), Some((1, Some(3), None)));
        assert_eq!(
            read(r#"{"meta":{"page":1,"total":7,"totalPages":2},"data":[{},{}]}"#),
            Some((2, Some(2), Some(7)))
        );
        assert_eq!(
            read(r#"{"pagination":{"totalPages":"4"},"results":[{}]}"#),
            Some((1, Some(4), None))
        );
        assert_eq!(
            read(r#"{"data":{"items":[{}],"meta":{"totalPages":5}}}"#),
            Some((1, Some(5), None))
        );
        assert_eq!(read(r#"{"data":null,"docs":[{}]}"#), Some((1, None, None)));
        for name in NAMES {
            assert_eq!(read(&format!(r#"{{"{name}":[{{}}]}}"#)), Some((1, None, None)), "{name}");
        }
    }

    #[test]
    fn what_is_no_list_is_none() {
        for body in ["", "null", "3", r#""data""#, "{}", r#"{"data":-1}"#, r#"[{"id":"a"}"#, "<p>"]
        {
            assert_eq!(read(body), None, "{body}");
        }
    }

    #[test]
    fn a_malformed_entry_leaves_the_others() {
        let body = r#"[{"id":"a"},null,7,-1,1.5,true,"x",[[1]],{"id":"\ud800"},{"id":"b"}]"#;
        let list = List::<Token>::read(body.as_bytes()).unwrap();
        let good: Vec<bool> = list.items.iter().map(Option::is_some).collect();
        assert_eq!(good, [true, false, false, false, false, false, false, false, false, true]);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            List::<Token>::read(&body);
        }
    }
}
