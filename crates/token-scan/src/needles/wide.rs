//! Texts of two or four bytes for each character.

use super::Encoding;

/// The bytes that both orders have in common: each character, with zeros between two of them.
pub fn pattern(text: &[u8], width: usize) -> Vec<u8> {
    let zeros = std::iter::repeat_n(0, width - 1);
    let wide = text.iter().flat_map(|byte| std::iter::once(*byte).chain(zeros.clone()));
    wide.take((text.len() - 1) * width + 1).collect()
}

/// The characters after the pattern, in either order: zeros before each.
pub fn characters(rest: &[u8], width: usize) -> impl Iterator<Item = u8> {
    rest.chunks_exact(width).map_while(move |group| {
        let (character, zeros) = group.split_last()?;
        zeros.iter().all(|byte| *byte == 0).then_some(*character)
    })
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
