//! What time it is at a server.

use chrono::{DateTime, Utc};

/// A moment, as a server's clock shows it. The server decides about expiry and last use, so tokens are judged
/// by its clock. It isn't the time of this computer, whose clock may show another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerTime(pub DateTime<Utc>);
