//! Lists, one page at a time (docs/entri-api.md#lists). The requests are in `client/pages.rs`.

mod ask;
mod course;
mod most;
mod pass;

use crate::completeness::Completeness;
pub(crate) use course::Course;

/// One page of a list, as read so far.
#[derive(Debug)]
pub struct Page<T> {
    /// The entries. An id from an earlier page may come again, because entries move while the list
    /// is read.
    pub items: Vec<T>,
    /// Whether the list changed while it was read and begins again with this page: the entries of
    /// earlier pages no longer count.
    pub anew: bool,
    /// The path and query it was requested with.
    pub(crate) place: String,
}

/// A list, read to its end.
#[derive(Debug)]
pub struct Listing<T> {
    /// The entries. If several have the same id, all of them.
    pub items: Vec<T>,
    /// How many entries couldn't be read.
    pub skipped: u32,
    /// Whether these are all the entries there are.
    pub completeness: Completeness,
}
