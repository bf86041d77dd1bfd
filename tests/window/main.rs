//! End to end: the real app in its real window, with a real keychain and clipboard, against the
//! real sandbox server. Each test has a desktop, a server and a home folder of its own.
//!
//! Pictures of every screen and dialog are left in `tests/screenshots/`.

mod app;
mod audit;
mod axe;
mod canary;
mod clipboard;
mod connect;
mod connections;
mod crash;
mod create;
mod desktop;
mod hand_off;
mod hostile;
mod hostile_names;
mod instance;
mod journey;
mod keyboard;
mod keychain;
mod leaks;
mod list;
mod loose_ends;
mod memory;
mod names;
mod navigation;
mod pictures;
mod processes;
mod revoke;
#[path = "../../crates/token-desk/tests/desk/support/scan.rs"]
mod scan;
mod ways_in;
mod world;
