#![doc = include_str!("../README.md")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "tests call these, and fail by panicking"
)]

#[cfg(target_os = "linux")]
pub mod identity;
pub mod many;
pub mod proxy;
pub mod scan;
pub mod server;
