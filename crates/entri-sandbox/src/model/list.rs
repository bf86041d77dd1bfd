//! Which lists there are, and how they are asked of the storage.

/// The lists that are answered in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Tokens,
    Projects,
    Members,
    Activity,
}

/// Whose tokens a list has.
#[derive(Clone, Copy)]
pub enum Listed<'a> {
    /// The organization's own tokens.
    Organization,
    /// The tokens of the project with this id.
    Project(&'a str),
    /// The tokens of the organization and of all its projects.
    Everywhere,
}

/// The order of a list of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The oldest comes first.
    #[default]
    OldestFirst,
    /// The newest comes first.
    NewestFirst,
}
