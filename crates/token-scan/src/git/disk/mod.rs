//! The files of a repository besides its packs.

pub mod loose;
mod refs;
mod staged;
mod store;
mod texts;

pub use refs::{logged, refs};
pub use staged::staged;
pub use store::{AsItIs, Known, Store};
pub use texts::Texts;
