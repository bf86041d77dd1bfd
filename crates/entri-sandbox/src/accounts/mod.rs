//! Sign-in without HTTP: sessions, the second factor, signatures and limits.

mod caller;
mod limits;
mod problem;
mod second_factor;
mod sessions;
mod signer;
mod totp;

pub use caller::Caller;
pub use limits::Limits;
pub use problem::Problem;
pub use second_factor::{BACKUP_CODES, CHALLENGE_LASTS, Factor, SecondFactor};
pub use sessions::{LIFETIME, Session, Sessions};
pub use signer::Signer;
pub use totp::{SECRET as TOTP_SECRET, code as totp_code};
