//! Where the server behaves oddly, with what it remembers from one answer to the next.

mod bytes;
mod changes;
mod clock;
mod drift;
mod endless;
mod entries;
mod organization;
mod uses;

pub use bytes::{dressed, is_dressed};
pub use changes::strike;
pub use clock::date;
pub use drift::{before_page, shift_log};
pub use endless::page as endless_page;
pub use entries::change;
pub use organization::{activate, active, current};
pub use uses::{keep_use, lingers, show_uses};
