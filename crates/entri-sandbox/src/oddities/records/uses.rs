//! How last uses are kept.

/// How a server keeps the last use of a token. The default keeps each at once, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Uses {
    /// It rounds them down to multiples of so many seconds; up to 1 is to the second.
    pub step: u32,
    /// A list shows them so many seconds later.
    pub lag: u32,
    /// Whether it doesn't keep them anymore.
    pub frozen: bool,
}
