//! Folds texts for searching, so that spellings that look the same to people match.

use icu_normalizer::ComposingNormalizerBorrowed;

/// The most times as many bytes a text has once it is folded: U+FDFA stands for eighteen characters.
pub(crate) const GROWS: usize = 12;

/// Lies above the small *i* that a capital *İ* becomes.
const DOT_ABOVE: char = '\u{307}';

/// Upper case as lower case, and each character that looks like others as those (NFKC): `CAFÉ` is `café`
/// in whichever way its accent is written, `ﬁle` is `file`, `ΑΣ` is `ας`, `İstanbul` is `istanbul`.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    // By way of upper case, in which both sigmas are one and an ß is two letters.
    let upper = composed.chars().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
    upper.flat_map(char::to_lowercase).filter(|it| *it != DOT_ABOVE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_take_for_the_same_spelling_is_the_same() {
        let table = [
            ("café", "CAFE\u{301}"),
            ("istanbul", "İstanbul"),
            ("istanbul", "I\u{307}STANBUL"),
            ("ας", "ΑΣ"),
            ("ας", "ασ"),
            ("file", "ﬁle"),
            ("strasse", "Straße"),
            ("gitlab-ci", "ＧitＬab-ci"),
            ("build 3", "Build\u{a0}³"),
        ];
        for (one, other) in table {
            assert_eq!(folded(one), folded(other), "{one} and {other}");
        }
        assert_ne!(folded("cafe"), folded("café"), "an accent makes another word");
    }

    #[test]
    fn no_character_grows_more_than_is_reckoned_with_and_none_changes_again() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            let once = folded(&text);
            assert!(once.len() <= GROWS * text.len(), "{text:?} becomes {} bytes", once.len());
            assert_eq!(folded(&once), once, "{text:?}");
        }
    }
}
