//! A policy as a file: kept with others of its kind, and taken over by another connection.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use token_audit::Policy;

use crate::desk::Desk;
use crate::error::{Error, FileError};
use crate::model::connection::ConnectionId;
use crate::model::deed::Deed;
use crate::system::private_file::{FileRequest, PrivateFile, whole};
use crate::system::safe_file::read_small;
use crate::system::threads::blocking;

/// A policy has a line or two for each setting; a file that is longer is none. In bytes.
const LONGEST: u64 = 64 * 1024;

impl Desk {
    /// Saves a connection's policy; returns the path of the new file.
    pub async fn save_policy(
        &self,
        id: ConnectionId,
        request: FileRequest,
        now: DateTime<Utc>,
    ) -> Result<PathBuf, Error> {
        let (desk, connection) = (self.clone(), self.connection(id)?);
        blocking(move || {
            let place = PrivateFile::at(&request)?;
            place.write(&[connection.policy.to_toml().as_bytes()])?;
            desk.write_down_export(
                &[connection],
                Deed::PolicyExported,
                (&*place.file, "TOML"),
                now,
            );
            Ok(place.file)
        })
        .await?
    }

    /// Imports a connection's policy from a file, effective immediately.
    pub async fn load_policy(
        &self,
        id: ConnectionId,
        path: String,
        home: Option<PathBuf>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let policy = blocking(move || {
            let file = whole(path.trim(), home.as_deref()).ok_or(FileError::NoPath)?;
            read(&file)
        })
        .await??;
        self.change_policy(id, policy, now).await
    }
}

fn read(file: &Path) -> Result<Policy, Error> {
    let kept = "Policy unchanged.";
    let text = read_small(file, LONGEST).map_err(|reason| {
        Error::Form(format!("Can’t read {} ({reason}). {kept}", file.display()))
    })?;
    Policy::from_toml(&text).map_err(|error| Error::Form(format!("{error} {kept}")))
}
