//! Activity: what was done in this app, what the servers logged, and whether the journal is intact.

mod acts;
mod counts;
mod days;
mod server;
mod verified;

pub use acts::*;
pub use counts::*;
pub use days::DayView;
pub use server::*;
pub use verified::*;
