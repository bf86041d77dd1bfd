//! A text is searched as it is, while somebody else reads it for what is in it.

use std::io::{self, Read};

use crate::inspect::Window;
use crate::needles::Found;

/// How many values are kept at most, and how many placeholders. More are counted.
const MOST: usize = 10_000;

/// A reader that searches what passes through it.
pub struct Tee<R> {
    inner: R,
    window: Window,
    found: Outside,
}

/// What was found in what passed through.
#[derive(Default)]
pub struct Outside {
    /// Values, each with its line.
    pub values: Vec<(Found, u64)>,
    pub placeholders: Vec<(Found, u64)>,
    pub more_values: u64,
    pub more_placeholders: u64,
}

impl Outside {
    fn add(&mut self, found: Found, line: u64) {
        let (all, more) = if found.value.is_placeholder() {
            (&mut self.placeholders, &mut self.more_placeholders)
        } else {
            (&mut self.values, &mut self.more_values)
        };
        if all.len() < MOST {
            all.push((found, line));
        } else {
            *more += 1;
        }
    }
}

impl<R> Tee<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, window: Window::default(), found: Outside::default() }
    }

    /// Everything that was found.
    pub fn into_found(mut self) -> Outside {
        self.search(true);
        self.found
    }

    /// The same without the reader, which somebody else needs meanwhile.
    pub fn without_inner(self) -> Tee<()> {
        let Self { window, found, .. } = self;
        Tee { inner: (), window, found }
    }

    fn search(&mut self, ended: bool) {
        let Self { window, found, .. } = self;
        window.search(ended, &mut |value, line| {
            found.add(value, line);
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
