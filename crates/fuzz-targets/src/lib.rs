#![doc = include_str!("../README.md")]

mod address;
mod cli;
mod create;
mod csv;
mod envelope;
mod fields;
mod handed_over;
mod list;
mod name;
mod pages;
mod people;
mod policy;
mod search;
mod sign_in;
mod wait;

pub use address::address;
pub use cli::cli;
pub use create::create;
pub use csv::csv;
pub use envelope::envelope;
pub use handed_over::{command, redact};
pub use list::list;
pub use name::name;
pub use pages::pages;
pub use people::{activity, member};
pub use policy::policy;
pub use search::search;
pub use sign_in::sign_in;
pub use wait::wait;

/// What panics where a promise is broken.
pub type Target = fn(&[u8]);

/// Every target with its name, which is that of its seeds' folder and of its program.
pub const TARGETS: [(&str, Target); 16] = [
    ("activity", activity),
    ("address", address),
    ("cli", cli),
    ("command", command),
    ("create", create),
    ("csv", csv),
    ("envelope", envelope),
    ("list", list),
    ("member", member),
    ("name", name),
    ("pages", pages),
    ("policy", policy),
    ("redact", redact),
    ("search", search),
    ("sign_in", sign_in),
    ("wait", wait),
];
