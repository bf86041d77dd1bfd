//! The routes of the API, apart from sign-in.

pub mod activity;
pub mod organization;
mod pages;
pub mod tokens;
