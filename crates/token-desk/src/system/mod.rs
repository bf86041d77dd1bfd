//! What the computer offers: its keychain, its clipboard, files that only their owner can read.

pub(crate) mod clipboard;
pub(crate) mod core_files;
pub(crate) mod data_folder;
pub(crate) mod heap;
pub(crate) mod keychain;
pub(crate) mod nt3;
pub(crate) mod private_file;
pub(crate) mod safe_file;
pub(crate) mod threads;
