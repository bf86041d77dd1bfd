//! What is wrong with the entries of a page.

/// What is wrong with the entries of a list of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Damage {
    /// Every entry is sound.
    #[default]
    None,
    /// The first load is complete; later ones have no entries, and still say how many there are.
    LaterEmpty,
    /// The first load is complete; in later ones every nth entry is unreadable.
    LaterUnreadable(u32),
    /// In every load, every nth entry is unreadable.
    Unreadable(u32),
    /// The list has other tokens, without end, 8 MB a page.
    Endless,
}

/// Which entries a list has twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twins {
    /// The second entry of a page, right after itself.
    Same,
    /// The second entry of a page, once more with the same id and another name.
    Renamed,
    /// The first entry of the first page, at the end of each later page.
    AcrossPages,
}

/// What is wrong with the list of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Members {
    /// The list is complete and readable.
    #[default]
    Whole,
    /// Every second member is left out; the total counts all of them.
    Partial,
    /// Every second entry is unreadable.
    Unreadable,
    /// The person is in an object of its own, under `user`.
    Nested,
}
