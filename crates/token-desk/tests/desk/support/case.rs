//! A value that waits to be delivered.

use tempfile::TempDir;
use token_desk::{Created, Delivered, DeliveryError, Error};

use super::{Bench, named, now};

/// A new token whose value waits, and an empty folder.
pub struct Case {
    pub bench: Bench,
    pub created: Created,
    pub value: String,
    pub folder: TempDir,
}

impl Case {
    pub async fn new() -> Self {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("to deliver"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap().expose().to_owned();
        Self { bench, created, value, folder: tempfile::tempdir().unwrap() }
    }

    /// Why the value was not delivered.
    pub fn refusal(&self, delivered: Result<Delivered, Error>) -> DeliveryError {
        let error = delivered.unwrap_err();
        assert!(!error.to_string().contains(&self.value[8..]), "{error}");
        match error {
            Error::Delivery(error) => error,
            error => panic!("{error}"),
        }
    }

    /// Whether the app asks before it wipes the value, which was neither copied nor delivered.
    pub async fn is_held(&self) -> bool {
        let closed = self.bench.desk.close_secret(self.created.handle, false, now()).await;
        matches!(closed, Err(Error::NotCopied))
    }
}
