#![doc = include_str!("../README.md")]

mod address;
mod client;
mod credential;
mod entry;
mod error;
mod message;
mod organization;
mod page;
mod secret;
mod token;
mod transport;
mod wire;

pub use address::{AddressError, BaseUrl};
pub use client::Client;
pub use credential::{ApiToken, CredentialError};
pub use entry::Entry;
pub use error::Error;
pub use message::ServerMessage;
pub use organization::{Organization, Project};
pub use page::{Listing, Page, Pages};
pub use secret::Secret;
pub use token::{CreatedToken, NewToken, Revocation, Token, TokenOwner};
