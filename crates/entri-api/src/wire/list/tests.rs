use super::*;
use crate::model::token::Token;
use proptest::prelude::*;

fn read(body: &str) -> Option<(usize, Option<u32>, Option<u32>)> {
    List::<Token>::read(body.as_bytes(), Utc::now())
        .map(|list| (list.items.len(), list.words.total_pages, list.words.total))
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
    for body in ["", "null", "3", r#""data""#, "{}", r#"{"data":-1}"#, r#"[{"id":"a"}"#, "<p>"] {
        assert_eq!(read(body), None, "{body}");
    }
}

#[test]
fn a_malformed_entry_leaves_the_others() {
    let body = r#"[{"id":"a"},null,7,-1,1.5,true,"x",[[1]],{"id":"\ud800"},{"id":"b"}]"#;
    let list = List::<Token>::read(body.as_bytes(), Utc::now()).unwrap();
    let good: Vec<bool> = list.items.iter().map(Option::is_some).collect();
    assert_eq!(good, [true, false, false, false, false, false, false, false, false, true]);
}

#[test]
fn of_more_entries_than_any_page_has_the_first_are_read() {
    for (entries, too_large) in [(MOST_ENTRIES, false), (MOST_ENTRIES + 1, true)] {
        let body = format!(r#"{{"data":[{}0]}}"#, "0,".repeat(entries - 1));
        let list = List::<Token>::read(body.as_bytes(), Utc::now()).unwrap();
        assert_eq!((list.items.len(), list.too_large), (MOST_ENTRIES, too_large));
    }
}

/// 54 KB of envelopes once ended the process, and 200 KB took a minute.
#[test]
fn envelopes_without_end_are_no_list() {
    for levels in [4, 6_000, 400_000] {
        let body = format!("{}[]{}", r#"{"data":"#.repeat(levels), "}".repeat(levels));
        assert_eq!(read(&body), None, "{levels}");
    }
    let body = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(read(&body), Some((1, None, None)));
    assert_eq!(read(r#"{"data":{"data":{"data":[{}]}}}"#), Some((1, None, None)));
}

proptest! {
    #[test]
    fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        List::<Token>::read(&body, Utc::now());
    }
}
