//! How far the replacement of a token by a new one is, and whether the old one may be revoked.
//!
//! A server offers only creating, listing and deleting tokens, and a coarse last use. So the new token counts as in use
//! once somebody other than the app used it, and the old one as quiet once the lists prove that it was not used since:
//! the latest use is one number, so a late list proves silence even if the app was closed. Nothing is concluded within
//! the step of the server's dates, nothing beyond the time up to which a list shows any use at all, and nothing while
//! the server has stopped recording uses.
//!
//! [`Facts::progress`] says how far a rotation is, and [`Progress::may_revoke`] whether the old token's revoke may be
//! offered. Nothing says that nobody else has the old value, or that every place is known.

mod facts;
mod gaps;
mod judge;
mod progress;
mod seen;

pub use facts::{Change, Ended, Facts, LastUsed, Place, Proof, Token, USUAL_WAIT, WaitRule};
pub use gaps::longest_usual;
pub use progress::{Exit, Next, Progress, Quiet, Refusal, Stage, UsedAgain, WaitsFor};
