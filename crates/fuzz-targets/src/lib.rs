#![doc = include_str!("../README.md")]

mod address;
mod create;
mod csv;
mod list;
mod name;
mod search;
mod wait;

pub use address::address;
pub use create::create;
pub use csv::csv;
pub use list::list;
pub use name::name;
pub use search::search;
pub use wait::wait;

/// What panics where a promise is broken.
pub type Target = fn(&[u8]);

/// Every target with its name, which is that of its seeds' folder and of its program.
pub const TARGETS: [(&str, Target); 7] = [
    ("address", address),
    ("create", create),
    ("csv", csv),
    ("list", list),
    ("name", name),
    ("search", search),
    ("wait", wait),
];
