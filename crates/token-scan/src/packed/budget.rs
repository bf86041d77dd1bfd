//! How much may come out of an archive, and when unpacking has to stop.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};

use crate::context::{Context, Watch};
use crate::ledger::Fault;

/// So many times its own size may come out of a larger one. Deflate alone reaches 1,032.
const RATIO: u64 = 100;

/// Archives in archives are opened to this depth.
const DEPTH: u8 = 3;

/// What is left for one archive and everything in it.
pub struct Budget<'a> {
    left: Cell<u64>,
    depth: Cell<u8>,
    watch: &'a dyn Watch,
}

/// Why no more is unpacked.
#[derive(Clone, Copy, Debug)]
enum Limit {
    TooMuch,
    Stopped,
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(Fault::from(*self).name())
    }
}

impl std::error::Error for Limit {}

impl From<Limit> for Fault {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::TooMuch => Self::UnpacksTooLarge,
            Limit::Stopped => Self::Stopped,
        }
    }
}

impl<'a> Budget<'a> {
    /// The budget of an archive of this size.
    pub fn new(size: u64, context: &Context<'a>) -> Self {
        let left = Cell::new(context.options.unpacked.max(size.saturating_mul(RATIO)));
        Self { left, depth: Cell::new(0), watch: context.watch }
    }

    /// One archive deeper, as long as the result is kept. Nothing if that is too deep.
    pub fn deeper(&self) -> Option<Deeper<'_>> {
        let depth = self.depth.get();
        (depth < DEPTH).then(|| {
            self.depth.set(depth + 1);
            Deeper(&self.depth)
        })
    }

    pub fn is_stopped(&self) -> bool {
        self.watch.stopped()
    }

    /// The same reader, which ends with an error when the budget does, or when the scan is stopped.
    pub fn limit<R: Read>(&self, inner: R) -> Limited<'_, R> {
        Limited { inner, budget: self, costs: true }
    }

    /// The same reader, which ends with an error when the scan is stopped. Nothing is unpacked by it.
    pub fn watched<R: Read>(&self, inner: R) -> Limited<'_, R> {
        Limited { inner, budget: self, costs: false }
    }
}

/// How deep it is, until this is dropped.
pub struct Deeper<'a>(&'a Cell<u8>);

impl Drop for Deeper<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// A reader that is stopped in time.
pub struct Limited<'a, R> {
    inner: R,
    budget: &'a Budget<'a>,
    costs: bool,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.budget.is_stopped() {
            return Err(io::Error::other(Limit::Stopped));
        }
        let read = self.inner.read(buffer)?;
        if self.costs {
            let left = self.budget.left.get().checked_sub(read as u64);
            self.budget.left.set(left.ok_or_else(|| io::Error::other(Limit::TooMuch))?);
        }
        Ok(read)
    }
}

/// What an error of a reader of unpacked bytes means.
pub fn fault(error: &io::Error) -> Fault {
    let limit = error.get_ref().and_then(|inner| inner.downcast_ref::<Limit>());
    match limit {
        Some(limit) => Fault::from(*limit),
        // The reader of an archive describes what is wrong with it in words.
        None if error.kind() == io::ErrorKind::Other => Fault::Damaged,
        None => Fault::from(error),
    }
}
