//! What `entok` takes, as manual pages and shell completions.

use std::fs;
use std::io;
use std::path::Path;

use clap_complete::Shell;

/// Writes `man/*.1` and `completions/*` into a folder.
pub fn write(folder: &Path) -> io::Result<()> {
    let (man, completions) = (folder.join("man"), folder.join("completions"));
    fs::create_dir_all(&man)?;
    fs::create_dir_all(&completions)?;
    clap_mangen::generate_to(entok::command(), man)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut entok::command(), "entok", &completions)?;
    }
    Ok(())
}
