//! What the page sees, and what it sends: `…View` goes up, `…Request` comes down.
//!
//! Text that a server wrote is made safe to show here, and points in time become words here, so
//! that the page formats nothing.

mod activity;
mod audit;
mod cleanups;
mod connections;
mod journal;
mod layout;
mod search;
mod secrets;
mod sign_in;
#[cfg(test)]
mod tests;
mod tokens;
mod watch;
mod when;

pub use activity::*;
pub use audit::*;
pub use cleanups::*;
pub use connections::*;
pub use journal::*;
pub use layout::*;
pub use search::*;
pub use secrets::*;
pub use sign_in::*;
pub use tokens::*;
pub use watch::*;
pub use when::When;
pub(crate) use when::count;
