//! The sandbox, asked over HTTP as Entri would be.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod drill;
mod errors;
mod faults;
mod history;
mod keys;
mod odd;
mod pages;
mod past;
mod program;
mod second_factor;
mod sessions;
mod support;
mod tokens;
mod truth;
mod variants;
