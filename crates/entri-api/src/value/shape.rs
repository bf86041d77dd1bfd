//! Tells random characters from words.

/// A value has more characters after its prefix, in any example there is.
const LEAST: usize = 16;
/// A word has fewer characters.
const LONGEST_WORD: usize = 12;
/// A year has as many digits.
const LONGEST_NUMBER: usize = 4;
/// The digits behind a word, as in `prod2`.
const DIGITS_OF_WORD: usize = 2;
/// In random text separated by spaces, at least one of this many characters differs in kind from
/// the one before. Words such as `GitHub` have fewer such changes.
const STEADY: usize = 5;
/// Words are longer on the average.
const SHORTEST_WORD: usize = 3;

/// Whether the text after a prefix, split at spaces, looks like that of a value.
pub(super) fn is_value(chunks: &[String]) -> bool {
    let Some((first, rest)) = chunks.split_first() else { return false };
    (first.len() >= LEAST && !is_name(first)) || is_parted_value(first, rest)
}

/// Whether it consists of words and numbers with punctuation between them.
fn is_name(chunk: &str) -> bool {
    chunk.split(|it: char| !it.is_ascii_alphanumeric()).all(is_word)
}

fn is_word(part: &str) -> bool {
    let word = part.trim_end_matches(|it: char| it.is_ascii_digit());
    let digits = part.len() - word.len();
    if word.is_empty() {
        return digits <= LONGEST_NUMBER;
    }
    let is_lower = |text: &str| text.chars().all(|it| it.is_ascii_lowercase());
    let is_upper = word.chars().all(|it| it.is_ascii_uppercase());
    let one_case = is_upper || is_lower(word) || (word.is_ascii() && is_lower(&word[1..]));
    one_case && part.len() <= LONGEST_WORD && digits <= DIGITS_OF_WORD
}

/// Whether the first pieces together are a value that was wrapped or grouped: long enough, and unlike words.
fn is_parted_value(first: &str, rest: &[String]) -> bool {
    let (mut length, mut changes, mut pieces) = (first.len(), changes_in(first), 0);
    rest.iter().any(|piece| {
        length += piece.len();
        changes += changes_in(piece);
        pieces += 1;
        let is_random = changes * STEADY >= length || length < pieces * SHORTEST_WORD;
        length >= LEAST && is_random
    })
}

/// How often the kind of character changes within a piece; a word may begin with a capital.
fn changes_in(piece: &str) -> usize {
    let kind = |it: u8| (it.is_ascii_uppercase(), it.is_ascii_digit());
    let pairs = piece.as_bytes().windows(2).enumerate();
    let is_change = |(at, pair): &(usize, &[u8])| {
        let is_capital = *at == 0 && pair[0].is_ascii_uppercase() && pair[1].is_ascii_lowercase();
        let is_joint = pair.iter().any(|it| !it.is_ascii_alphanumeric());
        kind(pair[0]) != kind(pair[1]) && !is_capital && !is_joint
    };
    pairs.filter(is_change).count()
}
