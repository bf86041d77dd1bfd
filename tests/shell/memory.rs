//! Freed memory holds nothing: the app's allocator, which this program has too, wipes it.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::os::unix::fs::FileExt;

use memchr::memmem::find;

const WORD: &[u8] = b"a secret ";
/// Of a size that nothing else here asks for.
const LENGTH: usize = 3001;

fn secret() -> Vec<u8> {
    let mut secret = Vec::with_capacity(LENGTH);
    secret.extend(WORD.iter().cycle().take(LENGTH));
    secret
}

/// This process's own memory, whoever a part of it belongs to.
struct Memory {
    file: File,
    /// Created before anything is freed, so that it doesn't occupy the memory under test.
    part: Vec<u8>,
}

impl Memory {
    fn new() -> Self {
        let file = File::open("/proc/self/mem").expect("this process's memory");
        Self { file, part: vec![0; LENGTH] }
    }

    fn has_secret_at(&mut self, place: *const u8) -> bool {
        self.part.fill(0);
        let read = self.file.read_exact_at(&mut self.part, place.addr() as u64);
        read.expect("the memory is still there");
        find(&self.part, WORD).is_some()
    }
}

#[test]
fn what_is_freed_is_wiped() {
    let secret = secret();
    let (mut memory, place) = (Memory::new(), secret.as_ptr());
    assert!(memory.has_secret_at(place), "the control: it can be found");
    drop(secret);
    assert!(!memory.has_secret_at(place));
}

#[test]
fn what_moves_to_grow_is_wiped() {
    let mut secret = secret();
    let (mut memory, place) = (Memory::new(), secret.as_ptr());
    secret.reserve_exact(100 * LENGTH);
    assert!(memory.has_secret_at(secret.as_ptr()) && secret.as_ptr() != place, "it moved");
    assert!(!memory.has_secret_at(place));
}
