//! A private file with the value in it.

use std::fs;
use std::path::Path;

use entri_api::Secret;

use super::work_tree;
use crate::error::{DeliveryError, FileError};
use crate::system::private_file::{FileRequest, PrivateFile};

/// A checked file path that the value may be written to.
pub struct Target(PrivateFile);

impl Target {
    /// The place that was typed, if the value may be put there.
    pub fn parse(request: &FileRequest) -> Result<Self, DeliveryError> {
        let place = PrivateFile::at(request)?;
        match work_tree::around(&place.folder) {
            None => Ok(Self(place)),
            Some((tree, marker)) => {
                Err(DeliveryError::Tracked { file: place.file.clone(), tree: tree.into(), marker })
            }
        }
    }

    /// Writes the value and a line end to the file; returns a remark, which may be empty. Even if
    /// the disk doesn't confirm that it stored the file, the file has the value.
    pub fn write(&self, secret: &Secret) -> Result<String, DeliveryError> {
        match self.0.write(&[secret.expose().as_bytes(), b"\n"]) {
            Err(unsure @ FileError::Unsure { .. }) => Ok(format!("{unsure} ")),
            written => Ok(written.map(|()| String::new())?),
        }
    }

    /// The remark to show about the folder, such as that other users can write to it.
    pub fn remark(&self) -> String {
        // A repository elsewhere may use this folder as its work tree, as is common for dotfiles.
        let unseen = "No .git or the like was found above this folder; a repository kept elsewhere, as with yadm, can’t be detected.";
        if can_be_replaced(&self.0.folder) {
            let folder = self.0.folder.display();
            return format!(
                "Other users can write to {folder} and could replace this file, but not read it. {unseen}"
            );
        }
        unseen.to_owned()
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
