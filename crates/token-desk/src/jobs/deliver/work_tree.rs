//! Whether a folder is under version control. No program is run for this, not even git: in a folder
//! that somebody else created, the files there decide what it does. `git check-ignore` can fetch,
//! and runs whatever a repository configures for that.

use std::path::Path;
use std::{fs, io};

/// The files and folders that mark the top of a work tree.
const MARKERS: [&str; 10] =
    [".git", ".hg", ".jj", ".svn", ".bzr", "_darcs", ".pijul", ".sl", ".fslckout", "_FOSSIL_"];

/// The work tree that a folder lies in, and what marks it.
pub fn around(folder: &Path) -> Option<(&Path, &'static str)> {
    let mark = |tree: &Path| MARKERS.into_iter().find(|marker| is_there(&tree.join(marker)));
    folder.ancestors().find_map(|tree| Some((tree, mark(tree)?)))
}

/// If that isn't known, it counts as present.
fn is_there(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}
