//! A private file with the value in it.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use entri_api::Secret;
use secrecy::zeroize::Zeroizing;

use super::work_tree;
use crate::error::{DeliveryError, FileError};
use crate::system::private_file::{FileRequest, PrivateFile};

/// No token is as long, in bytes.
const MOST_READ: usize = 4096;

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

    /// Makes a file in the folder, without a name, and lets it go.
    pub fn try_out(&self) -> Result<(), DeliveryError> {
        Ok(self.0.try_out()?)
    }

    /// Refuses a file that has more in it than one word, which a token is: the rest would be lost.
    pub fn has_only_a_token(&self) -> Result<(), DeliveryError> {
        let file = match fs::File::open(&self.0.file) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(reason) => {
                return Err(FileError::Disk { file: self.0.file.clone(), reason }.into());
            }
        };
        let mut text = Zeroizing::new(Vec::with_capacity(MOST_READ));
        let read = file.take(MOST_READ as u64).read_to_end(&mut text);
        read.map_err(|reason| FileError::Disk { file: self.0.file.clone(), reason })?;
        let is_one_word = text.trim_ascii().iter().all(u8::is_ascii_graphic);
        if is_one_word && text.len() < MOST_READ {
            return Ok(());
        }
        Err(DeliveryError::MoreThanAToken(self.0.file.clone()))
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
        let unseen = "No repository was found around this folder. Repositories stored elsewhere, such as yadm’s, can’t be detected.";
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
