//! Everything that servers send.

pub(crate) mod create;
pub(crate) mod envelope;
pub(crate) mod fields;
pub(crate) mod list;
pub(crate) mod pages;
pub(crate) mod people;
pub(crate) mod sign_in;
pub(crate) mod wait;
