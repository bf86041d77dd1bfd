//! What time it is on a server, and the dates that servers send.

pub(crate) mod clocks;
pub(crate) mod dates;
