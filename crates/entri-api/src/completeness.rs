//! Whether a list is complete: proven, never assumed (docs/entri-api.md#lists).

use std::fmt;

/// Whether a list is proven to be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// It was, and here is the proof.
    Whole(Whole),
    /// It was not, or nobody can tell.
    Incomplete(Incomplete),
}

/// Proof that a list is complete. Only reading one creates it, so code that relies on an absence can
/// require it by type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole(());

/// Why a list can't be called complete. As text it completes the sentence "The list is incomplete: …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Incomplete {
    /// So many entries could not be read.
    Unreadable(u32),
    /// The server counts other than it lists, even when read a second time.
    Miscounted {
        /// How many entries with different ids were read.
        read: u32,
        /// How many there are, by the server.
        total: u32,
    },
    /// It changed while it was read, twice in a row.
    Moved,
    /// Several of its entries have the same id.
    RepeatedId,
    /// The server says that more follows, and gives nothing more.
    CutShort,
    /// The server refused to give a page after the first.
    PageRefused,
    /// It is larger than any genuine list: 250,000 entries, 10,000 pages, 4 GiB, or less for lists that are
    /// always small. The rest wasn't read.
    TooLarge,
    /// It was not read to its end in the time there was.
    TookTooLong,
}

impl Whole {
    pub(crate) const PROVEN: Self = Self(());
}

impl Completeness {
    /// The proof, if there is one.
    #[must_use]
    pub fn proof(self) -> Option<Whole> {
        match self {
            Self::Whole(proof) => Some(proof),
            Self::Incomplete(_) => None,
        }
    }

    /// The reason why it isn't proven; `None` if it is.
    #[must_use]
    pub fn reason(self) -> Option<Incomplete> {
        match self {
            Self::Whole(_) => None,
            Self::Incomplete(reason) => Some(reason),
        }
    }
}

impl Incomplete {
    /// Whether reading the list again may help: it moved, or may have (docs/entri-api.md#lists).
    pub(crate) fn may_pass(self) -> bool {
        matches!(self, Self::Miscounted { .. } | Self::Moved | Self::RepeatedId)
    }
}

impl fmt::Display for Incomplete {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(1) => formatter.write_str("1 entry could not be read"),
            Self::Unreadable(count) => write!(formatter, "{count} entries could not be read"),
            Self::Miscounted { read, total } => {
                write!(formatter, "the server counts {total} entries and lists {read}")
            }
            Self::Moved => formatter.write_str("it kept changing while it was read"),
            Self::RepeatedId => formatter.write_str("several entries have the same id"),
            Self::CutShort => {
                formatter.write_str("the server says that more follows, but sends nothing more")
            }
            Self::PageRefused => formatter.write_str("the server refused to send the next page"),
            Self::TooLarge => formatter
                .write_str("it is larger than this app can read, so it wasn’t read to the end"),
            Self::TookTooLong => formatter.write_str("it took too long to read"),
        }
    }
}
