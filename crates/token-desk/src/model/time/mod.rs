//! The time at each server, and the dates that servers send.

pub(crate) mod clocks;
pub(crate) mod dates;
pub(crate) mod moment;
