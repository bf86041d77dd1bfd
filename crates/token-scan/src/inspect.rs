//! Bytes of one place are searched, and become hits.

use std::fmt::Display;
use std::io::{self, Read};
use std::path::Path;

use memchr::memchr_iter;

use crate::context::Context;
use crate::hit::{Hit, Kind, shown_path};
use crate::ledger::Ledger;
use crate::needles::{self, Found, REACH};

/// As many bytes of a long text are searched at once.
const WINDOW: usize = 1 << 20;

/// Where bytes come from.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// The contents of a file.
    File(&'a Path),
    /// The name of a file, folder or link.
    Name(&'a Path),
    /// An object of a repository.
    Object {
        /// The folder of the repository.
        repository: &'a Path,
        /// The id of the object, as text.
        id: &'a dyn Display,
        /// What kind of place this kind of object is.
        kind: Kind,
    },
}

impl Place<'_> {
    fn kind(self) -> Kind {
        match self {
            Self::File(_) => Kind::File,
            Self::Name(_) => Kind::Name,
            Self::Object { kind, .. } => kind,
        }
    }

    /// The place as it may be shown.
    pub fn shown(self) -> String {
        match self {
            Self::File(path) | Self::Name(path) => shown_path(path),
            Self::Object { repository, .. } => shown_path(repository),
        }
    }

    fn object(self) -> Option<String> {
        match self {
            Self::Object { id, .. } => Some(id.to_string()),
            _ => None,
        }
    }
}

/// What one thread of a scan uses: its part of the ledger, and its buffer.
pub struct Inspector<'a> {
    pub context: &'a Context<'a>,
    pub ledger: Ledger,
    window: Vec<u8>,
}

/// Why a reader was not read to its end.
#[derive(Debug)]
pub enum Halt {
    /// The caller stopped the scan.
    Stopped,
    /// The system refused to give more.
    Io(io::Error),
}

impl<'a> Inspector<'a> {
    pub fn new(context: &'a Context<'a>) -> Self {
        Self { context, ledger: Ledger::default(), window: Vec::new() }
    }

    /// Searches all of these bytes.
    pub fn bytes(&mut self, place: Place<'_>, bytes: &[u8]) {
        for found in needles::find(bytes) {
            let line = 1 + count_lines(&bytes[..found.at]);
            self.report(place, found, line);
        }
    }

    /// Searches what a reader gives, in windows, and counts its bytes.
    pub fn reader(&mut self, place: Place<'_>, reader: &mut dyn Read) -> Result<u64, Halt> {
        let mut window = std::mem::take(&mut self.window);
        let read = self.windows(place, reader, &mut window);
        self.window = window;
        read
    }

    fn windows(
        &mut self,
        place: Place<'_>,
        reader: &mut dyn Read,
        window: &mut Vec<u8>,
    ) -> Result<u64, Halt> {
        window.clear();
        let (mut total, mut lines) = (0, 0);
        loop {
            let before = window.len();
            let filled = fill(reader, window, WINDOW - before);
            let got = window.len() - before;
            total += got as u64;
            self.context.watch.read(got as u64);
            let ended = filled.is_err() || window.len() < WINDOW;
            // What begins later is found in the next window, where all of it is.
            let until = if ended { window.len() } else { WINDOW - REACH };
            for found in needles::find(window).take_while(|found| found.at < until) {
                let line = 1 + lines + count_lines(&window[..found.at]);
                self.report(place, found, line);
            }
            match filled {
                Err(error) => return Err(Halt::Io(error)),
                Ok(()) if ended => return Ok(total),
                Ok(()) if self.context.watch.stopped() => return Err(Halt::Stopped),
                Ok(()) => {}
            }
            lines += count_lines(&window[..until]);
            window.drain(..until);
        }
    }

    fn report(&mut self, place: Place<'_>, found: Found, line: u64) {
        let Found { encoding, value, .. } = found;
        let kind = place.kind();
        let hit = Hit {
            token: value.mask(),
            fingerprint: value.fingerprint(&self.context.options.key),
            kind,
            encoding,
            path: place.shown(),
            object: place.object(),
            line: (!matches!(kind, Kind::Name | Kind::Tree)).then_some(line),
        };
        if value.is_placeholder() {
            self.ledger.placeholders += 1;
            self.context.placeholder(hit);
        } else {
            self.context.hit(hit);
        }
    }
}

/// Reads until so many bytes more are there, or the reader ends. What was read before an error stays.
fn fill(reader: &mut dyn Read, buffer: &mut Vec<u8>, room: usize) -> io::Result<()> {
    reader.take(room as u64).read_to_end(buffer).map(drop)
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).map(|_| 1_u64).sum()
}
