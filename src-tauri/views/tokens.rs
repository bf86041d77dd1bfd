//! Tokens: the list, one token, and what is done with it.

mod create;
mod list;
mod revoke;

pub use create::*;
pub use list::*;
pub use revoke::*;
