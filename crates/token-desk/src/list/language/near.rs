//! Finds the word that a misspelled one was meant to be.

/// Whether one letter too many, too few, another, or two that are swapped make one word the other.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    match (a, b) {
        ([first, second, ..], [other, another, ..]) if first == another && second == other => {
            a[2..] == b[2..]
        }
        ([_, a_rest @ ..], [_, b_rest @ ..]) => a_rest == b_rest || a_rest == b || a == b_rest,
        (longer, shorter) => longer.len() + shorter.len() <= 1,
    }
}

/// The one of these that begins with the word, or that is near.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let begins = |known: &&&str| !word.is_empty() && known.starts_with(word);
    let near = || known.iter().find(|known| is_near(word, known));
    known.iter().find(begins).or_else(near).copied()
}
