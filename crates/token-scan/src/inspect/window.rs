//! A long text is searched in windows, which overlap by as much as a value can take.

use std::io::{self, Read};

use memchr::memchr_iter;

use crate::needles::{self, Found, REACH};

/// As many bytes are searched at once.
const SIZE: usize = 1 << 20;

/// A part of a text, and how many lines came before it.
#[derive(Default)]
pub struct Window {
    bytes: Vec<u8>,
    lines: u64,
}

impl Window {
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.lines = 0;
    }

    pub fn is_full(&self) -> bool {
        self.bytes.len() >= SIZE
    }

    /// Takes more from a reader until the window is full. What was read before an error stays, and is counted.
    pub fn fill(&mut self, reader: &mut dyn Read) -> (u64, io::Result<()>) {
        let before = self.bytes.len();
        let room = SIZE.saturating_sub(before) as u64;
        let filled = reader.take(room).read_to_end(&mut self.bytes).map(drop);
        ((self.bytes.len() - before) as u64, filled)
    }

    /// Takes these bytes at the end of the window.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Searches the window and makes room. What begins near its end is left for the next one, where all of it is,
    /// unless the text has ended.
    pub fn search(&mut self, ended: bool, each: &mut dyn FnMut(Found, u64)) {
        let length = self.bytes.len();
        // An even number, so that the two bytes of a character stay together.
        let until = if ended { length } else { length.saturating_sub(REACH) & !1 };
        for found in needles::find(&self.bytes).take_while(|found| found.at < until) {
            let line = 1 + self.lines + count_lines(&self.bytes[..found.at]);
            each(found, line);
        }
        self.lines += count_lines(&self.bytes[..until]);
        self.bytes.drain(..until);
    }
}

/// How many lines end in these bytes.
pub fn count_lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).map(|_| 1_u64).sum()
}
