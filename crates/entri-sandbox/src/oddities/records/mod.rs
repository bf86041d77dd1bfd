//! Oddities of a token's id, its name and its dates.

mod dates;
mod ids;
mod names;

pub use dates::{Dates, Said};
pub use ids::{IdForm, as_numbers};
pub use names::{NOT_UTF8, NameForm, name};
