//! A copy of everything that the app keeps, for somebody who moves to another computer or wants to look into it.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::system::data_folder::export_data;
use crate::system::threads::blocking;

impl Desk {
    /// Copies everything in the data folder into a new folder inside `into`, which is called after the day, and returns
    /// that. No credential and no value of a token is in it: none of them is in any file.
    ///
    /// # Errors
    ///
    /// [`Error::Form`] if something couldn't be copied; then nothing is left of the new folder.
    pub async fn export_data(
        &self,
        from: PathBuf,
        into: PathBuf,
        now: DateTime<Utc>,
    ) -> Result<PathBuf, Error> {
        let name = format!("entri-tokens-{}", now.format("%Y-%m-%d"));
        let copied = blocking(move || export_data(&from, &into, &name)).await?;
        copied.map_err(|error| {
            let says = format!("Nothing was exported: {error}. Choose another folder.");
            Error::Form(says)
        })
    }
}
