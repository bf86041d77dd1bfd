//! Tokens: the list, one token, and what is done with it.

mod create;
mod details;
mod list;
mod names;
mod revoke;

pub use create::*;
pub use details::*;
pub use list::*;
pub use names::*;
pub use revoke::*;
