#![doc = include_str!("../README.md")]

mod address;
mod cli;
mod csv;
mod delivered;
mod leaks;
mod name;
mod policy;
mod search;
mod server;

pub use address::address;
pub use cli::cli;
pub use csv::csv;
pub use delivered::{command, redact};
pub use leaks::{leak_archive, leak_index, leak_pack, leak_text};
pub use name::name;
pub use policy::policy;
pub use search::search;
pub use server::create::create;
pub use server::envelope::envelope;
pub use server::list::list;
pub use server::pages::pages;
pub use server::people::{activity, member};
pub use server::sign_in::sign_in;
pub use server::wait::wait;

/// A function that panics if a promise is broken.
pub type Target = fn(&[u8]);

/// Every target with its name, which its folder of seeds and its program have, too.
pub const TARGETS: [(&str, Target); 20] = [
    ("activity", activity),
    ("address", address),
    ("cli", cli),
    ("command", command),
    ("create", create),
    ("csv", csv),
    ("envelope", envelope),
    ("leak_archive", leak_archive),
    ("leak_index", leak_index),
    ("leak_pack", leak_pack),
    ("leak_text", leak_text),
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
