//! Why the app's own files could not be read or written.

use std::path::PathBuf;

use entri_api::in_plain_words;

/// Every way the app's own files can fail.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `SQLite` refused the operation.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The folder or file couldn't be created.
    #[error("folder: {}", in_plain_words(.0))]
    Folder(#[from] std::io::Error),
    /// The file isn't one of the app's own, or can't be opened.
    #[error("{}: {}", .file.display(), in_plain_words(.reason))]
    File {
        /// The path of the file.
        file: PathBuf,
        /// The reason that the system gives.
        reason: std::io::Error,
    },
    /// The content of the file contradicts itself or can't be read.
    #[error("the file is damaged")]
    Damaged,
    /// The file holds a table, a view or a trigger, named here, that this app didn't create.
    #[error("another program changed the structure of the file ({0})")]
    Foreign(String),
    /// The journal can't write earlier entries that have to come first.
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
    /// There is no file: anything written would end with the process.
    #[error(
        "the data folder could not be used when the app was started: repair it, then restart the app"
    )]
    NotKept,
}
