//! Revoking many tokens: planned from evidence, confirmed, and then done one by one, where each is
//! looked at again first.
//!
//! The journal holds the plan before the first token goes, and what came of each: whatever breaks,
//! the next start knows what is left.

mod part;
mod plan;
mod run;
mod running;
mod schedule;
mod settle;
mod stop;
mod turn;

pub use schedule::Scheduled;
