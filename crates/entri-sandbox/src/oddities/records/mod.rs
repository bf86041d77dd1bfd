//! Oddities of a token's id, its name, its dates and its uses.

mod dates;
mod ids;
mod names;
mod uses;

pub use dates::{Dates, Said};
pub use ids::{IdForm, as_numbers};
pub use names::{NOT_UTF8, NameForm, name};
pub use uses::Uses;
