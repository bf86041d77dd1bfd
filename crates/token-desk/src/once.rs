//! Removes duplicates from what servers list.

use std::collections::HashSet;
use std::hash::Hash;

/// Each item once, in order: the first one for each key.
pub(crate) fn once<T, K: Eq + Hash>(
    all: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut seen = HashSet::new();
    all.into_iter().filter(|it| seen.insert(key(it))).collect()
}
