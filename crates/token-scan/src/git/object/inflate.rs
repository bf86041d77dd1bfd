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

/// Room behind what comes out, so that zlib needs no slow way for the last bytes.
const BEHIND: usize = 512;

/// Unpacks one stream after the other.
pub struct Inflate<'a> {
    /// For what is unpacked in one go. It never gets a window, into which all that comes out would be copied.
    at_once: Decompress,
    /// For what is unpacked in steps.
    in_steps: Decompress,
    watch: &'a dyn Watch,
}

impl<'a> Inflate<'a> {
    pub fn new(watch: &'a dyn Watch) -> Self {
        Self { at_once: Decompress::new(true), in_steps: Decompress::new(true), watch }
    }

    /// An error where the scan was stopped.
    pub fn go_on(&self) -> Result<(), Damage> {
        if self.watch.stopped() { Err(Damage::System(Fault::Stopped)) } else { Ok(()) }
    }

    /// Unpacks a stream that must give exactly `size` bytes, and tells how many bytes it takes of the input.
    pub fn exactly(&mut self, input: &[u8], size: u64, out: &mut Vec<u8>) -> Result<u64, Damage> {
        let size = usize::try_from(size).map_err(|_| Damage::TooLarge)?;
        if size >= TRUSTED || input.len() > STEP {
            return self.exactly_in_steps(input, size, out);
        }
        make_room(out, size + BEHIND);
        self.at_once.reset(true);
        match self.at_once.decompress_vec(input, out, FlushDecompress::Finish) {
            Ok(Status::StreamEnd) if out.len() == size => Ok(self.at_once.total_in()),
            _ => Err(Damage::Packed),
        }
    }

    fn exactly_in_steps(
        &mut self,
        input: &[u8],
        size: usize,
        out: &mut Vec<u8>,
    ) -> Result<u64, Damage> {
        let stream = &mut self.in_steps;
        stream.reset(true);
        out.clear();
        loop {
            // One byte more, so that a stream that gives too much is noticed.
            let room = (size + 1 - out.len()).min(TRUSTED.max(out.len()));
            if out.is_empty() {
                make_room(out, room);
            } else {
                out.reserve_exact(room);
            }
            let rest = input.get(usize::try_from(stream.total_in()).unwrap_or(usize::MAX)..);
            let step = rest.map(|rest| &rest[..rest.len().min(STEP)]).unwrap_or_default();
            let (before, read) = (out.len(), stream.total_in());
            match stream.decompress_vec(step, out, FlushDecompress::None) {
                Ok(Status::StreamEnd) if out.len() == size => return Ok(stream.total_in()),
                Ok(Status::Ok) if out.len() > before || stream.total_in() > read => {}
                _ => return Err(Damage::Packed),
            }
            if out.len() > size {
                return Err(Damage::Packed);
            }
            if self.watch.stopped() {
                return Err(Damage::System(Fault::Stopped));
            }
        }
    }

    /// Unpacks a stream of `size` bytes that a reader is at, into nothing.
    pub fn skip(&mut self, reader: &mut dyn BufRead, size: u64) -> Result<u64, Damage> {
        self.in_steps.reset(true);
        let mut out = [0; 1 << 14];
        loop {
            let input = reader.fill_buf().map_err(|_| Damage::Truncated)?;
            let (read, written) = (self.in_steps.total_in(), self.in_steps.total_out());
            let status = self.in_steps.decompress(input, &mut out, FlushDecompress::None);
            let taken = self.in_steps.total_in() - read;
            reader.consume(usize::try_from(taken).unwrap_or_default());
            match status {
                Ok(Status::StreamEnd) if self.in_steps.total_out() == size => {
                    return Ok(self.in_steps.total_in());
                }
                Ok(Status::Ok) if taken > 0 || self.in_steps.total_out() > written => {}
                _ => return Err(Damage::Packed),
            }
            if self.in_steps.total_out() > size {
                return Err(Damage::Packed);
            }
            self.go_on()?;
        }
    }
}
