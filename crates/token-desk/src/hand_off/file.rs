//! A private file with the value in it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use entri_api::Secret;

use super::error::HandOffError;

/// A place where a file may be made.
pub struct Target {
    folder: PathBuf,
    file: PathBuf,
    replace: bool,
}

impl Target {
    /// The place that was typed, if the value may be put there.
    pub fn parse(typed: &str, home: Option<&Path>, replace: bool) -> Result<Self, HandOffError> {
        let path = whole(typed.trim(), home).ok_or(HandOffError::NoPath)?;
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(HandOffError::NoPath);
        };
        // Where links lead is what counts.
        let folder = fs::canonicalize(folder)
            .map_err(|reason| HandOffError::Folder { folder: folder.to_owned(), reason })?;
        let target = Self { file: folder.join(name), folder, replace };
        target.check_file()?;
        target.check_git()?;
        Ok(target)
    }

    /// Makes the file with the value and a line end: whole or not at all, for its owner only.
    pub fn write(&self, secret: &Secret) -> Result<(), HandOffError> {
        let failed = |reason| HandOffError::Disk { file: self.file.clone(), reason };
        let mut file =
            tempfile::Builder::new().prefix(".entri-").tempfile_in(&self.folder).map_err(failed)?;
        if !is_private(file.as_file()).map_err(failed)? {
            return Err(HandOffError::NotPrivate(self.file.clone()));
        }
        file.write_all(secret.expose().as_bytes()).map_err(failed)?;
        file.write_all(b"\n").map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        let kept = if self.replace {
            file.persist(&self.file)
        } else {
            // Another program may have made one since.
            file.persist_noclobber(&self.file)
        };
        match kept {
            Ok(_) => sync_folder(&self.folder).map_err(failed),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(HandOffError::Exists(self.file.clone()))
            }
            Err(error) => Err(failed(error.error)),
        }
    }

    /// A remark on the folder, where there is one to make.
    pub fn remark(&self) -> String {
        if can_be_replaced(&self.folder) {
            let folder = self.folder.display();
            return format!(
                "Other users can write to {folder}: not read the file, but put another in its place."
            );
        }
        String::new()
    }

    fn check_file(&self) -> Result<(), HandOffError> {
        match fs::symlink_metadata(&self.file) {
            Ok(there) if !there.is_file() => Err(HandOffError::NotPlain(self.file.clone())),
            Ok(_) if !self.replace => Err(HandOffError::Exists(self.file.clone())),
            _ => Ok(()),
        }
    }

    fn check_git(&self) -> Result<(), HandOffError> {
        let is_tree = |folder: &&Path| folder.join(".git").exists();
        let Some(tree) = self.folder.ancestors().find(is_tree) else { return Ok(()) };
        let (file, tree) = (self.file.clone(), tree.to_owned());
        match is_ignored(&self.folder, &file) {
            Some(true) => Ok(()),
            Some(false) => Err(HandOffError::Tracked { file, tree }),
            None => Err(HandOffError::GitSilent { file, tree }),
        }
    }
}

/// `None` for a path that depends on where the app was started.
fn whole(typed: &str, home: Option<&Path>) -> Option<PathBuf> {
    let path = match typed.strip_prefix("~/") {
        Some(rest) => home?.join(rest),
        None => PathBuf::from(typed),
    };
    (path.is_absolute() && !typed.ends_with(['/', '\\'])).then_some(path)
}

/// Whether git leaves the file alone, tracked ones excepted; `None` when it does not say.
fn is_ignored(folder: &Path, file: &Path) -> Option<bool> {
    let mut git = Command::new("git");
    // The folder decides which work tree it is, and its settings start no program.
    let of_git = |name: &OsStr| name.to_string_lossy().starts_with("GIT_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| of_git(name)) {
        git.env_remove(name);
    }
    git.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false", "check-ignore", "--quiet", "--"]);
    let ended = git.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match ended.status().ok()?.code()? {
        0 => Some(true),
        1 => Some(false),
        _ => None,
    }
}

#[cfg(unix)]
fn is_private(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    const OF_OTHERS: u32 = 0o077;
    Ok(file.metadata()?.permissions().mode() & OF_OTHERS == 0)
}

/// A name is durable once its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(unix)]
fn can_be_replaced(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    const OTHERS_WRITE: u32 = 0o002;
    const ONLY_THEIR_OWN: u32 = 0o1000;
    fs::metadata(folder).is_ok_and(|folder| {
        folder.permissions().mode() & (OTHERS_WRITE | ONLY_THEIR_OWN) == OTHERS_WRITE
    })
}

#[cfg(not(unix))]
fn is_private(_file: &File) -> io::Result<bool> {
    // The user's profile folder is private already.
    Ok(true)
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn can_be_replaced(_folder: &Path) -> bool {
    false
}
