//! What servers know: tokens, projects, people and their activity.

pub(crate) mod activity;
pub(crate) mod date;
pub(crate) mod id;
pub(crate) mod organization;
pub(crate) mod person;
pub(crate) mod token;
