#![doc = include_str!("../README.md")]

mod activity;
mod address;
pub mod answers;
mod auth;
mod client;
mod completeness;
mod credential;
mod entry;
mod error;
mod message;
mod organization;
mod page;
mod percent;
mod person;
mod presence;
mod secret;
mod session;
mod token;
mod transport;
mod wire;

pub use activity::LogEntry;
pub use address::{AddressError, BaseUrl};
pub use auth::{Challenge, SecondFactor, SignIn, SignInError, SignedIn, sign_in};
pub use client::Client;
pub use completeness::{Completeness, Incomplete, Whole};
pub use credential::{ApiToken, Credential, CredentialError, CredentialKind};
pub use entry::Entry;
pub use error::Error;
pub use message::ServerMessage;
pub use organization::{Organization, Project};
pub use page::{Listing, Page, Pages};
pub use person::{Creator, Member, Role, User};
pub use presence::Presence;
pub use secret::Secret;
pub use session::{Session, SessionError, SessionInfo};
pub use token::{CreatedToken, NewToken, Revocation, Token, TokenOwner};
