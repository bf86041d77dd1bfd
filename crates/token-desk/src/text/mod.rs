//! Makes text from a server safe to show and to compare by eye.

mod joins;

use std::ops::Range;

use icu_properties::props::{EnumeratedProperty, GeneralCategory};

/// The longest text shown in one piece, in characters; the rest becomes `…`.
pub const MAX_SHOWN: usize = 300;

/// No script has more marks on a letter in ordinary words; a pile of them covers the lines around.
const MOST_MARKS: usize = 4;
/// The usual space, where it would not be seen.
const BLANK_NAMED: &str = "⟨U+0020⟩";

/// Replaces invisible characters, and those that would reorder their neighbors, with their code points.
///
/// A name is written by whoever created the token, so it may try to look like another one:
/// control characters, bidirectional marks and zero-width characters become `⟨U+202E⟩`, and so do spaces that
/// look like others or are not seen, and marks that pile up on a letter. What emoji and the words of some
/// scripts are made with stays where it is in its place.
#[must_use]
pub fn visible(text: &str) -> String {
    cut(text, MAX_SHOWN)
}

/// Like [`visible`], in this many characters.
pub(crate) fn visible_within(text: &str, room: usize) -> String {
    cut(text, room)
}

/// Like [`visible`], and not cut: for what one has to know all of, such as a command.
#[must_use]
pub fn visible_whole(text: &str) -> String {
    cut(text, usize::MAX)
}

/// `High` for `high`.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn cut(text: &str, mut room: usize) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let after = &text[at + character.len_utf8()..];
        let named = (is_hidden(&shown, character, after) || is_lost(&shown, character, after))
            .then(|| format!("⟨U+{:04X}⟩", u32::from(character)));
        let width = named.as_ref().map_or(1, |name| name.chars().count());
        let Some(left) = room.checked_sub(width) else {
            // What it joined is cut off.
            shown.truncate(end_of_the_seen(&shown));
            shown.push('…');
            break;
        };
        room = left;
        match named {
            Some(name) => shown.push_str(&name),
            None => shown.push(character),
        }
    }
    shown
}

/// The end of a cut text without a trailing joiner and the marks between it and what it joined.
fn end_of_the_seen(text: &str) -> usize {
    let end = text.trim_end_matches(is_mark);
    match end.trim_end_matches(is_invisible) {
        seen if seen.len() < end.len() => end_of_the_seen(seen),
        _ => text.len(),
    }
}

/// The first character of a text that [`visible`] replaces.
pub(crate) fn hidden(text: &str) -> Option<char> {
    let is_first =
        |&(at, it): &(usize, char)| is_hidden(&text[..at], it, &text[at + it.len_utf8()..]);
    text.char_indices().find(is_first).map(|(_, it)| it)
}

fn is_hidden(before: &str, character: char, after: &str) -> bool {
    if is_invisible(character) {
        return !joins::is_ordinary(before, character, after);
    }
    is_odd_blank(character) || is_mark(character) && is_piled(before)
}

/// Whether it is a blank that a line does not show: at an end, or behind another one.
fn is_lost(before: &str, character: char, after: &str) -> bool {
    let is_behind = before.is_empty() || before.ends_with(' ') || before.ends_with(BLANK_NAMED);
    character == ' ' && (is_behind || after.is_empty())
}

/// A blank that looks like the usual one, and is another.
pub(crate) fn is_odd_blank(character: char) -> bool {
    character != ' ' && GeneralCategory::for_char(character) == GeneralCategory::SpaceSeparator
}

/// Whether a text ends in as many marks as a letter may have, or in nothing that takes one.
fn is_piled(before: &str) -> bool {
    let marks = before.chars().rev().take_while(|it| is_mark(*it)).count();
    // Behind a mark that is named the pile goes on.
    before.is_empty() || before.ends_with('⟩') || marks >= MOST_MARKS
}

/// What is drawn on the character before it.
fn is_mark(character: char) -> bool {
    let category = GeneralCategory::for_char(character);
    matches!(category, GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark)
}

pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// A range of bytes in the units that the page counts text in.
#[must_use]
pub fn utf16_range(text: &str, range: Range<usize>) -> Range<usize> {
    let units = |end: usize| text[..end].encode_utf16().count();
    units(range.start)..units(range.end)
}

