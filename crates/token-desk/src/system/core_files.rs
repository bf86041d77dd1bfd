//! Keeps values out of the files that a crash may leave.

use std::io;

/// Keeps a crash from writing memory to disk, for this process and those it starts. The limit can't
/// be raised again.
#[cfg(unix)]
pub fn forbid_core_files() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

/// Windows keeps no memory of a crash unless the computer's owner asks for it.
#[cfg(not(unix))]
pub fn forbid_core_files() -> io::Result<()> {
    Ok(())
}
