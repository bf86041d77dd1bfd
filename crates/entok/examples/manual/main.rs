//! Writes the manual pages and the shell completions of `entok`, for packages:
//! `cargo run -p entok --example manual -- DIR`.

mod pages;

use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    pages::write(&folder.ok_or_else(|| io::Error::other("usage: manual DIR"))?)
}
