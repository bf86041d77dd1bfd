//! Suggestions while a search is typed, and values to choose from.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::search::facet::natural;
use super::super::{Search, Suggestion};
use super::{Sample, query, sample_of, samples, search};
use crate::list::language::Key;

/// The text with each suggestion for the word before the bar, and its count.
fn completed(search: &Search, text: &str) -> Vec<(String, Option<usize>)> {
    let (before, after) = text.split_once('|').unwrap();
    let text = format!("{before}{after}");
    let Some(completion) = search.complete(&query(&text), before.len()) else { return Vec::new() };
    let put = |Suggestion { text: new, count, .. }: Suggestion| {
        let mut text = text.clone();
        text.replace_range(completion.range.clone(), &new);
        (text, count)
    };
    completion.suggestions.into_iter().map(put).collect()
}

fn texts(search: &Search, text: &str) -> Vec<String> {
    completed(search, text).into_iter().map(|(text, _)| text).collect()
}

fn few() -> Vec<Sample> {
    vec![
        Sample { project: Some(0), scopes: "a:b translations:read", ..sample_of("one") },
        Sample {
            project: Some(0),
            scopes: "a:b a:b",
            creator: Some("Mira Holt"),
            ..sample_of("two")
        },
        Sample { project: Some(1), creator: Some("Ole \"O\" \u{202E}Dahl"), ..sample_of("three") },
    ]
}

#[test]
fn keys_come_first_and_then_their_values_with_counts() {
    let search = search(&few());
    assert_eq!(texts(&search, "x p|"), ["x project:"]);
    assert_eq!(texts(&search, "-EX|"), ["-expires:"]);
    assert_eq!(texts(&search, "i|"), ["id:", "in:", "is:"]);
    for nothing in ["|", "x |", "|p", "web|", "name:a|", "pr|oject", "\"p|"] {
        let expected: &[&str] = if nothing == "pr|oject" { &["project:"] } else { &[] };
        assert_eq!(texts(&search, nothing), expected, "{nothing}");
    }
    let some = |text: &str, count| (text.to_owned(), Some(count));
    assert_eq!(
        completed(&search, "project:|"),
        [some("project:\"Web\"", 2), some("project:\"Ærø ferries\"", 1)]
    );
    assert_eq!(completed(&search, "project:FERR| o"), [some("project:\"Ærø ferries\" o", 1)]);
    assert_eq!(
        completed(&search, "scope:a|"),
        [some("scope:\"a:b\"", 2), some("scope:\"translations:read\"", 1)]
    );
    assert_eq!(completed(&search, "two scope:|"), [some("two scope:\"a:b\"", 1)]);
    assert_eq!(completed(&search, "-in:|"), [some("-in:\"Production\"", 3)]);
    assert_eq!(texts(&search, "is:no-|"), ["is:no-use", "is:no-expiry"]);
    assert_eq!(texts(&search, "is:nev|"), ["is:no-use"]);
    assert_eq!(texts(&search, "is:needs|"), ["is:attention"]);
    assert_eq!(texts(&search, "created:nev|"), [""; 0]);
    // A state is found without its key, once it is more than the beginning of any name.
    assert_eq!(completed(&search, "two sta|"), [("two is:stale".to_owned(), Some(0))]);
    assert_eq!(texts(&search, "exp|"), ["expires:", "is:expiring", "is:expired"]);
    assert_eq!(texts(&search, "-never|"), ["-is:no-use"]);
    assert_eq!(texts(&search, "st|"), [""; 0]);
    assert_eq!(
        texts(&search, "unused:>9|"),
        ["d", "w", "m", "y"].map(|unit| format!("unused:>9{unit}"))
    );
    assert_eq!(completed(&search, "expires:n|"), [some("expires:none", 3)]);
    assert!(texts(&search, "finding:no|").contains(&"finding:no-expiry".to_owned()));
}

#[test]
fn a_value_that_cannot_be_shown_is_still_found() {
    let search = search(&few());
    let [(text, _)] = &completed(&search, "creator:ole|")[..] else { panic!() };
    assert_eq!(text, "creator:\"Ole \"\"O\"\" \"*\"Dahl\"");
    let facet = search.facet(&query(text), Key::Creator);
    let chosen: Vec<_> = facet.values.iter().filter(|it| it.chosen).map(|it| &*it.label).collect();
    assert_eq!(chosen, ["Ole \"O\" ⟨U+202E⟩Dahl"]);
    let labels: Vec<_> = facet.values.iter().map(|it| natural(&it.label)).collect();
    assert!(labels.is_sorted(), "what is chosen stays in its place: {facet:?}");
}

#[test]
fn a_chosen_value_stands_in_the_text_and_leaves_it_again() {
    let search = search(&few());
    let choose = |text: &str, key: Key, label: &str| {
        let facet = search.facet(&query(text), key);
        let value = facet.values.into_iter().find(|value| value.label == label).unwrap();
        (value.text, value.count, value.chosen)
    };
    let is = |text: &str, count, chosen| (text.to_owned(), count, chosen);
    assert_eq!(choose("o", Key::Project, "Web"), is("o project:\"Web\"", 2, false));
    assert_eq!(choose("project:\"web\"  o", Key::Project, "Web"), is("o", 2, true));
    assert_eq!(
        choose("project:x -project:y o", Key::Project, "Ærø ferries"),
        is("-project:y o project:\"Ærø ferries\"", 1, false),
    );
    assert_eq!(choose("scope:\"a:b\" zzz", Key::Scope, "a:b"), is("zzz", 0, true));
    assert_eq!(search.facet(&query("scope:a zzz"), Key::Scope).values, []);
    assert_eq!(choose("scope:read", Key::Scope, "a:b"), is("scope:read scope:\"a:b\"", 1, false));
    assert_eq!(choose("-name:\"o", Key::Project, "Web").0, "-name:\"o\" project:\"Web\"");
}

#[test]
fn all_that_is_chosen_of_a_key_is_let_go_at_once() {
    let search = search(&few());
    let cleared = |text: &str, key| search.facet(&query(text), key).cleared;
    assert_eq!(cleared("scope:\"read\" o scope:\"a:b\"", Key::Scope).as_deref(), Some("o"));
    assert_eq!(cleared("project:\"Web\" o", Key::Project).as_deref(), Some("o"));
    assert_eq!(cleared("project:\"Web\" o", Key::Creator), None);
}

#[test]
fn values_are_sorted_as_people_count() {
    let names = ["Project 13", "project 6", "Ærø", "Project 6b", "100 days", "20 days"];
    let mut sorted = names;
    sorted.sort_by_cached_key(|name| natural(name));
    assert_eq!(sorted, ["20 days", "100 days", "project 6", "Project 6b", "Project 13", "Ærø"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_value_finds_as_many_tokens_as_it_says(
        samples in samples(),
        key in select(vec![Key::Project, Key::Scope, Key::Creator]),
        text in select(vec!["", "a", "-is:recent", "scope:read creator:\"aa\""]),
    ) {
        let mut search = search(&samples);
        for value in search.facet(&query(text), key).values {
            let found = search.ask(&query(&value.text), 0, 0, None).total;
            prop_assert!(value.chosen || found == value.count, "{value:?} finds {found}");
        }
    }
}
