//! The small files of a repository that say something about its objects.

use std::io;
use std::path::{Path, PathBuf};

use crate::files;
use crate::hit::shown_path;
use crate::inspect::Inspector;
use crate::ledger::Fault;

/// One that is larger is not taken into memory.
const LARGEST: u64 = 128 << 20;

/// Reads such files, and knows which could not be read. One that is not there is nothing that could not be read: Git
/// makes most of them only when it needs them.
#[derive(Debug, Default)]
pub struct Texts {
    failed: Vec<(PathBuf, io::Error)>,
}

impl Texts {
    /// All of a file, if it is there and can be read.
    pub fn get(&mut self, path: &Path) -> Option<Vec<u8>> {
        match files::contents(path, LARGEST) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                if Fault::from(&error) != Fault::Missing {
                    self.failed.push((path.to_owned(), error));
                }
                None
            }
        }
    }

    /// The same, or nothing at all.
    pub fn read(&mut self, path: &Path) -> Vec<u8> {
        self.get(path).unwrap_or_default()
    }

    /// Puts into the ledger what could not be read.
    pub fn tell(self, inspector: &mut Inspector<'_>) {
        for (path, error) in &self.failed {
            inspector.ledger.fail(Fault::from(error), || shown_path(path), 0);
        }
    }
}
