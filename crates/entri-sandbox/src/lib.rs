#![doc = include_str!("../README.md")]

mod activity;
mod api_error;
mod auth;
mod config;
mod organization;
mod script;
mod seed;
mod server;
mod session;
mod shape;
mod store;
mod tokens;

pub use axum::http::Method;

pub use config::{
    Clock, Config, CreateShape, DateForm, ListShape, Prefix, RevokeAnswer, TokenRoutes, Variant,
};
pub use script::{Fault, FaultAnswer, RequestRecord};
pub use server::{Ready, Sandbox, StartError};
pub use store::StoredToken;
