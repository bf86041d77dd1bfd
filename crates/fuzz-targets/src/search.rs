//! The text that somebody types to find tokens.

use token_desk::language::{Key, Pattern, choose, is_chosen, parse, word_at};

/// Any text is a search. Every word is at most one term or one problem, with a place of its own,
/// and means the same alone as among others. A value can be chosen and deselected in any search.
///
/// # Panics
///
/// If that doesn't hold.
pub fn search(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parsed = parse(&text);
    let terms = parsed.terms.iter().map(|term| &term.range);
    let mut places: Vec<_> =
        terms.chain(parsed.problems.iter().map(|problem| &problem.range)).collect();
    places.sort_by_key(|place| place.start);
    assert!(places.is_sorted_by(|one, next| one.end < next.start), "{places:?}");
    for term in &parsed.terms {
        let alone = parse(&text[term.range.clone()]);
        assert_eq!(alone.terms.len(), 1, "{:?}", &text[term.range.clone()]);
        assert_eq!((&alone.terms[0].test, alone.terms[0].not), (&term.test, term.not));
    }
    for problem in &parsed.problems {
        let alone = parse(&text[problem.range.clone()]);
        assert_eq!(alone.problems.len(), 1, "{:?}", &text[problem.range.clone()]);
        assert_eq!(alone.problems[0].message, problem.message);
        assert!(problem.message.ends_with('.') && problem.message.chars().count() < 400);
    }
    let value = Pattern::exactly("Web \u{202E}\"");
    for key in [Key::Project, Key::Scope] {
        let other = choose(&text, key, &value);
        assert_ne!(is_chosen(&other, key, &value), is_chosen(&text, key, &value), "{other:?}");
    }
    for (caret, _) in text.char_indices() {
        let word = word_at(&text, caret);
        assert!(word.is_none_or(|word| word.range.start < caret && caret <= word.range.end));
    }
}
