//! Files: every one of a folder, and each is opened and read, whatever happens to it meanwhile.

mod walk;

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use crate::inspect::{Inspector, Place};
use crate::ledger::{Fault, Unit};
use crate::packed;

pub use walk::{Met, Next, walk};

/// A file that grows is read this far beyond the size it had when it was opened.
const GROWTH: u64 = 64 << 20;

/// Reads a file and searches it. Whatever comes of it is in the ledger.
pub fn read(inspector: &mut Inspector<'_>, path: &Path) {
    let place = Place::File(path);
    let (mut file, size) = match opened(path) {
        Ok(Some(opened)) => opened,
        // It was a file when it was listed.
        Ok(None) => return inspector.ledger.fail(Fault::Changed, || place.shown(), 0),
        Err(error) => return inspector.ledger.fail(Fault::from(&error), || place.shown(), 0),
    };
    inspector.context.watch.expected(size);
    let most = size.saturating_add(GROWTH);
    let fault = match packed::file(inspector, place, &mut file, size, most) {
        Ok(read) if read < size || read == most => Fault::Changed,
        Ok(read) => return inspector.ledger.read(Unit::File, read),
        Err(fault) => fault,
    };
    inspector.ledger.fail(fault, || place.shown(), size);
}

/// Opens a file that must be one, and tells its size.
pub fn open(path: &Path) -> io::Result<(File, u64)> {
    opened(path)?.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not a file"))
}

/// All of a file that is not larger than this.
pub fn contents(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let (file, _) = open(path)?;
    let mut bytes = Vec::new();
    file.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The opened file and its size, or nothing if it is a pipe or a device. Opening a pipe would otherwise wait for
/// somebody to write to it, and opening a terminal would make it the scan's own.
fn opened(path: &Path) -> io::Result<Option<(File, u64)>> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    let about = file.metadata()?;
    Ok(about.is_file().then_some((file, about.len())))
}
