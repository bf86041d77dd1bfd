//! A private file with the value in it.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use entri_api::Secret;

use super::error::HandOffError;
use crate::private_file::{FileError, FileRequest, PrivateFile};

/// A place where the value may be put.
pub struct Target(PrivateFile);

impl Target {
    /// The place that was typed, if the value may be put there.
    pub fn parse(request: &FileRequest) -> Result<Self, HandOffError> {
        let target = Self(PrivateFile::at(request)?);
        target.check_git()?;
        Ok(target)
    }

    /// Makes the file with the value and a line end; gives a remark where there is one to make. One whose
    /// disk is not sure to keep it has the value all the same.
    pub fn write(&self, secret: &Secret) -> Result<String, HandOffError> {
        match self.0.write(&[secret.expose().as_bytes(), b"\n"]) {
            Err(unsure @ FileError::Unsure { .. }) => Ok(format!("{unsure} ")),
            written => Ok(written.map(|()| String::new())?),
        }
    }

    /// A remark on the folder, where there is one to make.
    pub fn remark(&self) -> String {
        if can_be_replaced(&self.0.folder) {
            let folder = self.0.folder.display();
            return format!(
                "Other users can write to {folder}: not read the file, but put another in its place."
            );
        }
        String::new()
    }

    fn check_git(&self) -> Result<(), HandOffError> {
        let is_tree = |folder: &&Path| folder.join(".git").exists();
        let Some(tree) = self.0.folder.ancestors().find(is_tree) else { return Ok(()) };
        let (file, tree) = (self.0.file.clone(), tree.to_owned());
        match is_ignored(&self.0.folder, &file) {
            Some(true) => Ok(()),
            Some(false) => Err(HandOffError::Tracked { file, tree }),
            None => Err(HandOffError::GitSilent { file, tree }),
        }
    }
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
fn can_be_replaced(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    const OTHERS_WRITE: u32 = 0o002;
    const ONLY_THEIR_OWN: u32 = 0o1000;
    fs::metadata(folder).is_ok_and(|folder| {
        folder.permissions().mode() & (OTHERS_WRITE | ONLY_THEIR_OWN) == OTHERS_WRITE
    })
}

#[cfg(not(unix))]
fn can_be_replaced(_folder: &Path) -> bool {
    false
}
