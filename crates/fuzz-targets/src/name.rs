//! A name that somebody else wrote.

use icu_properties::CodePointSetData;
use icu_properties::props::{
    DefaultIgnorableCodePoint, EnumeratedProperty, GeneralCategory, PrependedConcatenationMark,
};
use token_desk::text::{MAX_SHOWN, visible};

/// Symbols by their category, of which a font shows nothing.
const BLANK: [char; 2] = ['\u{2800}', '\u{1D159}'];

/// Nothing is left of a name that cannot be seen or re-orders its neighbours, by what Unicode
/// says of it; it is not endless; and to show it twice changes nothing.
///
/// # Panics
/// Where that does not hold.
pub fn name(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = visible(&text);
    if let Some(character) = shown.chars().find(|character| is_hidden(*character)) {
        panic!("U+{:04X} is left", u32::from(character));
    }
    assert!(shown.chars().count() <= MAX_SHOWN + 1, "{} characters", shown.chars().count());
    assert_eq!(visible(&shown), shown);
    let plain = !text.chars().any(is_hidden) && text.chars().count() <= MAX_SHOWN;
    assert!(!plain || shown == text, "{text} became {shown}");
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

#[cfg(test)]
mod tests {
    #[test]
    fn it_holds_for_every_character() {
        for character in '\0'..=char::MAX {
            super::name(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}
