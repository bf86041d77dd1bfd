//! Whether a folder is under version control. No program is asked, not even git: what one does in a folder
//! that somebody else made is decided by the files there. `git check-ignore` fetches, and runs what a
//! repository names for that.

use std::path::Path;
use std::{fs, io};

/// What a work tree has at its top.
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
