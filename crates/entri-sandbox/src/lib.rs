#![doc = include_str!("../README.md")]

mod activity;
mod api_error;
mod asked;
mod auth;
mod config;
mod fill;
mod forms;
mod history;
mod hold;
mod login;
pub mod odd;
mod organization;
mod pages;
mod ready;
mod sandbox;
mod script;
mod seed;
mod serve;
mod server;
mod shape;
mod shared;
mod store;
mod tokens;
mod truth;
mod variant;

pub use axum::http::Method;

pub use config::{Clock, Config};
pub use forms::{
    CreateShape, CreatorForm, DateForm, DateHeader, ListShape, OrganizationList, Prefix,
    RevokeAnswer, SessionData, SessionOrganization, TokenRoutes,
};
pub use history::Flaw;
pub use hold::Held;
pub use odd::Odd;
pub use ready::{Ready, StartError};
pub use sandbox::Sandbox;
pub use script::{Fault, FaultAnswer, Recurring, RequestRecord};
pub use store::StoredToken;
pub use truth::{By, Ended, Life, Told};
pub use variant::Variant;
