//! Objects of Git in one file: a bundle, or a pack outside of a repository.

use std::io::{BufRead, BufReader, Seek};
use std::path::Path;

use super::disk::Known;
use super::pack::Pack;
use super::repository::{About, pack_of};
use crate::context::{Context, Watch};
use crate::files;
use crate::git::object::{Damage, Format};
use crate::hit::shown_path;
use crate::ledger::Ledger;

/// As much of the header of a bundle is read at most.
const LONGEST_HEADER: u64 = 64 << 20;

/// Searches the objects of a bundle or pack. What others of its objects need may be where the bundle came from, so
/// nobody looks for it here.
pub fn scan(context: &Context<'_>, path: &Path) -> Ledger {
    let mut ledger = Ledger::default();
    match open(path, context.watch) {
        Ok((pack, format)) => {
            let about = About::new(path, format, Known::default());
            ledger.add(pack_of(context, &about, &pack));
        }
        Err(damage) => ledger.fail(damage.into(), || shown_path(path), 0),
    }
    ledger
}

/// A bundle is a header of lines, an empty line, and a pack.
fn open(path: &Path, watch: &dyn Watch) -> Result<(Pack, Format), Damage> {
    let (file, _) = files::open(path)?;
    let mut format = Format::Sha1;
    let mut reader = BufReader::new(&file);
    let mut start = 0;
    if reader.fill_buf()?.starts_with(b"#") {
        let mut line = Vec::new();
        while line != b"\n" {
            line.clear();
            start += reader.read_until(b'\n', &mut line)? as u64;
            if line.is_empty() || start > LONGEST_HEADER {
                return Err(Damage::Truncated);
            }
            if line == b"@object-format=sha256\n" {
                format = Format::Sha256;
            }
        }
    }
    reader.rewind()?;
    drop(reader);
    Ok((Pack::open_at(file, start, format, watch)?, format))
}
