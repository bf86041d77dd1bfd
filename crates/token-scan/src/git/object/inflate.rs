//! Unpacking what zlib packed, without trusting the size that is said to come out.

use std::io::BufRead;

use flate2::{Decompress, FlushDecompress, Status};

use super::Damage;
use crate::context::Watch;
use crate::ledger::Fault;

/// As much is taken from the system for an object before any of it is seen.
const TRUSTED: usize = 1 << 20;

/// So many packed bytes are unpacked between two questions whether to stop. Millions may come out of them.
const STEP: usize = 1 << 15;

/// Empties memory and makes it as large as that, without a copy of what was in it.
pub fn make_room(out: &mut Vec<u8>, size: usize) {
    out.clear();
    if out.capacity() < size {
        *out = Vec::with_capacity(size);
    }
}

/// Unpacks one stream after the other.
pub struct Inflate<'a> {
    stream: Decompress,
    watch: &'a dyn Watch,
}

impl<'a> Inflate<'a> {
    pub fn new(watch: &'a dyn Watch) -> Self {
        Self { stream: Decompress::new(true), watch }
    }

    /// An error where the scan was stopped.
    pub fn go_on(&self) -> Result<(), Damage> {
        if self.watch.stopped() { Err(Damage::System(Fault::Stopped)) } else { Ok(()) }
    }

    /// Unpacks a stream that must give exactly `size` bytes, and tells how many bytes it takes of the input.
    pub fn exactly(&mut self, input: &[u8], size: u64, out: &mut Vec<u8>) -> Result<u64, Damage> {
        let size = usize::try_from(size).map_err(|_| Damage::TooLarge)?;
        self.stream.reset(true);
        out.clear();
        loop {
            // One byte more, so that a stream that gives too much is noticed.
            let room = (size + 1 - out.len()).min(TRUSTED.max(out.len()));
            if out.is_empty() {
                make_room(out, room);
            } else {
                out.reserve_exact(room);
            }
            let rest = input.get(usize::try_from(self.stream.total_in()).unwrap_or(usize::MAX)..);
            let step = rest.map(|rest| &rest[..rest.len().min(STEP)]).unwrap_or_default();
            let (before, read) = (out.len(), self.stream.total_in());
            // What fits needs no memory of what came out before.
            let is_all = room > size && rest.is_some_and(|rest| rest.len() == step.len());
            let flush = if is_all { FlushDecompress::Finish } else { FlushDecompress::None };
            let status = self.stream.decompress_vec(step, out, flush);
            match status {
                Ok(Status::StreamEnd) if out.len() == size => return Ok(self.stream.total_in()),
                Ok(Status::Ok) if out.len() > before || self.stream.total_in() > read => {}
                _ => return Err(Damage::Packed),
            }
            if out.len() > size {
                return Err(Damage::Packed);
            }
            self.go_on()?;
        }
    }

    /// Unpacks a stream of `size` bytes that a reader is at, into nothing.
    pub fn skip(&mut self, reader: &mut dyn BufRead, size: u64) -> Result<u64, Damage> {
        self.stream.reset(true);
        let mut out = [0; 1 << 14];
        loop {
            let input = reader.fill_buf().map_err(|_| Damage::Truncated)?;
            let (read, written) = (self.stream.total_in(), self.stream.total_out());
            let status = self.stream.decompress(input, &mut out, FlushDecompress::None);
            let taken = self.stream.total_in() - read;
            reader.consume(usize::try_from(taken).unwrap_or_default());
            match status {
                Ok(Status::StreamEnd) if self.stream.total_out() == size => {
                    return Ok(self.stream.total_in());
                }
                Ok(Status::Ok) if taken > 0 || self.stream.total_out() > written => {}
                _ => return Err(Damage::Packed),
            }
            if self.stream.total_out() > size {
                return Err(Damage::Packed);
            }
            self.go_on()?;
        }
    }
}
