//! Reads server responses tolerantly: every alias, form of list and form of date in
//! docs/entri-api.md#tokens, #lists, #tolerance. None of these types leaves the crate.

mod activity;
mod alias;
mod entry;
mod list;
mod member;
mod readable;
mod record;
mod reply;
mod time;
mod value;
mod words;

pub use entry::Entry;
pub(crate) use list::List;
pub(crate) use readable::readable;
pub(crate) use record::Record;
pub(crate) use reply::{
    SignedIn, created, error_code, is_done, server_words, session_info, signed_in,
};
pub(crate) use words::{Next, Words};
