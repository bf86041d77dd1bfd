//! The bytes of a pack: a small one is kept in memory, because its objects are read in another order than they lie in it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use crate::context::Watch;
use crate::git::object::Damage;
use crate::ledger::Fault;

/// As many bytes of a pack are read at once when it is read from its beginning to its end.
const BUFFER: usize = 1 << 18;

/// As many bytes are read between two questions whether to stop.
const STEP: usize = 1 << 24;

/// As many bytes are read at once if an entry has fewer: the system reads no less.
const AHEAD: u64 = 1 << 12;

/// So many bytes behind those that are asked for are given as well, if they are there: zlib takes several at once as long
/// as it can.
const BEHIND: usize = 32;

/// The file of a pack.
pub struct Source {
    file: File,
    /// All of it, if it is kept.
    kept: Option<Vec<u8>>,
}

impl Source {
    pub fn new(file: File) -> Self {
        Self { file, kept: None }
    }

    /// Keeps all bytes in memory, if the system gives them. What it doesn't give is told where it is missed.
    pub fn keep(mut self, size: u64, watch: &dyn Watch) -> Self {
        let mut bytes = Vec::with_capacity(usize::try_from(size + 1).unwrap_or_default());
        while !watch.stopped() {
            match (&self.file).take(BUFFER as u64 * 4).read_to_end(&mut bytes) {
                Ok(0) => {
                    self.kept = Some(bytes);
                    break;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        self
    }

    pub fn size(&self) -> io::Result<u64> {
        match &self.kept {
            Some(bytes) => Ok(bytes.len() as u64),
            None => Ok(self.file.metadata()?.len()),
        }
    }

    /// Reads on from a place.
    pub fn reader(&self, start: u64) -> io::Result<Box<dyn BufRead + '_>> {
        if let Some(bytes) = &self.kept {
            let start = usize::try_from(start).map_err(io::Error::other)?;
            return Ok(Box::new(bytes.get(start..).unwrap_or_default()));
        }
        (&self.file).seek(SeekFrom::Start(start))?;
        Ok(Box::new(BufReader::with_capacity(BUFFER, &self.file)))
    }

    /// So many bytes that begin here, and perhaps some that follow. Nothing behind `end` is read ahead.
    pub fn get<'a>(
        &'a self,
        near: &'a mut Near<'_>,
        start: u64,
        length: u64,
        end: u64,
    ) -> Result<&'a [u8], Damage> {
        let in_memory = |start: u64| usize::try_from(start).map_err(io::Error::other);
        let size = in_memory(length)?;
        let (bytes, from) = if let Some(bytes) = &self.kept {
            (bytes, in_memory(start)?)
        } else {
            near.have(&self.file, start, length, end)?;
            (&near.bytes, in_memory(start - near.start)?)
        };
        let rest = bytes.get(from..).filter(|rest| rest.len() >= size).ok_or(Damage::Truncated)?;
        Ok(&rest[..rest.len().min(size.saturating_add(BEHIND))])
    }
}

/// What was read last of a pack that isn't kept.
pub struct Near<'a> {
    start: u64,
    bytes: Vec<u8>,
    watch: &'a dyn Watch,
}

impl<'a> Near<'a> {
    pub fn new(watch: &'a dyn Watch) -> Self {
        Self { start: 0, bytes: Vec::new(), watch }
    }

    fn have(&mut self, file: &File, start: u64, length: u64, end: u64) -> Result<(), Damage> {
        if self.start <= start && start - self.start + length <= self.bytes.len() as u64 {
            return Ok(());
        }
        let ahead = AHEAD.min(end.saturating_sub(start));
        // What follows may be unreadable where these bytes are not.
        if length < ahead && self.read(file, start, ahead).is_ok() {
            return Ok(());
        }
        self.read(file, start, length)
    }

    fn read(&mut self, file: &File, start: u64, length: u64) -> Result<(), Damage> {
        self.start = start;
        self.bytes.resize(usize::try_from(length).map_err(io::Error::other)?, 0);
        let read = self.read_parts(file);
        if read.is_err() {
            self.bytes.clear();
        }
        read
    }

    fn read_parts(&mut self, file: &File) -> Result<(), Damage> {
        for (part, at) in self.bytes.chunks_mut(STEP).zip((self.start..).step_by(STEP)) {
            if at > self.start && self.watch.stopped() {
                return Err(Damage::System(Fault::Stopped));
            }
            read_at(file, part, at)?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, buffer, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                buffer = &mut buffer[read..];
                offset += read as u64;
            }
        }
    }
    Ok(())
}
