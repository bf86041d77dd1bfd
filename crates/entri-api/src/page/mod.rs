//! Lists, a page at a time (docs/entri-api.md#lists). The requests are in `client/pages.rs`.

mod ask;
mod course;
mod most;
mod pass;

use crate::completeness::Completeness;
pub(crate) use course::Course;

/// One page.
#[derive(Debug)]
pub struct Page<T> {
    /// Its entries. An id that was on an earlier page may come again: entries move while they are
    /// read.
    pub items: Vec<T>,
    /// Whether the list moved while it was read, and begins again with this page: what earlier pages
    /// held counts no longer.
    pub anew: bool,
    /// Where it was asked for.
    pub(crate) place: String,
}

/// A list, read to its end.
#[derive(Debug)]
pub struct Listing<T> {
    /// Its entries. Where several have the same id, all of them.
    pub items: Vec<T>,
    /// Entries that could not be read.
    pub skipped: u32,
    /// Whether these are all there are.
    pub completeness: Completeness,
}
