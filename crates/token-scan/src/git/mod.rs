//! Git's repositories: every object of them, whether anything leads to it or not.

mod attribute;
mod discover;
mod graph;
mod loose;
mod object;
mod objects;
mod pack;
mod refs;
mod repository;
mod search;
mod store;

pub use discover::{Discovered, discover, pointed_to};
pub use repository::{Repository, scan};
