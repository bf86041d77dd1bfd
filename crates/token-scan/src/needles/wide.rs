//! Texts of two bytes for each character.

use super::Encoding;

/// The bytes that both orders have in common: each character, with a zero between two of them.
pub fn pattern(text: &[u8]) -> Vec<u8> {
    let mut wide: Vec<u8> = text.iter().flat_map(|byte| [*byte, 0]).collect();
    wide.pop();
    wide
}

/// The characters after the pattern, in either order: a zero before each.
pub fn characters(rest: &[u8]) -> impl Iterator<Item = u8> {
    rest.chunks_exact(2).map_while(|pair| (pair[0] == 0).then_some(pair[1]))
}

/// The order of the bytes of a text whose first character is here. Before it, one of the two has a zero of its
/// own; where both would, what comes after the file's first bytes decides.
pub fn order(bytes: &[u8], at: usize) -> Encoding {
    let before = at.checked_sub(1).map(|before| bytes[before]);
    match (before, at % 2) {
        (Some(0), 1) => Encoding::Utf16Be,
        _ => Encoding::Utf16Le,
    }
}
