//! The process itself: what holds in it before anything else starts.

use std::alloc::System;
use std::io;

use zeroizing_alloc::ZeroAlloc;

/// Wipes all memory of Rust's as it is freed or moved. [`token_desk::Secret`] wipes its own; this
/// reaches the copies that pass through HTTP, JSON and the clipboard.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// Lets a crash write no memory to the disk: neither this process's nor that of one it starts. The
/// limit cannot be raised again.
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
