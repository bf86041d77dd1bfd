//! A text is searched as it is, while somebody else reads it for what is in it.

use std::io::{self, Read};

use crate::inspect::Window;
use crate::needles::Found;

/// A reader that searches what passes through it.
pub struct Tee<R> {
    inner: R,
    window: Window,
    found: Vec<(Found, u64)>,
}

impl<R: Read> Tee<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, window: Window::default(), found: Vec::new() }
    }

    /// Everything that was found, each with its line.
    pub fn into_found(mut self) -> Vec<(Found, u64)> {
        self.search(true);
        self.found
    }

    fn search(&mut self, ended: bool) {
        let Self { window, found, .. } = self;
        window.search(ended, &mut |value, line| found.push((value, line)));
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
