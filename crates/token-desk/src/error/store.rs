//! Why the app's own files could not be read or written.

use std::path::PathBuf;

use entri_api::in_plain_words;

/// The storage on this computer failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The folder or file could not be made.
    #[error("folder: {}", in_plain_words(.0))]
    Folder(#[from] std::io::Error),
    /// The file is not one of the app's own, or cannot be opened.
    #[error("{}: {}", .file.display(), in_plain_words(.reason))]
    File {
        /// Which.
        file: PathBuf,
        /// What is wrong with it.
        reason: std::io::Error,
    },
    /// What is in the file makes no sense.
    #[error("the file is damaged")]
    Damaged,
    /// The file holds a table, a view or a trigger that this app did not make.
    #[error("another program changed the structure of the file ({0})")]
    Foreign(String),
    /// The journal has to write other rows first, and cannot.
    #[error("{0}")]
    Owed(String),
    /// A newer version of the app wrote this file.
    #[error("created by a newer version of Entri Tokens")]
    Newer,
    /// The file was deleted, replaced or cut off while it was open.
    #[error(
        "{} was moved, replaced or cut off while the app was running: put it back, or restart the app",
        .0.display()
    )]
    Lost(PathBuf),
    /// There is no file: what is written would end with the process.
    #[error(
        "the data folder could not be used when the app was started: repair it, then restart the app"
    )]
    NotKept,
}
