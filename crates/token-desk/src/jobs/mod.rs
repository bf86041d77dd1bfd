//! What people do with the app, in a folder or file for each job.

pub(crate) mod activity;
pub(crate) mod audit;
pub(crate) mod browse;
pub(crate) mod bulk_revoke;
pub(crate) mod connect;
pub(crate) mod create;
pub(crate) mod decide;
pub(crate) mod deliver;
pub(crate) mod erase;
mod export;
pub(crate) mod fingerprints;
pub(crate) mod history;
pub(crate) mod incident;
pub(crate) mod journal;
pub(crate) mod notes;
pub(crate) mod practice;
pub(crate) mod revoke;
pub(crate) mod rotation;
pub(crate) mod scan;
pub(crate) mod secrets;
pub(crate) mod settings;
pub(crate) mod sync;
pub(crate) mod unresolved;
pub(crate) mod watch;
