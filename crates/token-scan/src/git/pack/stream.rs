//! A pack that is read from its beginning to its end.

use std::io::{self, BufRead, Read};

use super::entry::{Header, LONGEST_HEADER, header};
use crate::git::object::Damage;
use crate::git::object::Format;

/// Reads the beginning of a pack: how many objects it has, and where the first one begins.
pub fn begin(reader: &mut impl Read) -> Result<(u32, u64), Damage> {
    let mut head = [0; 12];
    reader.read_exact(&mut head)?;
    let [b'P', b'A', b'C', b'K', 0, 0, 0, 2 | 3, a, b, c, d] = head else {
        return Err(Damage::Unknown);
    };
    Ok((u32::from_be_bytes([a, b, c, d]), 12))
}

/// A reader that knows where in the file it is.
pub struct Counted<R> {
    inner: R,
    /// The position of the next byte.
    pub at: u64,
}

impl<R: BufRead> Counted<R> {
    pub fn new(inner: R, at: u64) -> Self {
        Self { inner, at }
    }

    /// Reads the header of an entry, and nothing beyond it.
    pub fn header(&mut self, format: Format) -> Result<Header, Damage> {
        let mut head = Vec::with_capacity(LONGEST_HEADER);
        loop {
            let mut byte = [0];
            self.read_exact(&mut byte)?;
            head.extend(byte);
            match header(&head, format) {
                Err(Damage::Truncated) => {}
                read => return read,
            }
        }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.inner.consume(amount);
    }
}
