//! End to end: the real app in its real window, with a real keychain and clipboard, against the
//! real sandbox server. Each test has a desktop, a server and a home folder of its own.
//!
//! Pictures of every screen and dialog are left in `tests/screenshots/`.

pub(crate) mod activity;
pub(crate) mod app;
pub(crate) mod audit;
pub(crate) mod axe;
pub(crate) mod canary;
pub(crate) mod cleanup;
pub(crate) mod clipboard;
pub(crate) mod columns;
pub(crate) mod connect;
pub(crate) mod connections;
pub(crate) mod crash;
pub(crate) mod create;
pub(crate) mod dates;
pub(crate) mod decisions;
pub(crate) mod desktop;
pub(crate) mod gate;
pub(crate) mod hand;
pub(crate) mod hand_off;
pub(crate) mod hangs;
pub(crate) mod history;
pub(crate) mod hostile;
pub(crate) mod hostile_names;
pub(crate) mod instance;
pub(crate) mod journey;
pub(crate) mod keyboard;
pub(crate) mod keychain;
pub(crate) mod leaks;
pub(crate) mod list;
pub(crate) mod loose_ends;
pub(crate) mod memory;
pub(crate) mod names;
pub(crate) mod navigation;
pub(crate) mod notes;
pub(crate) mod page_anew;
pub(crate) mod page_ends;
pub(crate) mod panel;
pub(crate) mod pictures;
pub(crate) mod preload;
pub(crate) mod processes;
#[allow(dead_code, clippy::unwrap_used, reason = "it is the fault rig's, which takes all of it")]
#[path = "../faults/proxy.rs"]
pub(crate) mod proxy;
pub(crate) mod reveal;
pub(crate) mod revoke;
pub(crate) mod rounds;
pub(crate) mod row_menu;
mod saved_files;
#[path = "../../crates/token-desk/tests/desk/support/scan.rs"]
pub(crate) mod scan;
pub(crate) mod scroll;
pub(crate) mod search;
mod selection;
pub(crate) mod shown;
pub(crate) mod sign_in;
mod single_keys;
mod untrusted;
pub(crate) mod watch;
pub(crate) mod ways_in;
pub(crate) mod whose;
pub(crate) mod words;
pub(crate) mod world;
mod zoom;
