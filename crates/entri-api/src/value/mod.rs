//! Knows the value of an API token in what somebody typed or pasted.

mod shape;
#[cfg(test)]
mod tests;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

use crate::percent;

/// The prefix of every value (docs/entri-api.md#token-format).
pub const VALUE_PREFIX: &str = "entri_";
/// So many characters after the prefix decide; without a limit a text full of prefixes would be gone
/// through once for each of them.
const DECIDING: usize = 256;
/// How often a text may have been URL-encoded.
const ENCODED: usize = 3;

/// A character that can be seen, and whether a blank stands before it.
struct Letter {
    it: char,
    apart: bool,
}

/// Whether a text holds what looks like the value of an API token: `entri_` in any case, and 16 or more
/// characters.
///
/// It is found within a longer text, parted by spaces or ends of lines, with invisible characters or
/// backslashes in it, in full-width letters and URL-encoded. Neither the length of a value nor its alphabet
/// is promised (docs/entri-api.md#tokens), so what decides is that it is not made of words: `entri_ci` and
/// `ENTRI_API_TOKEN_STAGING` are names.
#[must_use]
pub fn holds_value(text: &str) -> bool {
    let letters = letters(text);
    let begins = |at: &usize| {
        let prefix = letters.get(*at..*at + VALUE_PREFIX.len()).unwrap_or_default();
        prefix.iter().map(|letter| letter.it.to_ascii_lowercase()).eq(VALUE_PREFIX.chars())
    };
    let mut starts = (0..letters.len()).filter(begins);
    starts.any(|at| shape::is_value(&chunks(&letters[at + VALUE_PREFIX.len()..])))
}

fn letters(text: &str) -> Vec<Letter> {
    let mut plain = text.to_owned();
    for _ in 0..ENCODED {
        plain = percent::decode(&plain).to_string();
    }
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let mut apart = false;
    let mut letters = Vec::new();
    for it in ComposingNormalizerBorrowed::new_nfkc().normalize(&plain).chars() {
        // The pattern of no dots is a blank to the eye.
        if it.is_whitespace() || it == '\u{2800}' {
            apart = true;
        } else if !(it.is_control() || it == '\\' || ignorable.contains(it)) {
            letters.push(Letter { it, apart });
            apart = false;
        }
    }
    letters
}

/// The characters up to the first one that no token has (RFC 6750, `b64token`), parted at spaces.
fn chunks(letters: &[Letter]) -> Vec<String> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || "-._~+/=".contains(it);
    let mut chunks = vec![String::new()];
    for letter in letters.iter().take(DECIDING).take_while(|letter| is_part(letter.it)) {
        match chunks.last_mut() {
            Some(chunk) if !letter.apart => chunk.push(letter.it),
            _ => chunks.push(letter.it.to_string()),
        }
    }
    chunks
}
