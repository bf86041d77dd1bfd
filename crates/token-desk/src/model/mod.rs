//! What the layers above talk about, without any input or output.

pub(crate) mod connection;
pub(crate) mod dates;
pub(crate) mod gaps;
pub(crate) mod identity;
