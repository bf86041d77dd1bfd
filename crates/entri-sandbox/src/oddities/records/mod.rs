//! Oddities of a token's id, its name, its dates, its uses and its value.

mod dates;
mod ids;
mod names;
mod uses;
mod values;

pub use dates::{Dates, Said};
pub use ids::{IdForm, as_numbers};
pub use names::{NOT_UTF8, NameForm, name};
pub use uses::Uses;
pub use values::Values;
