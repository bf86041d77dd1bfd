//! The folders that the app keeps something in: how much that is, and their removal.

use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager as _};
use token_desk::{LOCK, data_folder};

use crate::process::at_login;
use crate::views::KeptView;

/// Whether the folders were removed: what is written into them until the app has ended goes, too.
static ERASED: AtomicBool = AtomicBool::new(false);

/// The folders there are, with what they are for.
pub fn all(app: &AppHandle) -> Vec<(KeptView, PathBuf)> {
    let path = app.path();
    let places = [
        (KeptView::Data, Some(data_folder())),
        (KeptView::Page, path.app_local_data_dir().ok()),
        (KeptView::Cache, path.app_cache_dir().ok()),
    ];
    places.into_iter().filter_map(|(what, folder)| Some((what, folder?))).collect()
}

/// The bytes of the files in a folder; links aren't followed.
pub fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(it) if it.is_dir() => size(&entry.path()),
        Ok(it) if it.is_file() => it.len(),
        _ => 0,
    });
    sizes.sum()
}

/// Removes what is in them; returns what couldn't be removed, a line each. The lock of the data folder stays until the
/// app ends: another program would begin anew in the folder, and lose that at the end.
pub fn erase(app: &AppHandle) -> Vec<String> {
    ERASED.store(true, Ordering::Release);
    let left = all(app).into_iter().flat_map(|(_, folder)| empty(&folder, &[LOCK]));
    left.chain(at_login::entry().and_then(|it| removed(&it, fs::remove_file(&it)))).collect()
}

/// Removes the rest, and what was written since, as the very last thing before the app ends.
pub fn erase_again(app: &AppHandle) {
    if !ERASED.load(Ordering::Acquire) {
        return;
    }
    for (_, folder) in all(app) {
        let left = empty(&folder, &[]).into_iter().chain(removed(&folder, fs::remove_dir(&folder)));
        left.for_each(|left| tracing::warn!("not removed: {left}"));
    }
}

/// Removes all in a folder but the files of these names. A link in place of the folder stays as it is, since what it
/// leads to may hold more than the app's own files: it is said where that is.
fn empty(folder: &Path, kept: &[&str]) -> Vec<String> {
    if let Ok(target) = fs::read_link(folder) {
        return vec![format!("{}, a link to {}", folder.display(), target.display())];
    }
    match fs::read_dir(folder) {
        Ok(entries) => remove(folder, entries, kept),
        Err(error) => removed(folder, Err(error)).into_iter().collect(),
    }
}

/// Removes these entries of a folder, and says how many the system didn't list.
fn remove(
    folder: &Path,
    entries: impl Iterator<Item = io::Result<DirEntry>>,
    kept: &[&str],
) -> Vec<String> {
    let (mut left, mut unlisted) = (Vec::new(), 0);
    for entry in entries {
        match entry {
            Ok(it) if kept.iter().any(|name| it.file_name() == *name) => {}
            Ok(it) => {
                let (path, folder) = (it.path(), it.file_type().is_ok_and(|it| it.is_dir()));
                let gone = if folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                left.extend(removed(&path, gone));
            }
            Err(_) => unlisted += 1,
        }
    }
    if unlisted > 0 {
        left.push(format!("{}: entries that can’t be listed: {unlisted}", folder.display()));
    }
    left
}

/// Why something couldn't be removed; what isn't there is fine, also where a file is in place of its folder.
fn removed(path: &Path, outcome: io::Result<()>) -> Option<String> {
    let error = outcome.err()?;
    let never_was = match error.kind() {
        ErrorKind::NotFound => true,
        // A file in place of a folder that is to be emptied is there itself.
        ErrorKind::NotADirectory => fs::symlink_metadata(path).is_err(),
        _ => false,
    };
    (!never_was).then(|| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_measured_and_removed_and_what_a_link_leads_to_stays() {
        let home = tempfile::tempdir().unwrap();
        let (kept, own) = (home.path().join("kept"), home.path().join("own"));
        fs::create_dir_all(own.join("deep")).unwrap();
        fs::create_dir(&kept).unwrap();
        fs::write(kept.join("file"), "12345").unwrap();
        fs::write(own.join("deep/file"), "123").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&kept, own.join("link")).unwrap();
        fs::write(own.join("lock"), "").unwrap();
        assert_eq!(size(&own), 3);
        assert_eq!(empty(&own, &["lock"]), [""; 0]);
        assert_eq!(fs::read_dir(&own).unwrap().count(), 1, "the lock stays");
        assert_eq!(empty(&own, &[]), [""; 0]);
        assert_eq!(fs::read_dir(&own).unwrap().count(), 0);
        assert_eq!(empty(&home.path().join("never"), &[]), [""; 0], "it isn't there");
        assert!(kept.join("file").exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_that_is_a_link_stays_and_is_told() {
        let home = tempfile::tempdir().unwrap();
        let (elsewhere, own) = (home.path().join("elsewhere"), home.path().join("own"));
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("journal.db"), "").unwrap();
        std::os::unix::fs::symlink(&elsewhere, &own).unwrap();
        let said = [format!("{}, a link to {}", own.display(), elsewhere.display())];
        assert_eq!(empty(&own, &[]), said);
        assert!(own.join("journal.db").exists());
    }

    #[test]
    fn entries_that_cannot_be_listed_are_counted_and_the_rest_is_removed() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("file"), "").unwrap();
        let broken = || Some(Err(io::Error::other("a bad sector")));
        let entries =
            broken().into_iter().chain(fs::read_dir(home.path()).unwrap()).chain(broken());
        let said = format!("{}: entries that can’t be listed: 2", home.path().display());
        assert_eq!(remove(home.path(), entries, &[]), [said]);
        assert!(!home.path().join("file").exists());
    }

    #[test]
    #[cfg(unix)]
    fn what_cannot_be_removed_is_named() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        let said = empty(&file, &[]).pop().unwrap();
        assert!(said.starts_with(&file.display().to_string()), "{said}");
        let never = file.join("in it");
        assert_eq!(removed(&never, fs::remove_file(&never)), None, "it can’t be there");
    }
}
