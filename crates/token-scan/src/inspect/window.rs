//! A long text is searched in windows, which overlap by as much as a value can take.

use std::collections::BTreeSet;
use std::io::{self, Read};

use memchr::memchr_iter;

use super::Zip;
use crate::needles::{self, Found, REACH, Sign};

/// How many bytes are searched in one go.
const SIZE: usize = 1 << 20;

/// A part of a text, and what came before it.
#[derive(Default)]
pub struct Window {
    /// The window, and room behind it.
    bytes: Vec<u8>,
    length: usize,
    lines: u64,
    /// How many bytes came before.
    before: u64,
    /// Where the zip archives of which the end was seen should end.
    zip_ends: BTreeSet<u64>,
    /// A zip archive ended before the text does.
    has_zip: bool,
    is_stopped: bool,
}

impl Window {
    pub fn clear(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        *self = Self { bytes, ..Self::default() };
    }

    pub fn is_full(&self) -> bool {
        self.length >= SIZE
    }

    /// Takes more from a reader until the window is full. What was read before an error stays, and is counted.
    pub fn fill(&mut self, reader: &mut dyn Read) -> (u64, io::Result<()>) {
        let before = self.length;
        if self.bytes.len() < SIZE {
            self.bytes.resize(SIZE, 0);
        }
        let mut filled = Ok(());
        // Into room that is there already: most files are small, and are read in one go.
        while self.length < SIZE {
            match reader.read(&mut self.bytes[self.length..SIZE]) {
                Ok(0) => break,
                Ok(read) => self.length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    filled = Err(error);
                    break;
                }
            }
        }
        ((self.length - before) as u64, filled)
    }

    /// Takes these bytes at the end of the window.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.truncate(self.length);
        self.bytes.extend_from_slice(bytes);
        self.length = self.bytes.len();
    }

    /// Searches the window and makes room. What begins near its end is left for the next one, where all of it is,
    /// unless the text has ended. Ends where `each` says not to go on.
    pub fn search(&mut self, ended: bool, each: &mut dyn FnMut(Found, u64) -> bool) {
        let length = self.length;
        // An even number, so that the two bytes of a character stay together.
        let until = if ended { length } else { length.saturating_sub(REACH) & !1 };
        let mut counted = 0;
        for sign in needles::find_in(&self.bytes[..length], 0..length) {
            match sign {
                Sign::Value(found) if found.at < until => {
                    self.lines += count_lines(&self.bytes[counted.min(found.at)..found.at]);
                    counted = counted.max(found.at);
                    if !each(found, 1 + self.lines) {
                        self.is_stopped = true;
                        break;
                    }
                }
                Sign::ZipEnd(zip) if zip.at < until => {
                    if self.before + zip.at as u64 >= zip.before {
                        self.zip_ends.insert(self.before + zip.end);
                    }
                }
                // Whatever begins behind it is in the next window.
                Sign::Value(_) | Sign::ZipEnd(_) | Sign::Nothing | Sign::Pause => {}
            }
        }
        if !ended {
            self.lines += count_lines(&self.bytes[counted..until]);
        }
        self.before += until as u64;
        let left = self.zip_ends.split_off(&self.before);
        self.has_zip |= !std::mem::replace(&mut self.zip_ends, left).is_empty();
        self.bytes.copy_within(until..length, 0);
        self.length -= until;
    }

    /// Whether the caller of the search did not let it come to its end.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Whether the whole text has a zip archive in it.
    pub fn zip(&self) -> Zip {
        match self.zip_ends.contains(&self.before) {
            true => Zip::Whole,
            false if self.has_zip || !self.zip_ends.is_empty() => Zip::Inside,
            false => Zip::None,
        }
    }
}

/// How many lines end in these bytes.
pub fn count_lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}
