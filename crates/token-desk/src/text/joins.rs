//! The three invisible characters that emoji and the words of some scripts need. They change how
//! their neighbors look, and only there are they ordinary: anywhere else, they would make two
//! different names look the same.
//!
//! The two joiners are allowed in words where they are allowed in host names (RFC 5892, A.1 and
//! A.2).

use icu_properties::CodePointSetData;
use icu_properties::props::{
    BinaryProperty, CanonicalCombiningClass, Emoji, EmojiModifier, EmojiPresentation,
    EnumeratedProperty, ExtendedPictographic, JoiningType,
};

use super::is_invisible;

const NON_JOINER: char = '\u{200C}';
const JOINER: char = '\u{200D}';
/// Asks for an emoji where a character is drawn as text.
const AS_EMOJI: char = '\u{FE0F}';
/// The frame of a key, around a digit that is asked for as an emoji.
const KEYCAP: char = '\u{20E3}';

/// How many marks of a letter are passed over, such as signs of vowels; a name may have any number.
const MARKS: usize = 4;

/// Whether a character changes how its neighbors look; `before` is as it is shown.
pub(super) fn is_ordinary(before: &str, character: char, after: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    let next = after.chars().next().filter(|it| !is_invisible(*it));
    match character {
        NON_JOINER => is_half(last, next) || would_join(before, after),
        JOINER => {
            is_half(last, next) || (is_picture_before(before) && next.is_some_and(is_picture))
        }
        AS_EMOJI => is_drawn_as_text(last) || (is::<Emoji>(last) && next == Some(KEYCAP)),
        _ => false,
    }
}

/// A consonant without its vowel before another letter, as Indic scripts have them.
fn is_half(last: char, next: Option<char>) -> bool {
    CanonicalCombiningClass::for_char(last) == CanonicalCombiningClass::Virama
        && next.is_some_and(char::is_alphabetic)
}

/// Whether the letters before and after would be drawn as one stroke, as in Arabic.
fn would_join(before: &str, after: &str) -> bool {
    let forward = [JoiningType::DualJoining, JoiningType::LeftJoining];
    let back = [JoiningType::DualJoining, JoiningType::RightJoining];
    joins(before.chars().rev(), forward) && joins(after.chars(), back)
}

fn joins(characters: impl Iterator<Item = char>, how: [JoiningType; 2]) -> bool {
    let joining = |it: char| JoiningType::for_char(it);
    let is_mark = |it: char| joining(it) == JoiningType::Transparent && !is_invisible(it);
    let letter = characters.take(MARKS + 1).find(|it| !is_mark(*it));
    letter.is_some_and(|it| how.contains(&joining(it)))
}

/// Whether a picture stands last: as it is, asked for as an emoji, or in a color of skin.
fn is_picture_before(before: &str) -> bool {
    let mut last = before.chars().rev();
    last.find(|it| *it != AS_EMOJI && !is::<EmojiModifier>(*it)).is_some_and(is_picture)
}

fn is_picture(character: char) -> bool {
    is::<ExtendedPictographic>(character)
}

/// Whether the character is drawn as an emoji only on request.
fn is_drawn_as_text(character: char) -> bool {
    is_picture(character) && is::<Emoji>(character) && !is::<EmojiPresentation>(character)
}

fn is<P: BinaryProperty>(character: char) -> bool {
    CodePointSetData::new::<P>().contains(character)
}
