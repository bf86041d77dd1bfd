//! A list in several pages, as a server may tell of them.

use std::collections::HashSet;

use entri_api::{Token, answers};
use reqwest::header::{HeaderMap, HeaderValue, LINK};

/// The most requests for a list that is read twice.
const MOST_ASKED: usize = 20_001;
/// The longest path of a request: a cursor of 4 KiB, encoded, under two names.
const LONGEST: usize = 32 * 1024;

/// Each line is an answer: a `Link` header and a tab, if that is there, and a body. After the last line the
/// server begins again, or where the first byte is a `!` it refuses. The list ends, it asks this list and no
/// other, and it is called whole only where every answer could be read, had no unreadable entry and no id
/// twice, and everything that came is in it.
///
/// # Panics
/// Where that does not hold.
pub fn pages(bytes: &[u8]) {
    let refuses = bytes.first() == Some(&b'!');
    let bytes = if refuses { &bytes[1..] } else { bytes };
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let (mut asked, mut is_cut, mut given) = (0, false, HashSet::new());
    let (ids, skipped, completeness) = answers::pages::<Token>(|place| {
        let rest = place.strip_prefix("/list").expect("it asks for this list");
        assert!(rest.is_empty() || rest.starts_with('?'), "{place}");
        assert!(place.len() <= LONGEST, "{} bytes are asked for", place.len());
        if asked == 0 {
            given.clear();
        }
        let answer = if refuses { lines.get(asked) } else { lines.get(asked % lines.len()) };
        asked += 1;
        assert!(asked <= MOST_ASKED, "it has no end");
        is_cut |= answer.is_none();
        let (headers, body) = parted(answer?);
        let list = answers::list::<Token>(body);
        is_cut |= list.is_none();
        given.extend(list?.into_iter().flatten().map(|token| token.id.0));
        Some((headers, body.to_vec()))
    });
    if completeness.proof().is_some() {
        assert!(!is_cut && skipped == 0, "whole, though something is missing");
        let listed: HashSet<_> = ids.iter().cloned().collect();
        assert_eq!(listed.len(), ids.len(), "whole, though an id is there twice");
        assert!(listed.is_subset(&given), "made up");
    }
}

fn parted(line: &[u8]) -> (HeaderMap, &[u8]) {
    let mut headers = HeaderMap::new();
    let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { return (headers, line) };
    if let Ok(link) = HeaderValue::from_bytes(&line[..tab]) {
        headers.insert(LINK, link);
    }
    (headers, &line[tab + 1..])
}
