//! Why a file was not saved.

use std::io;
use std::path::PathBuf;

use entri_api::in_plain_words;

/// Why a file was not made.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No path, or not a whole one.
    #[error("Enter a full path starting with / or ~/.")]
    NoPath,
    /// The folder cannot be used.
    #[error(
        "Can’t use the folder {} ({}). Nothing was saved. Create it, or choose another one.",
        .folder.display(), in_plain_words(.reason)
    )]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// There is such a file.
    #[error(
        "{} already exists. Nothing was saved. Choose another name.",
        .0.display()
    )]
    Exists(PathBuf),
    /// It is a folder, a link or a device.
    #[error(
        "{} isn’t a regular file. Nothing was saved. Choose another name.",
        .0.display()
    )]
    NotPlain(PathBuf),
    /// The disk keeps no permissions.
    #[error(
        "The drive of {} doesn’t support file permissions. Nothing was saved. Choose another folder.",
        .0.display()
    )]
    NotPrivate(PathBuf),
    /// The file is there, but the disk did not say that it keeps it.
    #[error(
        "{} was saved, but the disk didn’t confirm it ({}). Check the file before you rely on it.",
        .file.display(), in_plain_words(.reason)
    )]
    Unsure {
        /// Which.
        file: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The file could not be written.
    #[error("Couldn’t write {} ({}). Nothing was saved.", .file.display(), in_plain_words(.reason))]
    Disk {
        /// Which.
        file: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}
