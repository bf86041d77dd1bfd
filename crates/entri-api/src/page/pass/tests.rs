use super::*;
use crate::wire::Next;

#[test]
fn a_page_that_was_promised_and_repeats_another_is_no_end() {
    let last_of_two = Words { total_pages: Some(2), ..Words::default() };
    let mut pass = Pass::default();
    assert!(pass.take(2, ["a", "b"].into_iter(), &last_of_two).verdict.is_none());
    let again = pass.take(2, ["a", "b"].into_iter(), &last_of_two);
    assert_eq!(again.verdict, Some(Err(Incomplete::CutShort)));
}

#[test]
fn a_cursor_that_leads_to_the_same_entries_is_no_end() {
    let told = |value: Option<&str>| {
        let next =
            |value: &str| Next::Cursor { name: "cursor".to_owned(), value: value.to_owned() };
        Words { next: value.map(next), ..Words::default() }
    };
    for (second, verdict) in [
        (Some("b"), Ok(Whole::PROVEN)),
        (Some("c"), Err(Incomplete::CutShort)),
        (None, Err(Incomplete::CutShort)),
    ] {
        let mut pass = Pass::default();
        assert!(pass.take(1, ["a"].into_iter(), &told(Some("b"))).verdict.is_none());
        let again = pass.take(1, ["a"].into_iter(), &told(second));
        assert_eq!(again.verdict, Some(verdict), "{second:?}");
    }
}

#[test]
fn a_cursor_that_stops_coming_is_the_end() {
    let next = |value: &str| Next::Cursor { name: "next".to_owned(), value: value.to_owned() };
    let led = |value| Words { next: Some(next(value)), ..Words::default() };
    for (more, total, verdict) in [
        (None, None, Some(Ok(Whole::PROVEN))),
        (None, Some(2), Some(Ok(Whole::PROVEN))),
        // Its other words count.
        (Some(true), None, None),
        (None, Some(3), None),
    ] {
        let mut pass = Pass::default();
        let first = pass.take(1, ["a"].into_iter(), &Words { total, ..led("b") });
        assert!(first.verdict.is_none());
        let last = pass.take(1, ["b"].into_iter(), &Words { total, more, ..Words::default() });
        assert_eq!(last.verdict, verdict, "{more:?} {total:?}");
    }
}

#[test]
fn a_list_without_end_is_cut_and_said() {
    for total_pages in [None, Some(4_000_000)] {
        let words = Words { total_pages, ..Words::default() };
        let mut pass = Pass::default();
        for page in 1..MOST_PAGES {
            assert!(pass.take(1, [&*page.to_string()].into_iter(), &words).verdict.is_none());
        }
        let last = pass.take(1, ["last"].into_iter(), &words);
        assert_eq!(last.verdict, Some(Err(Incomplete::TooLarge)));
    }
}

/// All of them are kept, so that nobody revokes by an id shared by several tokens.
#[test]
fn a_list_of_the_same_ids_and_some_others_is_cut() {
    let ids: Vec<String> = (0..MOST_REPEATED).map(|id| id.to_string()).collect();
    let mut pass = Pass::default();
    let mut take = |fresh: &'static str, entries: usize| {
        let page = ids[..entries].iter().map(String::as_str).chain([fresh]);
        pass.take(entries + 1, page, &Words::default()).verdict
    };
    assert_eq!(take("a", MOST_REPEATED), None);
    assert_eq!(take("b", MOST_REPEATED), None);
    assert_eq!(take("c", 1), Some(Err(Incomplete::TooLarge)));
}

/// Somebody created a token meanwhile, so the last one of page 1 is also on page 2, next to an
/// unreadable one.
#[test]
fn what_cannot_be_read_beside_what_came_before_is_missing() {
    let mut pass = Pass::default();
    assert!(pass.take(2, ["a", "b"].into_iter(), &Words::default()).verdict.is_none());
    assert!(pass.take(2, ["b"].into_iter(), &Words::default()).verdict.is_none());
    let last = pass.take(0, [].into_iter(), &Words::default());
    assert_eq!(last.verdict, Some(Err(Incomplete::Unreadable(1))));
}

/// A server that takes no notice of `page` gives what cannot be read again, too.
#[test]
fn a_page_with_what_cannot_be_read_that_comes_again_ends_the_list() {
    let mut pass = Pass::default();
    assert!(pass.take(3, ["a"].into_iter(), &Words::default()).verdict.is_none());
    let again = pass.take(3, ["a"].into_iter(), &Words::default());
    assert_eq!(again.verdict, Some(Err(Incomplete::Unreadable(2))));
}
