//! Files: every one of a folder, and each is opened and read, whatever happens to it meanwhile.

mod walk;

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use crate::inspect::{Inspector, Place};
use crate::ledger::{Fault, Rule, Unit};
use crate::packed;

pub use walk::{Met, Next, walk};

/// A file that grows is read this far beyond the size it had when it was opened.
const GROWTH: u64 = 64 << 20;

/// Reads a file and searches it. Whatever comes of it is in the ledger.
pub fn read(inspector: &mut Inspector<'_>, path: &Path) {
    let place = Place::File(path);
    let (mut file, size) = match open(path) {
        Ok(Some(opened)) => opened,
        Ok(None) => return inspector.ledger.skip(Rule::NotAFile, 0),
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

/// The opened file and its size, or nothing if a pipe or a device has taken its place. Opening such a one neither
/// waits nor does anything else.
fn open(path: &Path) -> io::Result<Option<(File, u64)>> {
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
