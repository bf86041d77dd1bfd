//! The same records in every form that docs/entri-api.md#tolerance tolerates.

mod date;
mod date_of;
mod list;
mod token;

pub use date::{http, iso};
pub use date_of::DateOf;
pub use list::list;
pub use token::token;