/// The byte at a place that is counted as the page does; one within a character is its begin.
#[must_use]
pub fn byte_at(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    let begins = |(_, character): &(usize, char)| {
        units += character.len_utf16();
        units > utf16
    };
    text.char_indices().find(begins).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bidi_and_zero_width_characters_are_named() {
        assert_eq!(visible("a\u{202E}b\u{200B}c\n"), "a⟨U+202E⟩b⟨U+200B⟩c⟨U+000A⟩");
    }

    #[test]
    fn ordinary_names_stay_as_they_are() {
        assert_eq!(visible("Mira's laptop · Tromsø 日本"), "Mira's laptop · Tromsø 日本");
    }

    /// Nobody could tell these from other names, or from what stands in the next column.
    #[test]
    fn blanks_that_deceive_are_named() {
        for (name, shown) in [
            ("x\u{A0}prod", "x⟨U+00A0⟩prod"),
            ("x\u{2003}prod\u{3000}", "x⟨U+2003⟩prod⟨U+3000⟩"),
            ("double  blank", "double ⟨U+0020⟩blank"),
            ("deploy   ✓ Revoked", "deploy ⟨U+0020⟩⟨U+0020⟩✓ Revoked"),
            (" x", "⟨U+0020⟩x"),
            ("x ", "x⟨U+0020⟩"),
            (" ", "⟨U+0020⟩"),
        ] {
            assert_eq!(visible(name), shown);
        }
    }

    #[test]
    fn marks_do_not_pile_up() {
        let piled = visible(&format!("e{}", "\u{301}".repeat(6)));
        assert_eq!(piled, format!("e{}⟨U+0301⟩⟨U+0301⟩", "\u{301}".repeat(4)));
        assert_eq!(visible("\u{301}e"), "⟨U+0301⟩e", "it would stand on what is before the name");
        for name in ["cafe\u{301}", "ที่อยู่", "שָׁלוֹם", "Việt"] {
            assert_eq!(visible(name), name);
        }
    }

    #[test]
    fn a_long_name_is_cut() {
        let shown = visible(&"x".repeat(10_000));
        assert_eq!(shown.chars().count(), MAX_SHOWN + 1);
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn a_name_of_what_is_hidden_is_no_longer_than_another() {
        let shown = visible(&"\u{202E}".repeat(300));
        assert!(shown.chars().count() <= MAX_SHOWN && shown.ends_with("⟨U+202E⟩…"), "{shown}");
    }

    #[test]
    fn what_is_cut_ends_in_what_can_be_seen() {
        let family = "\u{1F468}\u{200D}".repeat(200);
        assert!(visible(&family).ends_with("\u{1F468}…"));
        let joined = format!("{}می\u{200C}\u{64E}خواهم", "x".repeat(MAX_SHOWN - 4));
        assert!(visible(&joined).ends_with("xxمی…"), "its marks joined nothing");
    }

    #[test]
    fn symbols_that_show_nothing_are_named() {
        assert_eq!(visible("\u{2800}\u{1D173}\u{1BCA0}"), "⟨U+2800⟩⟨U+1D173⟩⟨U+1BCA0⟩");
    }

    #[test]
    fn what_emoji_and_words_are_made_with_stays_in_its_place() {
        for name in [
            "deploy \u{2764}\u{FE0F}",
            "\u{2764}\u{FE0F}\u{200D}\u{1F525} hot",
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
            "\u{1F469}\u{1F3FD}\u{200D}\u{1F4BB}",
            "\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}",
            "1\u{FE0F}\u{20E3}",
            "می\u{200C}خواهم",
            "میَ\u{200C}خواهم",
            "क्\u{200D}ष and क्\u{200C}ष",
        ] {
            assert_eq!(visible(name), name);
        }
    }

    /// Nobody could tell these from the names without them.
    #[test]
    fn what_changes_nothing_around_it_is_named() {
        for (name, shown) in [
            ("\u{200C}\u{200D}\u{FE0F}", "⟨U+200C⟩⟨U+200D⟩⟨U+FE0F⟩"),
            ("prod\u{FE0F}", "prod⟨U+FE0F⟩"),
            ("prod\u{200D}", "prod⟨U+200D⟩"),
            ("a\u{200D}b\u{200C}c", "a⟨U+200D⟩b⟨U+200C⟩c"),
            ("1\u{FE0F}", "1⟨U+FE0F⟩"),
            ("\u{1F680}\u{FE0F}", "\u{1F680}⟨U+FE0F⟩"),
            ("\u{2764}\u{FE0F}\u{FE0F}", "\u{2764}\u{FE0F}⟨U+FE0F⟩"),
            ("\u{1F680}\u{200D}", "\u{1F680}⟨U+200D⟩"),
            ("\u{1F680}\u{200D}\u{200D}\u{1F680}", "\u{1F680}⟨U+200D⟩⟨U+200D⟩\u{1F680}"),
            ("می\u{200C}", "می⟨U+200C⟩"),
            ("می\u{200D}خواهم", "می⟨U+200D⟩خواهم"),
            ("کار\u{200C}ها", "کار⟨U+200C⟩ها"),
            ("می\u{200C}\u{200C}خواهم", "می⟨U+200C⟩⟨U+200C⟩خواهم"),
            ("क्\u{200D}", "क्⟨U+200D⟩"),
            ("\u{1F680}\u{FE0F}\u{200D}\u{1F680}", "\u{1F680}⟨U+FE0F⟩⟨U+200D⟩\u{1F680}"),
            ("می\u{200C}\u{34F}خواهم", "می⟨U+200C⟩⟨U+034F⟩خواهم"),
        ] {
            assert_eq!(visible(name), shown);
        }
    }

    proptest! {
        #[test]
        fn places_go_to_the_page_and_back(text in ".*") {
            for (at, character) in text.char_indices() {
                let range = utf16_range(&text, at..at + character.len_utf8());
                prop_assert_eq!(range.len(), character.len_utf16());
                prop_assert_eq!((byte_at(&text, range.start), byte_at(&text, range.end - 1)), (at, at));
            }
            prop_assert_eq!(byte_at(&text, usize::MAX), text.len());
        }

        #[test]
        fn no_blank_is_lost_and_no_pile_is_left(text in "[ab \u{A0}\u{2003}\u{301}\u{488}]*|.*") {
            let shown = visible(&text);
            prop_assert!(!shown.contains("  ") && shown.trim() == shown && !shown.contains(is_odd_blank));
            let letters: Vec<char> = shown.chars().collect();
            prop_assert!(!letters.windows(MOST_MARKS + 1).any(|all| all.iter().all(|it| is_mark(*it))));
            prop_assert!(!letters.first().is_some_and(|it| is_mark(*it)));
        }

        #[test]
        fn nothing_hidden_is_left(text in "[ -~أبن्क❤️👩\u{200B}-\u{200F}\u{202E}]*|.*") {
            let shown = visible(&text);
            prop_assert_eq!(hidden(&shown), None);
            prop_assert_eq!(visible(&shown), shown);
        }
    }
}
