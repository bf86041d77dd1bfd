//! The use cases, through the desk's public entry, against the real sandbox server.
//!
//! On Linux only: elsewhere the keychain cannot be kept out of reach, and a test must never touch
//! that of the person who runs it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod activity;
mod anchor;
mod as_of;
mod audit;
mod cleanup;
mod clocks;
mod connect;
mod create;
mod create_unclear;
mod dates;
mod decisions;
mod disk;
mod doubled;
mod durable;
mod edits;
mod environments;
mod floods;
mod forget;
mod guarded;
mod hand_off_file;
mod hand_off_program;
mod history;
mod history_faults;
mod hostile_folders;
mod interleavings;
mod journal;
mod keychain;
mod leaks;
mod leavers;
mod look;
mod loose_ends;
mod news;
mod notes;
mod organization;
mod owed;
mod own;
mod partial;
mod plan_again;
mod planted;
mod printed;
mod revoke;
mod revoke_guard;
mod saved_views;
mod second_factor;
mod session;
mod several;
mod summary;
mod support;
mod switch;
mod sync;
mod text_gate;
mod together;
mod told;
mod watch;
mod watch_seams;
mod ways_in;
mod year;
