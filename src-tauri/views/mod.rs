//! The types that the page receives (`…View`) and sends (`…Request`).
//!
//! Text from servers is made safe to show here, and times become words here, so that the page
//! formats no times.

mod activity;
mod audit;
mod bulk_revokes;
mod connections;
mod drills;
mod incidents;
mod journal;
mod layout;
mod rotations;
mod scans;
mod search;
mod secrets;
mod settings;
mod sign_in;
#[cfg(test)]
mod tests;
mod tokens;
mod watch;
mod when;

pub use activity::*;
pub use audit::*;
pub use bulk_revokes::*;
pub use connections::*;
pub use drills::*;
pub use incidents::*;
pub use journal::*;
pub use layout::*;
pub use rotations::*;
pub use scans::*;
pub use search::*;
pub use secrets::*;
pub use settings::*;
pub use sign_in::*;
pub use tokens::*;
pub use watch::*;
pub use when::When;
pub(crate) use when::count;
