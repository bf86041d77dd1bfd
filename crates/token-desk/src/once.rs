//! What a server lists twice is one thing all the same.

use std::collections::HashSet;
use std::hash::Hash;

/// Each thing once, in order: of those with the same key, the first.
pub(crate) fn once<T, K: Eq + Hash>(
    all: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut seen = HashSet::new();
    all.into_iter().filter(|it| seen.insert(key(it))).collect()
}
