//! Values that are found in one place become hits.

mod place;
mod window;

use std::io::{self, Read};
use std::ops::Range;
use std::path::PathBuf;

use crate::context::Context;
use crate::hit::{Hit, Kind};
use crate::ledger::{Fault, Ledger};
use crate::needles::{self, Found, Sign};
use crate::value::Fingerprint;
use window::count_lines;

pub use place::Place;
pub use window::Window;

/// How many values of members are remembered. Those beyond it may be listed with their archive as well.
const MOST_INSIDE: usize = 100_000;

/// What one thread of a scan uses: its part of the ledger, and its buffer.
pub struct Inspector<'a> {
    pub context: &'a Context<'a>,
    pub ledger: Ledger,
    /// How many hits and placeholders there were.
    pub reported: u64,
    /// Files that hold objects of Git, which are read as such later.
    pub git_files: Vec<PathBuf>,
    /// Whether what is read is a part of something that is counted as a whole.
    pub is_inside: bool,
    window: Window,
    /// The values that were found in members of the archives that are open.
    pub inside: Vec<Fingerprint>,
}

/// What the bytes of one place have besides values.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Nothing could begin anywhere in what was searched.
    pub is_clean: bool,
    /// Whether there is a zip archive in them.
    pub zip: Zip,
}

/// Whether bytes have a zip archive in them that something else may stand before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zip {
    /// They have no such archive.
    None,
    /// It ends where the bytes end, so that it can be read.
    Whole,
    /// Something follows the archive.
    Inside,
}

/// Why a reader was not read to its end.
#[derive(Debug)]
pub enum Halt {
    /// The caller stopped the scan.
    Stopped,
    /// The system refused to give more.
    Io(io::Error),
}

/// Whether nothing begins anywhere in these ranges of bytes.
pub fn is_clean(bytes: &[u8], ranges: &[Range<usize>]) -> bool {
    let mut signs = ranges.iter().flat_map(|range| needles::find_in(bytes, range.clone()));
    signs.all(|sign| matches!(sign, Sign::Pause))
}

impl<'a> Inspector<'a> {
    pub fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            ledger: Ledger::default(),
            reported: 0,
            git_files: Vec::new(),
            is_inside: false,
            window: Window::default(),
            inside: Vec::new(),
        }
    }

    /// Searches all of these bytes.
    pub fn bytes(&mut self, place: Place<'_>, bytes: &[u8]) -> Result<Seen, Fault> {
        self.ranges(place, bytes, std::slice::from_ref(&(0..bytes.len())))
    }

    /// Searches a name, which is told to be unread if the scan was stopped.
    pub fn name(&mut self, place: Place<'_>, name: &[u8]) {
        if let Err(fault) = self.bytes(place, name) {
            self.ledger.fail(fault, || place.shown(), name.len() as u64);
        }
    }

    /// Searches these ranges of bytes.
    pub fn ranges(
        &mut self,
        place: Place<'_>,
        bytes: &[u8],
        ranges: &[Range<usize>],
    ) -> Result<Seen, Fault> {
        let mut seen = Seen { is_clean: true, zip: Zip::None };
        let (mut line, mut counted) = (1, 0);
        for sign in ranges.iter().flat_map(|range| needles::find_in(bytes, range.clone())) {
            seen.is_clean &= matches!(sign, Sign::Pause);
            match sign {
                Sign::Value(found) => {
                    line += count_lines(&bytes[counted.min(found.at)..found.at]);
                    counted = counted.max(found.at);
                    self.report(place, found, line);
                    // There may be millions of them.
                    if self.context.watch.stopped() {
                        return Err(Fault::Stopped);
                    }
                }
                Sign::ZipEnd(zip) if zip.at as u64 >= zip.before => {
                    let is_end = zip.end == bytes.len() as u64;
                    seen.zip = seen.zip.max(if is_end { Zip::Whole } else { Zip::Inside });
                }
                Sign::Pause if self.context.watch.stopped() => return Err(Fault::Stopped),
                Sign::ZipEnd(_) | Sign::Nothing | Sign::Pause => {}
            }
        }
        Ok(seen)
    }

    /// Searches what a reader gives, in windows, and counts its bytes.
    pub fn reader(&mut self, place: Place<'_>, reader: &mut dyn Read) -> Result<(u64, Zip), Halt> {
        let mut window = std::mem::take(&mut self.window);
        let read = self.windows(place, reader, &mut window);
        self.window = window;
        read
    }

    fn windows(
        &mut self,
        place: Place<'_>,
        reader: &mut dyn Read,
        window: &mut Window,
    ) -> Result<(u64, Zip), Halt> {
        window.clear();
        let mut total = 0;
        loop {
            let (got, filled) = window.fill(reader);
            total += got;
            if !self.is_inside {
                self.context.watch.read(got);
            }
            let ended = filled.is_err() || !window.is_full();
            let watch = self.context.watch;
            window.search(ended, &mut |found, line| {
                self.report(place, found, line);
                !watch.stopped()
            });
            match filled {
                Err(error) => return Err(Halt::Io(error)),
                Ok(()) if ended && !window.is_stopped() => return Ok((total, window.zip())),
                Ok(()) if ended || watch.stopped() => return Err(Halt::Stopped),
                Ok(()) => {}
            }
        }
    }

    /// A value was found here: it becomes a hit, or is counted as a placeholder.
    pub fn report(&mut self, place: Place<'_>, found: Found, line: u64) {
        let Found { encoding, value, .. } = found;
        let kind = place.kind();
        let options = self.context.options;
        self.reported += 1;
        let hit = Hit {
            token: value.mask(),
            fingerprint: value.fingerprint(&options.key),
            second_fingerprint: options.second_key.as_ref().map(|key| value.fingerprint(key)),
            kind,
            encoding,
            repository: place.repository(),
            path: place.path(),
            member: place.member(),
            object: place.object(),
            commit: None,
            line: (!matches!(kind, Kind::Name | Kind::Tree)).then_some(line),
        };
        if hit.member.is_some() && self.inside.len() < MOST_INSIDE {
            self.inside.push(hit.fingerprint);
        }
        if value.is_placeholder() {
            self.ledger.placeholders += 1;
            self.context.placeholder(hit);
        } else if !self.context.hit(hit) {
            self.ledger.unlisted += 1;
        }
    }
}
