//! Reads server responses tolerantly: every alias, form of list and form of date in
//! docs/entri-api.md#tokens, #lists, #tolerance. None of these types leaves the crate.

mod activity;
mod alias;
mod auth;
mod created;
mod deed;
mod fields;
mod list;
mod member;
mod message;
mod readable;
mod record;
mod time;
mod value;
mod words;

pub(crate) use activity::log_entry;
pub(crate) use auth::{SignedIn, session_info, signed_in};
pub(crate) use created::created;
pub(crate) use deed::is_done;
pub(crate) use list::List;
pub(crate) use member::member;
pub(crate) use message::{error_code, server_words};
pub(crate) use readable::readable;
pub(crate) use record::Record;
pub(crate) use words::{Next, Words};
