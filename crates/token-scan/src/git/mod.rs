//! Git's repositories: every object of them, whether anything leads to it or not.

mod bundle;
mod discover;
mod disk;
mod needed;
mod object;
mod objects;
mod origin;
mod pack;
mod repository;
mod search;

pub use bundle::scan as scan_file;
pub use discover::{Discovered, discover, has_objects, linked_objects, pointed_to};
pub use repository::{Repository, scan};
