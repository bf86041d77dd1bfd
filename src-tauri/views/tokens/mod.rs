//! Tokens: the list, one token, and what is done with it.

mod create;
mod decisions;
mod details;
mod history;
mod list;
mod notes;
mod revoke;
mod row;

pub use create::*;
pub use decisions::*;
pub use details::*;
pub use history::*;
pub use list::*;
pub use notes::*;
pub use revoke::*;
pub use row::*;
