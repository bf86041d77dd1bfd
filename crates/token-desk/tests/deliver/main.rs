//! Deliveries to the real programs, through the app's own code: what arrives at the far end, and what the admin
//! reads where it doesn't. Every program has settings of its own and reaches nothing but this computer.
//!
//! `./x setup` installs the programs. A test fails where one is missing, unless `WITHOUT_PROGRAMS` names it
//! (`WITHOUT_PROGRAMS="aws gh"`), as `./x test` does, saying so, where one can't be had.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod aws;
mod doppler;
mod github;
mod kubernetes;
mod processes;
mod programs;
mod rig;
