//! The list of tokens as the app holds it: columns instead of records, so that 100,000 tokens take
//! about 20 MB and one search is one pass over one piece of memory.

mod audited;
mod builder;
mod creators;
mod decided;
mod find;
mod inventory;
mod judged;
pub mod language;
mod members;
mod parts;
mod records;
pub(crate) mod saved_view;
mod search;
#[cfg(test)]
mod tests;

pub use audited::subjects;
pub use builder::{Builder, Mark};
pub use creators::{Creators, Unchecked};
pub use decided::{Cover, Decided};
pub use inventory::{Index, Inventory};
pub use judged::{Labels, Policies, Stuck, Troubled};
pub use members::{Members, Reading};
pub use search::{Completion, Facet, FacetValue, Query, Search, Sort, Suggestion};
