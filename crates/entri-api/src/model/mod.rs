//! What servers know: tokens, projects, people, and what was done.

pub(crate) mod activity;
pub(crate) mod date;
pub(crate) mod organization;
pub(crate) mod person;
pub(crate) mod token;
