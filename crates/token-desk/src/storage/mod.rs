//! What outlives the process: the last-known lists, the journal, the usage history.

pub(crate) mod cache;
pub(crate) mod history;
pub(crate) mod journal;
pub(crate) mod settings;
