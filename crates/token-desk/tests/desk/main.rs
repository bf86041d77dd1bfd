//! The use cases, through the desk's public functions, against the real sandbox server.
//!
//! On Linux only: elsewhere the keychain can't be kept out of reach, and a test must never touch
//! the keychain of the person who runs it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod activity;
mod anchor;
mod appearance;
mod as_of;
mod audit;
mod audit_trail;
mod bulk_revoke;
mod clocks;
mod connect;
mod create;
mod create_unclear;
mod dates;
mod dates_unreadable;
mod decisions;
mod deliver_file;
mod deliver_program;
mod disk;
mod doubled;
mod durable;
mod edits;
mod environments;
mod export;
mod floods;
mod forget;
mod found;
mod frozen;
mod guarded;
mod history;
mod history_faults;
mod hostile_folders;
mod interleavings;
mod journal;
mod keychain;
mod leaks;
mod leavers;
mod news;
mod notes;
mod organization;
mod owed;
mod own;
mod partial;
mod plan_again;
mod planted;
mod precision;
mod printed;
mod revoke;
mod revoke_gone;
mod revoke_guard;
mod revoke_proof;
mod rotation;
mod saved_views;
mod scan;
mod second_factor;
mod session;
mod settings;
mod several;
mod summary;
mod support;
mod switch;
mod sync;
mod together;
mod told;
mod unresolved;
mod value_texts;
mod watch;
mod watch_seams;
mod watch_told;
mod ways_in;
mod year;
