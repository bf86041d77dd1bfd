//! What the layers above talk about, without any I/O.

pub(crate) mod act;
pub(crate) mod bulk_revoke;
pub(crate) mod chip;
pub(crate) mod connection;
pub(crate) mod decision;
pub(crate) mod deed;
pub(crate) mod entry;
pub(crate) mod gaps;
pub(crate) mod news;
pub(crate) mod notes;
pub(crate) mod precision;
pub(crate) mod rotation;
pub(crate) mod scan;
pub(crate) mod settings;
pub(crate) mod time;
pub(crate) mod token;
pub(crate) mod unresolved;
pub(crate) mod watch;
