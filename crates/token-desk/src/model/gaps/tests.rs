use super::*;

#[test]
fn numbers_have_their_own_words() {
    let said = |reason| Part::Organization.things().incomplete(reason);
    for (reason, starts) in [
        (Incomplete::Unreadable(1), "1 entry in the list of tokens of the organization could"),
        (Incomplete::Unreadable(2), "2 entries in the list of tokens of the organization could"),
        (Incomplete::Miscounted { read: 0, total: 1 }, "The server says there is 1 token of "),
        (Incomplete::Miscounted { read: 1, total: 2 }, "The server says there are 2 tokens of "),
    ] {
        assert!(said(reason).starts_with(starts), "{}", said(reason));
    }
}

#[test]
fn thousands_of_parts_are_counted_not_named() {
    let gap = |id: usize| {
        let part = Part::Project { id: ProjectId(id.to_string()), name: id.to_string() };
        Gap { part, why: Why::Incomplete(Incomplete::TookTooLong) }
    };
    for (parts, sentences, last) in [
        (20, 20, "Loading the tokens of “19” took"),
        (21, 21, "1 more part of the list is incomplete."),
        (10_000, 21, "9980 more parts of the list are incomplete."),
    ] {
        let said = said(&(0..parts).map(gap).collect::<Vec<_>>());
        assert_eq!(said.len(), sentences);
        assert!(said[sentences - 1].starts_with(last), "{:?}", said.last());
    }
}

#[test]
fn a_hostile_name_is_drawn_as_what_it_is() {
    let part = Part::Project { id: "p".into(), name: "a\u{202E}b".to_owned() };
    let gap = Gap { part, why: Why::Incomplete(Incomplete::Moved) };
    assert!(!gap.said().contains('\u{202E}'), "{}", gap.said());
}
