#![doc = include_str!("../README.md")]

mod clipboard;
mod connect;
mod connection;
mod create;
mod desk;
mod details;
mod error;
mod inventory;
mod keychain;
mod revoke;
mod secrets;
mod store;
mod sync;
pub mod text;
mod vault;
pub mod when;

pub use entri_api::{BaseUrl, Secret};

pub use clipboard::ClipboardState;
pub use connect::{ConnectRequest, Persistence};
pub use connection::{Connection, CredentialStorage, Environment};
pub use create::{CreateCheck, CreateRequest, Created, Expiry};
pub use desk::{Desk, Event, Listing, Row};
pub use details::Details;
pub use error::{Code, Error, Problem};
pub use inventory::{Chip, Inventory, Project, Query, Sort, TokenRecord};
pub use keychain::KeychainError;
pub use revoke::{RevokeOutcome, RevokePlan, RevokeRequest, Revoked};
pub use secrets::Copied;
pub use store::StoreError;
pub use sync::{Phase, Status};
pub use vault::SecretHandle;
