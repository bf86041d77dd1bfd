//! Why a file was not saved.

use std::io;
use std::path::PathBuf;

use entri_api::in_plain_words;

/// Every way saving a file can fail.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no path, or only a relative one.
    #[error("Enter a full path starting with / or ~/.")]
    NoPath,
    /// The folder doesn't exist or can't be used.
    #[error(
        "Can’t use the folder {} ({}). Nothing was saved. Create it, or choose another one.",
        .folder.display(), in_plain_words(.reason)
    )]
    Folder {
        /// The folder that can't be used.
        folder: PathBuf,
        /// The reason that the system gives.
        reason: io::Error,
    },
    /// A file of this name exists already.
    #[error(
        "{} already exists. Nothing was saved. Choose another name.",
        .0.display()
    )]
    Exists(PathBuf),
    /// The path leads to a folder, a link or a device.
    #[error(
        "{} isn’t a regular file. Nothing was saved. Choose another name.",
        .0.display()
    )]
    NotPlain(PathBuf),
    /// The disk has no file permissions, so others could read the file.
    #[error(
        "The drive of {} doesn’t support file permissions. Nothing was saved. Choose another folder.",
        .0.display()
    )]
    NotPrivate(PathBuf),
    /// The file was written, but the disk didn't confirm that it is stored.
    #[error(
        "{} was saved, but the disk didn’t confirm it ({}). Check the file before you rely on it.",
        .file.display(), in_plain_words(.reason)
    )]
    Unsure {
        /// The file that was written.
        file: PathBuf,
        /// The reason that the system gives.
        reason: io::Error,
    },
    /// The file couldn't be written.
    #[error("Couldn’t write {} ({}). Nothing was saved.", .file.display(), in_plain_words(.reason))]
    Disk {
        /// The file that couldn't be written.
        file: PathBuf,
        /// The reason that the system gives.
        reason: io::Error,
    },
}
