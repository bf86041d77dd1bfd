//! The meanings of words, and the errors for words without one.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::folded::folded;

fn only(text: &str) -> Test {
    let parsed = parse(text);
    assert_eq!((parsed.terms.len(), &parsed.problems[..]), (1, &[][..]), "{text}");
    parsed.terms[0].test.clone()
}

fn problem(text: &str) -> (&str, String) {
    let parsed = parse(text);
    let [problem] = &parsed.problems[..] else { panic!("{text}: {:?}", parsed.problems) };
    (&text[problem.range.clone()], problem.message.clone())
}

fn fits(value: &str, field: &str) -> bool {
    Pattern::of(value).matcher().fits(folded(field).as_bytes())
}

#[test]
fn plain_words_stay_what_they_are() {
    for text in ["translations:read", "a*b", "5\"", "-", "projects:write", ":", "http://x", "*"] {
        assert_eq!(only(text), Test::Word(text.to_owned()));
    }
    assert_eq!(parse("5\" pipe \"x y").terms.len(), 3, "a quote within a word opens nothing");
    assert_eq!(only("Ærø"), Test::Word("ærø".to_owned()));
    assert_eq!(only("\"two Words\""), Test::Word("two words".to_owned()));
    assert_eq!(only("\"name:x\""), Test::Word("name:x".to_owned()), "quotes keep it a text");
    assert_eq!(parse("\" ").terms[0].test, Test::Word(" ".to_owned()));
    assert_eq!(parse("\"\" -\"\"  "), Parsed::default());
}

#[test]
fn every_entry_of_the_table_is_a_term() {
    for (at, entry) in KEYS.iter().enumerate() {
        assert_eq!(entry.key as usize, at, "the table is in the order of the keys");
        let typed = format!("{}:", entry.name);
        assert_eq!(word_at(&typed, typed.len()).unwrap().key, Some(entry.key));
        only(entry.example);
        only(&entry.example.to_uppercase().replace("T-", "t-"));
        for (value, _) in entry.values {
            only(&format!("{}:{value}", entry.name));
        }
    }
    for (form, _) in FORMS {
        assert_eq!(parse(form).problems, [], "{form}");
        assert!(KEYS.iter().all(|entry| entry.example != form), "{form} stands there twice");
    }
    for (word, state, _) in STATES {
        assert_eq!(only(&format!("is:{word}")), Test::Is(state));
    }
}

#[test]
fn the_guide_has_the_table() {
    let guide = include_str!("../../../../../docs/guide/stale.md");
    for entry in &KEYS {
        let row = format!("| `{}` | {} |", entry.example, entry.about);
        assert!(guide.contains(&row), "docs/guide/stale.md lacks\n{row}");
    }
    for (form, about) in FORMS {
        let row = format!("| `{form}` | {about} |");
        assert!(guide.contains(&row), "docs/guide/stale.md lacks\n{row}");
    }
}

#[test]
fn a_value_without_signs_stands_anywhere_and_one_with_them_is_the_whole_field() {
    assert!(fits("web", "My Web app") && !fits("\"Web\"", "My Web app") && fits("\"WEB\"", "web"));
    assert!(fits("ci*", "ci-eu") && !fits("ci*", "my ci") && fits("*ci", "my ci"));
    assert!(fits("a*b*c", "a-b-b-c") && !fits("a*b*c", "a-c-b") && !fits("ab*ba", "aba"));
    assert!(fits("\"a b\"*", "A b c") && !fits("\"a*\"", "ab") && fits("\"a*\"", "a*"));
    assert!(fits("\"5\"\" pipe\"", "5\" pipe"), "two quotes are one");
    assert!(fits("\"\"", "") && !fits("\"\"", "x") && fits("*", ""));
    assert!(fits("\"unclosed val", "unclosed val"), "while it is typed");
}

#[test]
fn lengths_of_time_are_read() {
    let day = 86_400;
    let holds =
        |text: &str, days: i64, more: i64| Span::parse(text).unwrap().holds(days * day + more);
    assert!(!holds(">90d", 90, 0) && holds(">90d", 90, 1) && holds(">=90d", 90, 0));
    assert!(holds("90d", 90, 0) && !holds("90d", 90, -1) && holds("90d", 999, 0));
    assert!(!holds("<2w", 14, 0) && holds("<2w", 14, -1) && holds("<=2w", 14, 0));
    assert!(holds("3m", 90, 0) && !holds("3m", 90, -1) && holds("2y", 730, 0));
    for wrong in ["", "d", ">", "90", "9 d", "+9d", "-9d", "9x", "99999999999d", "d9", ">>9d", "9é"]
    {
        assert_eq!(Span::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_problem_points_at_its_word_and_says_what_to_write() {
    let text = "ci -is:stael ümlaut";
    assert_eq!(problem(text), ("-is:stael", "Unknown status “stael”. Try is:stale.".to_owned()));
    assert_eq!(parse(text).terms.len(), 2, "the other words count");
    for (text, instead) in [
        ("project:", "project:\"Web\""),
        ("unused:>9x", "unused:>90d, or never"),
        ("created:soon", "created:>1y"),
        ("expires:30d", "expires:<30d (within) or expires:>30d (after)"),
        ("is:zzz", "one of attention, stale"),
        ("is:nev", "Try is:no-use"),
        ("finding:no-exp", "finding:no-expiry"),
        ("finding:zzz", "one of leaked, stale"),
        ("projct:Web", "Did you mean project:? Or put \"projct:Web\" in quotes"),
        ("exp:none", "Did you mean expires:"),
        (
            "stael:yes",
            "Unknown filter stael:. Did you mean is:stale? Or put \"stael:yes\" in quotes",
        ),
    ] {
        let (word, message) = problem(text);
        assert_eq!(word, text);
        assert!(message.contains(instead), "{text}: {message}");
    }
}

#[test]
fn what_is_quoted_in_a_message_can_be_seen_and_has_an_end() {
    let (_, message) = problem("is:\u{202E}x");
    assert!(message.contains("⟨U+202E⟩"), "{message}");
    let long = format!("unused:{}", "9".repeat(500));
    assert!(problem(&long).1.chars().count() < 200);
}

proptest! {
    #[test]
    fn any_text_is_read(words in prop::collection::vec(
        prop_oneof![
            ".{0,6}",
            select(vec!["-", "\"", "*", ":", " ", "\u{2003}", "is:", "Unused:", ">90d", "stale", "İ", "é"])
                .prop_map(str::to_owned),
        ],
        0..12,
    )) {
        let text = words.concat();
        let Parsed { terms, problems } = parse(&text);
        let mut ranges: Vec<_> = terms.iter().map(|term| &term.range)
            .chain(problems.iter().map(|problem| &problem.range)).collect();
        ranges.sort_by_key(|range| range.start);
        for range in &ranges {
            prop_assert!(!text[(*range).clone()].trim().is_empty(), "{range:?} of {text:?}");
        }
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start || pair[0].end <= pair[1].start));
        // A word means by itself what it means among others.
        for term in &terms {
            let alone = parse(&text[term.range.clone()]);
            prop_assert_eq!(&alone.terms[0].test, &term.test);
            prop_assert_eq!(alone.terms[0].not, term.not);
        }
        for caret in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let _ = word_at(&text, caret);
        }
    }
}
