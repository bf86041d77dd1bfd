//! Memory that is wiped as it is freed or moved.
//!
//! [`token_desk::Secret`] wipes its own; this reaches the copies that pass through HTTP, JSON and
//! the clipboard.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

const WIPING: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: large::Allocator = large::Allocator;

#[cfg(not(target_os = "linux"))]
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = WIPING;

/// Wiping alone would copy the columns of 100,000 tokens each time they grow, and leave holes.
/// Instead, large blocks are separate pages: the kernel grows them without a copy and takes them
/// back completely, so that nothing is left to wipe.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "an allocator hands out raw memory")]
mod large {
    use std::alloc::{GlobalAlloc, Layout};
    use std::ptr::{copy_nonoverlapping, null_mut};

    use rustix::mm::{MapFlags, MremapFlags, ProtFlags, mmap_anonymous, mremap, munmap};

    use super::WIPING;

    /// From this size on, in bytes, a page that is not full costs little.
    const LARGE: usize = 128 * 1024;
    /// No system this runs on has smaller pages.
    const PAGE: usize = 4096;

    pub struct Allocator;

    fn is_large(layout: Layout) -> bool {
        layout.size() >= LARGE && layout.align() <= PAGE
    }

    // SAFETY: the size alone, which callers must give alike for a block all its life, tells which of
    // the two kinds it is; each kind is only ever handed to those functions that it came from.
    unsafe impl GlobalAlloc for Allocator {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            if is_large(layout) {
                unsafe { map(layout.size()) }
            } else {
                unsafe { WIPING.alloc(layout) }
            }
        }

        unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
            if is_large(layout) {
                // The kernel hands out nothing but zeros.
                unsafe { map(layout.size()) }
            } else {
                unsafe { WIPING.alloc_zeroed(layout) }
            }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            if !is_large(layout) {
                unsafe { WIPING.dealloc(block, layout) }
            } else if unsafe { munmap(block.cast(), layout.size()) }.is_err() {
                // The block stays if the process has too many mappings to split one.
                unsafe { block.write_bytes(0, layout.size()) }
            }
        }

        unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
            let after = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
            if is_large(layout) && is_large(after) {
                // The page in which the block will end is kept completely.
                let shed = layout.size().saturating_sub(size);
                unsafe { block.add(layout.size() - shed).write_bytes(0, shed) };
                let moves = MremapFlags::MAYMOVE;
                if let Ok(moved) = unsafe { mremap(block.cast(), layout.size(), size, moves) } {
                    return moved.cast();
                }
            }
            let target = unsafe { self.alloc(after) };
            if !target.is_null() {
                unsafe { copy_nonoverlapping(block, target, layout.size().min(size)) };
                unsafe { self.dealloc(block, layout) };
            }
            target
        }
    }

    unsafe fn map(size: usize) -> *mut u8 {
        let rights = ProtFlags::READ | ProtFlags::WRITE;
        let mapped = unsafe { mmap_anonymous(null_mut(), size, rights, MapFlags::PRIVATE) };
        mapped.unwrap_or(null_mut()).cast()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_grows_and_shrinks_keeps_its_content() {
        // Around the size from which on the pages are a block's own, and far beyond it.
        for sizes in [[1, 127, 128, 129], [1, 129, 5_000, 300], [4_000, 64, 9_000, 1]] {
            let mut block: Vec<u8> = Vec::new();
            for size in sizes.map(|kilobytes| kilobytes * 1024) {
                let kept = block.len().min(size);
                block.resize(size, 0);
                for (place, byte) in block.iter_mut().enumerate().skip(kept) {
                    *byte = u8::try_from(place % 251).unwrap();
                }
                block.shrink_to_fit();
                assert!(
                    block.iter().enumerate().all(|(place, &byte)| place % 251 == usize::from(byte))
                );
            }
            assert!(vec![0_u8; block.capacity()].iter().all(|&byte| byte == 0));
        }
    }
}
