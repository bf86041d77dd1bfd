//! The process itself: what holds in it before anything else starts.

use std::alloc::System;
use std::io;

use zeroizing_alloc::ZeroAlloc;

/// Wipes all memory of Rust's as it is freed or moved. [`token_desk::Secret`] wipes its own; this
/// reaches the copies that pass through HTTP, JSON and the clipboard.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// Has to be called while the process has one thread; every process it starts inherits both.
pub fn harden() -> io::Result<()> {
    draw_in_memory();
    no_core_files()
}

/// A crash writes no memory to the disk. The limit cannot be raised again.
#[cfg(unix)]
fn no_core_files() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

/// Windows keeps no memory of a crash unless the computer's owner asks for it.
#[cfg(not(unix))]
fn no_core_files() -> io::Result<()> {
    Ok(())
}

/// With some graphics drivers `WebKitGTK` shows a blank window when it shares buffers with them.
#[cfg(target_os = "linux")]
fn draw_in_memory() {
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_none() {
        #[expect(unsafe_code, reason = "WebKitGTK is told nothing of this but by its environment")]
        // SAFETY: no other thread runs yet that could read the environment meanwhile.
        unsafe {
            std::env::set_var(SWITCH, "1");
        }
    }
}

/// The other systems' web views have no such switch.
#[cfg(not(target_os = "linux"))]
fn draw_in_memory() {}
