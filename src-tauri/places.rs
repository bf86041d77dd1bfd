//! The folders that the app keeps something in: how much that is, and their removal.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager as _};
use token_desk::data_folder;

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

/// Removes all of them; returns what couldn't be removed, a line each.
pub fn erase(app: &AppHandle) -> Vec<String> {
    ERASED.store(true, Ordering::Release);
    all(app).iter().filter_map(|(_, folder)| remove(folder).err()).collect()
}

/// Removes what was written since they were removed, as the very last thing before the app ends.
pub fn erase_again(app: &AppHandle) {
    if ERASED.load(Ordering::Acquire) {
        for left in erase(app) {
            tracing::warn!("not removed: {left}");
        }
    }
}

/// A link in place of a folder is removed itself, and not what it leads to.
fn remove(folder: &Path) -> Result<(), String> {
    let removed = match fs::symlink_metadata(folder) {
        Ok(it) if it.is_dir() => fs::remove_dir_all(folder),
        Ok(_) => fs::remove_file(folder),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(format!("{}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
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
        assert_eq!(size(&own), 3);
        assert_eq!(remove(&own), Ok(()));
        assert_eq!(remove(&own), Ok(()), "it is gone");
        assert!(!own.exists());
        assert!(kept.join("file").exists());
    }

    #[test]
    #[cfg(unix)]
    fn what_cannot_be_removed_is_named() {
        let home = tempfile::tempdir().unwrap();
        let through = home.path().join("file").join("in it");
        fs::write(home.path().join("file"), "").unwrap();
        let said = remove(&through).unwrap_err();
        assert!(said.starts_with(&through.display().to_string()), "{said}");
    }
}
