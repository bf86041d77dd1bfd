//! Orders of a test: requests that go wrong, and responses that wait.

mod fault;
mod hold;

pub use fault::{Fault, FaultAnswer, Recurring};
pub use hold::{Held, Holds};
