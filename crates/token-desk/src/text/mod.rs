//! Makes text from a server safe to show and to compare by eye.

mod joins;
#[cfg(test)]
mod tests;

use std::ops::Range;

use icu_properties::props::{EnumeratedProperty, GeneralCategory};

/// The longest text shown in one piece, in characters; the rest becomes `…`.
pub const MAX_SHOWN: usize = 300;

/// No script has more marks on a letter in ordinary words; a pile of them covers the lines around.
const MOST_MARKS: usize = 4;
/// The ordinary space, where it wouldn't be seen.
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

/// The text with its first letter in upper case: `High` for `high`.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A count with its unit: `1 file`, `19,166 files`.
#[must_use]
pub fn counted(count: u64, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(count))
}

/// Somebody else's text in Markdown, where it can't become markup.
pub(crate) fn plain(written: &str) -> String {
    let mut safe = String::with_capacity(written.len());
    for it in visible_whole(written).chars() {
        if it.is_ascii_punctuation() && !"-.,:/()'".contains(it) {
            safe.push('\\');
        }
        safe.push(it);
    }
    safe
}

/// The count with a comma after each thousand: `19,166`.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn cut(text: &str, mut room: usize) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let after = &text[at + character.len_utf8()..];
        let named = (is_hidden(&shown, character, after) || is_lost(&shown, character, after))
            .then(|| format!("⟨U+{:04X}⟩", u32::from(character)));
        let width = named.as_ref().map_or(1, |name| name.chars().count());
        let Some(left) = room.checked_sub(width) else {
            // The character that it joined was cut off.
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

/// Whether the character is drawn onto the one before it.
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
