//! Search, filter, sort and paging give what the naive model gives.

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::select;
use token_audit::{Date, View};

use super::super::{Query, Search, Sort};
use super::{Sample, key, model, now, sample_of, samples, search, text};

const SORTS: [Sort; 7] = [
    Sort::Name,
    Sort::Project,
    Sort::CreatedBy,
    Sort::Use,
    Sort::Expires,
    Sort::Created,
    Sort::LastUsed,
];

prop_compose! {
    /// Words out of the same letters as the names, and some that stand in other fields.
    fn query()(
        words in prop::collection::vec(
            prop_oneof![3 => text(1), 1 => select(vec!["ORGAN", "ferries", "read", "mira"])
                .prop_map(str::to_owned)],
            0..3,
        ),
        view in select(View::ALL.to_vec()),
        sort in select(SORTS.to_vec()),
        descending: bool,
    ) -> Query {
        Query { text: words.join(" "), view, sort, descending, ..Query::default() }
    }
}

fn ids(search: &mut Search, query: &Query, top: usize, len: usize) -> Vec<String> {
    let window = search.ask(query, top, len, None);
    window.rows.iter().map(|&index| search.list.id(index).0.to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_answer_is_that_of_the_model(samples in samples(), query in query()) {
        let mut search = search(&samples);
        let expected = model::answer(&samples, &query);
        prop_assert_eq!(ids(&mut search, &query, 0, usize::MAX), &expected[..]);
        // Asked again, it comes from what was kept.
        let window = search.ask(&query, 0, 0, None);
        prop_assert_eq!((window.total, window.rows.len()), (expected.len(), 0));
    }

    #[test]
    fn every_column_sorts_as_the_model_does(samples in samples(), descending: bool) {
        let mut search = search(&samples);
        search.warm();
        for sort in SORTS {
            let query = Query { sort, descending, ..Query::default() };
            let expected = model::answer(&samples, &query);
            prop_assert_eq!(ids(&mut search, &query, 0, usize::MAX), &expected[..], "{:?}", sort);
        }
    }

    #[test]
    fn the_cards_count_what_they_show(samples in samples()) {
        let mut search = search(&samples);
        for view in View::ALL {
            let expected = model::count(&samples, view);
            prop_assert_eq!(search.judged.counts().of(view) as usize, expected, "{:?}", view);
            let query = Query { view, ..Query::default() };
            prop_assert_eq!(search.ask(&query, 0, 0, None).total, expected, "{:?}", view);
        }
    }

    #[test]
    fn pages_put_together_are_the_whole_answer(
        samples in samples(),
        query in query(),
        size in 1..9_usize,
    ) {
        let mut search = search(&samples);
        let whole = ids(&mut search, &query, 0, usize::MAX);
        let starts = (0..=samples.len() + size).step_by(size);
        let pages: Vec<_> = starts.flat_map(|top| ids(&mut search, &query, top, size)).collect();
        prop_assert_eq!(&pages, &whole);
        for (position, id) in whole.iter().enumerate() {
            prop_assert_eq!(search.ask(&query, 0, 1, Some(&key(id))).anchor, Some(position));
        }
    }
}

#[test]
fn never_used_tokens_come_last_and_the_newest_of_them_first() {
    let day = |days| Date::At(now() - TimeDelta::days(days));
    let sample = |id: &str, created, last_used| Sample { created, last_used, ..sample_of(id) };
    let mut search = search(&[
        sample("undated", Date::None, Date::None),
        sample("unused-old", day(300), Date::None),
        sample("unused-new", day(3), Date::None),
        sample("unreadable", day(1), Date::Unreadable),
        sample("used-new", day(2), day(1)),
        sample("used-old", day(400), day(90)),
    ]);
    let unused = ["unused-new", "unused-old", "undated", "unreadable"];
    for (descending, used) in [(true, ["used-new", "used-old"]), (false, ["used-old", "used-new"])]
    {
        let query = Query { sort: Sort::LastUsed, descending, ..Query::default() };
        let expected = [&used[..], &unused].concat();
        assert_eq!(ids(&mut search, &query, 0, 9), expected, "{descending}");
    }
}

#[test]
fn no_word_is_found_across_two_fields() {
    let sample = |id: &str, name: &str| Sample { name: name.to_owned(), ..sample_of(id) };
    let mut search = search(&[sample("cd", "ab"), sample("ef", "x")]);
    let mut found = |text: &str| {
        let query = Query { text: text.to_owned(), ..Query::default() };
        ids(&mut search, &query, 0, 9)
    };
    assert_eq!(found("ab CD"), ["cd"], "each word in a field of its own");
    assert_eq!(found("bc"), [""; 0], "end of the name and start of the id");
    assert_eq!(found("dorg"), [""; 0], "end of the id and start of the project");
    assert_eq!(found("nx"), [""; 0], "end of one token and start of the next");
}

#[test]
fn the_same_name_is_found_however_it_is_spelled() {
    let sample = |id: &str, name: &str| Sample { name: name.to_owned(), ..sample_of(id) };
    let mut search = search(&[
        sample("a", "Café"),
        sample("b", "İstanbul deploy"),
        sample("c", "ΟΔΟΣ"),
        sample("d", "ﬁle-sync"),
    ]);
    for (text, id) in [
        ("CAFE\u{301}", "a"),
        ("name:cafe\u{301}", "a"),
        ("istanbul", "b"),
        ("οδος", "c"),
        ("οδοσ", "c"),
        ("file", "d"),
        ("name:file*", "d"),
    ] {
        let query = Query { text: text.to_owned(), ..Query::default() };
        assert_eq!(ids(&mut search, &query, 0, 9), [id], "{text}");
    }
}
