//! The entries that lists can have.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::activity::log_entry;
use super::member::member;
use super::record::Record;
use crate::model::activity::LogEntry;
use crate::model::organization::{Organization, Project};
use crate::model::person::Member;
use crate::model::token::Token;

/// The entries a list may have: [`Token`], [`Project`], [`Member`] or [`LogEntry`].
pub trait Entry: Sized + Sealed {
    #[doc(hidden)]
    fn from_wire(entry: Wire<'_>) -> Option<Self>;
    #[doc(hidden)]
    fn id(&self) -> &str;
}

/// Keeps the wire types out of the public interface.
pub struct Wire<'a> {
    pub(crate) raw: &'a RawValue,
    /// When the server sent it.
    pub(crate) now: DateTime<Utc>,
}

pub trait Sealed {}
impl Sealed for Token {}
impl Sealed for Project {}
impl Sealed for Member {}
impl Sealed for LogEntry {}
impl Sealed for Organization {}

impl Entry for Token {
    fn from_wire(entry: Wire<'_>) -> Option<Self> {
        record(&entry)?.into_token(entry.now)
    }

    fn id(&self) -> &str {
        &self.id.0
    }
}

impl Entry for Project {
    fn from_wire(entry: Wire<'_>) -> Option<Self> {
        record(&entry)?.into_project(entry.now)
    }

    fn id(&self) -> &str {
        &self.id.0
    }
}

impl Entry for Organization {
    fn from_wire(entry: Wire<'_>) -> Option<Self> {
        record(&entry)?.into_organization()
    }

    fn id(&self) -> &str {
        &self.id.0
    }
}

impl Entry for LogEntry {
    fn from_wire(entry: Wire<'_>) -> Option<Self> {
        log_entry(entry.raw)
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Entry for Member {
    fn from_wire(entry: Wire<'_>) -> Option<Self> {
        member(entry.raw)
    }

    fn id(&self) -> &str {
        &self.id
    }
}

fn record(entry: &Wire<'_>) -> Option<Record> {
    Record::read(entry.raw.get())
}
