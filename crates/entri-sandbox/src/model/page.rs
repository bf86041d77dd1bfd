//! A page of a list: which entries are wanted, and what was found.

use serde_json::Value;

use super::api_error::ApiError;

/// Which entries of a list are requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The number of the page, counted from 1.
    pub page: u32,
    /// The most entries it has.
    pub limit: u32,
    /// How many entries of the list come before it.
    pub offset: u32,
}

/// The entries of a window, and the number of entries in the list.
pub type Read = Result<(Vec<Value>, u32), ApiError>;

/// A page of a list.
#[derive(Clone, Copy)]
pub struct PageOf {
    pub page: u32,
    pub limit: u32,
    /// How many entries the list has, if the page states it.
    pub total: Option<u32>,
    /// How many pages the list has, if the page states it.
    pub pages: Option<u32>,
}
