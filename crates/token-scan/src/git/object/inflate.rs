//! Unpacking what zlib packed, without trusting the size that is said to come out.

use std::io::BufRead;

use flate2::{Decompress, FlushDecompress, Status};

use super::Damage;

/// As much is taken from the system for an object before any of it is seen.
const TRUSTED: usize = 1 << 20;

/// Unpacks one stream after the other.
pub struct Inflate(Decompress);

impl Inflate {
    pub fn new() -> Self {
        Self(Decompress::new(true))
    }

    /// Unpacks a stream that must give exactly `size` bytes, and tells how many bytes it takes of the input.
    pub fn exactly(&mut self, input: &[u8], size: u64, out: &mut Vec<u8>) -> Result<u64, Damage> {
        let size = usize::try_from(size).map_err(|_| Damage::TooLarge)?;
        self.0.reset(true);
        out.clear();
        loop {
            // One byte more, so that a stream that gives too much is noticed.
            let room = (size + 1 - out.len()).min(TRUSTED.max(out.len()));
            out.reserve_exact(room);
            let rest = input.get(usize::try_from(self.0.total_in()).unwrap_or(usize::MAX)..);
            let (before, read) = (out.len(), self.0.total_in());
            let status =
                self.0.decompress_vec(rest.unwrap_or_default(), out, FlushDecompress::None);
            match status {
                Ok(Status::StreamEnd) if out.len() == size => return Ok(self.0.total_in()),
                Ok(Status::Ok) if out.len() > before || self.0.total_in() > read => {}
                _ => return Err(Damage::Packed),
            }
            if out.len() > size {
                return Err(Damage::Packed);
            }
        }
    }

    /// Unpacks a stream of `size` bytes that a reader is at, into nothing.
    pub fn skip(&mut self, reader: &mut dyn BufRead, size: u64) -> Result<u64, Damage> {
        self.0.reset(true);
        let mut out = [0; 1 << 14];
        loop {
            let input = reader.fill_buf().map_err(|_| Damage::Truncated)?;
            let (read, written) = (self.0.total_in(), self.0.total_out());
            let status = self.0.decompress(input, &mut out, FlushDecompress::None);
            let taken = self.0.total_in() - read;
            reader.consume(usize::try_from(taken).unwrap_or_default());
            match status {
                Ok(Status::StreamEnd) if self.0.total_out() == size => {
                    return Ok(self.0.total_in());
                }
                Ok(Status::Ok) if taken > 0 || self.0.total_out() > written => {}
                _ => return Err(Damage::Packed),
            }
            if self.0.total_out() > size {
                return Err(Damage::Packed);
            }
        }
    }
}
