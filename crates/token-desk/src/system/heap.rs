//! Memory that was needed only briefly.

/// Returns freed memory back to the system. To build a list of 100,000 tokens takes several times
/// what the list then holds, and glibc keeps the difference for later use, which may never come.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn give_back() {
    #[expect(
        unsafe_code,
        reason = "the function has no contract: it reads and moves nothing of ours"
    )]
    // SAFETY: `malloc_trim` may be called at any time, from any thread.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Other allocators give it back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}
