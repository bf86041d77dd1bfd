//! A name that somebody else wrote.

use icu_properties::CodePointSetData;
use icu_properties::props::{
    DefaultIgnorableCodePoint, EnumeratedProperty, GeneralCategory, PrependedConcatenationMark,
};
use token_desk::text::{MAX_SHOWN, visible};

/// Characters that count as symbols, but that fonts show as nothing.
const BLANK: [char; 2] = ['\u{2800}', '\u{1D159}'];

/// A shown name has no character that, according to Unicode, is invisible or reorders its
/// neighbors, except where its neighbors need it; it isn't endless; and showing it twice changes
/// nothing.
///
/// # Panics
///
/// If that doesn't hold.
pub fn name(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = visible(&text);
    if let Some(character) = left(&shown) {
        panic!("U+{:04X} is left in {shown}", u32::from(character));
    }
    assert!(shown.chars().count() <= MAX_SHOWN + 1, "{} characters", shown.chars().count());
    assert_eq!(visible(&shown), shown);
    assert!(!shown.contains("  ") && shown.trim() == shown && !shown.contains(is_odd_blank));
    let named = |it: char| is_hidden(it) || is_odd_blank(it) || is_mark(it);
    let whole = !text.contains("  ") && text.trim() == text && text.chars().count() <= MAX_SHOWN;
    let plain = whole && !text.contains(named);
    assert!(!plain || shown == text, "{text} became {shown}");
}

/// A hidden character that is left in a shown name. Those that emoji and some scripts need may
/// stay, but only between visible characters, and never beside a Latin letter.
fn left(shown: &str) -> Option<char> {
    let characters: Vec<_> = shown.chars().collect();
    let mut left = characters.iter().enumerate().filter(|(_, it)| is_hidden(**it));
    let is_told = |at: usize| {
        let seen = |it: char| !it.is_ascii_alphabetic() && !it.is_whitespace() && !is_hidden(it);
        let before = at.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(at + 1).copied();
        match characters[at] {
            '\u{FE0F}' => before.is_some_and(seen),
            // An emoji may have been asked for as one before it is joined to the next.
            '\u{200D}' => {
                before.is_some_and(|it| seen(it) || it == '\u{FE0F}') && after.is_some_and(seen)
            }
            '\u{200C}' => before.is_some_and(seen) && after.is_some_and(seen),
            _ => false,
        }
    };
    left.find(|(at, _)| !is_told(*at)).map(|(_, it)| *it)
}

fn is_hidden(character: char) -> bool {
    let format = match GeneralCategory::for_char(character) {
        GeneralCategory::Control
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => true,
        // A few of these are signs that stand under digits.
        GeneralCategory::Format => {
            !CodePointSetData::new::<PrependedConcatenationMark>().contains(character)
        }
        _ => false,
    };
    format
        || BLANK.contains(&character)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

fn is_odd_blank(character: char) -> bool {
    character != ' ' && GeneralCategory::for_char(character) == GeneralCategory::SpaceSeparator
}

/// A single mark is drawn on the character before it, and many cover the lines around.
fn is_mark(character: char) -> bool {
    let category = GeneralCategory::for_char(character);
    matches!(category, GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark)
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_holds_for_every_character() {
        for character in '\0'..=char::MAX {
            super::name(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}
