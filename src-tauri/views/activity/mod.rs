//! Activity: what was done in this app, what the servers logged, and whether the journal is intact.

mod days;
mod deeds;
mod names;
mod server;
mod verified;

pub use days::DayView;
pub use deeds::*;
pub use names::*;
pub use server::*;
pub use verified::*;
