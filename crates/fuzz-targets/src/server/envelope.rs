//! An answer with a list in it, wrapped as often as anybody likes.

use entri_api::{LogEntry, Member, Organization, Project, Token, answers};

/// The most entries that are read of a page.
const MOST_ENTRIES: usize = 100_000;
/// How many envelopes a list may be in.
const MOST_ENVELOPES: usize = 3;

/// A list comes out of three envelopes as it went in, and of more not at all; and it has its end, whatever
/// it is a list of. Words about a failure and about a change have theirs.
///
/// # Panics
/// Where that does not hold.
pub fn envelope(bytes: &[u8]) {
    let tokens = answers::list::<Token>(bytes);
    let projects = answers::list::<Project>(bytes).map(|list| list.len());
    let members = answers::list::<Member>(bytes).map(|list| list.len());
    let log = answers::list::<LogEntry>(bytes).map(|list| list.len());
    let organizations = answers::list::<Organization>(bytes).map(|list| list.len());
    let length = tokens.as_ref().map(Vec::len);
    assert_eq!([projects, members, log, organizations], [length; 4], "a list is one for everybody");
    assert!(length.is_none_or(|length| length <= MOST_ENTRIES));
    assert!(answers::words(bytes).text().chars().count() <= 300);
    let _ = answers::is_done(bytes);
    // A text that isn't JSON by itself may become JSON in an envelope.
    if tokens.is_none() || bytes.trim_ascii_start().first() != Some(&b'[') {
        return;
    }
    for (before, after) in
        [(r#"{"data":"#, "}"), (r#"{"meta":{"meta":{}},"items":"#, r#","total":1}"#)]
    {
        for envelopes in [1, MOST_ENVELOPES, MOST_ENVELOPES + 1, 20] {
            let (before, after) = (before.repeat(envelopes), after.repeat(envelopes));
            let wrapped = [before.as_bytes(), bytes, after.as_bytes()].concat();
            let list = answers::list::<Token>(&wrapped);
            let expected = tokens.as_ref().filter(|_| envelopes <= MOST_ENVELOPES);
            assert_eq!(list.as_ref(), expected, "{envelopes} of {before:.20}");
        }
    }
}
