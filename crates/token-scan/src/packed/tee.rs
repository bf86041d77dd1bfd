//! A text is searched as it is, while somebody else reads it for what is in it.

use std::io::{self, Read};

use crate::inspect::Window;
use crate::needles::Found;

/// As many values are kept at most; more are counted.
const MOST: usize = 10_000;

/// A reader that searches what passes through it.
pub struct Tee<R> {
    inner: R,
    window: Window,
    found: Vec<(Found, u64)>,
    more: u64,
}

impl<R> Tee<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, window: Window::default(), found: Vec::new(), more: 0 }
    }

    /// Everything that was found, each with its line, and how many more there were.
    pub fn into_found(mut self) -> (Vec<(Found, u64)>, u64) {
        self.search(true);
        (self.found, self.more)
    }

    /// The same without the reader, which somebody else needs meanwhile.
    pub fn without_inner(self) -> Tee<()> {
        let Self { window, found, more, .. } = self;
        Tee { inner: (), window, found, more }
    }

    fn search(&mut self, ended: bool) {
        let Self { window, found, more, .. } = self;
        window.search(ended, &mut |value, line| {
            if found.len() < MOST {
                found.push((value, line));
            } else {
                *more += 1;
            }
            true
        });
    }
}

impl<R: Read> Read for Tee<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.window.push(&buffer[..read]);
        if self.window.is_full() {
            self.search(false);
        }
        Ok(read)
    }
}
