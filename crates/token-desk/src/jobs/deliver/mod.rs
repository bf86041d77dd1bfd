//! Delivering a new token's value without the clipboard.

pub(crate) mod again;
pub(crate) mod changed;
mod command;
mod file;
mod presets;
mod program;
mod snippet;
#[cfg(test)]
mod tests;
mod work_tree;

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use entri_api::Secret;
use tokio::runtime::Handle;

pub use command::Command;
pub use presets::Preset;
pub use program::stop_programs;
pub use snippet::Snippet;

use crate::desk::Desk;
use crate::desk::vault::To;
use crate::error::{DeliveryError, Error, FileError};
use crate::model::rotation::destination::Destination;
use crate::model::token::created::SecretHandle;
use crate::redact::Redactor;
use crate::system::private_file::FileRequest;
use crate::system::threads::blocking;
use file::Target;

/// The ways to deliver a value, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryChoices {
    /// Programs that take the value.
    pub programs: &'static [Preset],
    /// Texts to paste, which refer to the value without containing it.
    pub snippets: Vec<Snippet>,
}

/// A value that was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Where it is: `file ~/.config/entri-token`, `gh secret set NT3_API_TOKEN`.
    pub to: String,
    /// When the value was delivered.
    pub at: DateTime<Utc>,
    /// The program's output, or a remark about the file; may be empty.
    pub said: String,
}

/// Where a value goes, and how a later one gets there, if that may be kept.
struct Place {
    to: String,
    again: Option<Destination>,
}

impl Desk {
    /// The ways to deliver a value besides the clipboard.
    pub fn delivery_choices(&self, handle: SecretHandle) -> Result<DeliveryChoices, Error> {
        let connection = self.connection(self.inner.vault.connection(handle)?)?;
        let snippets = snippet::snippets(&connection.base_url);
        Ok(DeliveryChoices { programs: &presets::PRESETS, snippets })
    }

    /// Saves the value to a file that only its owner can read.
    pub async fn save_secret(
        &self,
        handle: SecretHandle,
        request: FileRequest,
        now: DateTime<Utc>,
    ) -> Result<Delivered, Error> {
        self.save(handle, request, now, |_| Ok(())).await
    }

    /// Like [`Self::save_secret`], to a file that an earlier token was saved to. One that has more than a token in it
    /// by now is left alone.
    pub(crate) async fn save_secret_again(
        &self,
        handle: SecretHandle,
        request: FileRequest,
        now: DateTime<Utc>,
    ) -> Result<Delivered, Error> {
        self.save(handle, request, now, Target::has_only_a_token).await
    }

    async fn save(
        &self,
        handle: SecretHandle,
        request: FileRequest,
        now: DateTime<Utc>,
        check: fn(&Target) -> Result<(), DeliveryError>,
    ) -> Result<Delivered, Error> {
        let again = again::of_file(&request.path);
        let to = Place { to: again::named(&again), again: Some(again) };
        self.deliver(handle, request.path.clone(), to, now, move |secret| {
            let target = Target::parse(&request)?;
            check(&target)?;
            Ok(target.write(secret)? + &target.remark())
        })
        .await
    }

    /// Whether a value could be saved to this file. Nothing stays there.
    pub fn check_file(request: &FileRequest) -> Result<(), Error> {
        let target = Target::parse(request).map_err(Error::Delivery)?;
        target.try_out().map_err(Error::Delivery)
    }

    /// Whether this is a command whose program is there.
    pub fn check_program(line: &str) -> Result<(), Error> {
        let command = Command::parse(line).map_err(Error::Delivery)?;
        program::is_there(&command).map_err(Error::Delivery)
    }

    /// Gives the value to `give`, and records that it went `to` this place.
    pub async fn give_secret(
        &self,
        handle: SecretHandle,
        to: &str,
        now: DateTime<Utc>,
        give: impl FnOnce(&Secret) -> io::Result<()> + Send + 'static,
    ) -> Result<Delivered, Error> {
        let (to, file) = (Place { to: to.to_owned(), again: None }, PathBuf::from(to));
        self.deliver(handle, String::new(), to, now, |secret| match give(secret) {
            Ok(()) => Ok(String::new()),
            Err(reason) => Err(FileError::Disk { file, reason }.into()),
        })
        .await
    }

    /// Whether a command may get the value.
    pub fn check_command(&self, handle: SecretHandle, line: &str) -> Result<(), Error> {
        self.refuse_value(handle, line)?;
        Command::parse(line).map_err(Error::Delivery)?;
        Ok(())
    }

    /// Starts a program with the value on its standard input; it has 30 seconds.
    pub async fn send_secret(
        &self,
        handle: SecretHandle,
        line: String,
        now: DateTime<Utc>,
    ) -> Result<Delivered, Error> {
        let command = Command::parse(&line).map_err(Error::Delivery)?;
        let again = again::of_command(&line, &command);
        let (to, runtime) = (Place { to: command.place(), again }, Handle::current());
        self.deliver(handle, line, to, now, move |secret| {
            runtime.block_on(program::run(&command, secret, program::PATIENCE))
        })
        .await
    }

    /// Copies a snippet to the clipboard, where it stays, since it isn't secret.
    pub async fn copy_snippet(&self, handle: SecretHandle, index: usize) -> Result<(), Error> {
        let snippets = self.delivery_choices(handle)?.snippets;
        let desk = self.clone();
        blocking(move || match snippets.into_iter().nth(index) {
            Some(snippet) => desk.inner.clipboard.copy_text(snippet.text),
            None => Ok(()),
        })
        .await?
    }

    /// Passes the value to `give`, unless the `typed` text contains it, and records where the value
    /// is now.
    async fn deliver(
        &self,
        handle: SecretHandle,
        typed: String,
        Place { to, again }: Place,
        now: DateTime<Utc>,
        give: impl FnOnce(&Secret) -> Result<String, DeliveryError> + Send + 'static,
    ) -> Result<Delivered, Error> {
        let desk = self.clone();
        blocking(move || {
            desk.refuse_value(handle, &typed)?;
            let place = To { place: &to, again: again.as_ref() };
            let given = desk.inner.vault.deliver(handle, place, now, |secret| Ok(give(secret)?));
            desk.read_journal_of(handle);
            given.map(|said| Delivered { to, at: now, said })
        })
        .await?
    }

    fn refuse_value(&self, handle: SecretHandle, typed: &str) -> Result<(), Error> {
        let found = self.inner.vault.lend(handle, |secret| Redactor::new(secret).finds(typed))?;
        if found { Err(DeliveryError::HoldsValue.into()) } else { Ok(()) }
    }

    /// The token's details say where its value is afterward.
    fn read_journal_of(&self, handle: SecretHandle) {
        let id = self.inner.vault.connection(handle);
        if let Ok(connection) = id.and_then(|id| self.connection(id)) {
            self.read_journal(&connection);
            self.tell();
        }
    }
}
