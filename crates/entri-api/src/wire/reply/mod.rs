//! Responses of a server that aren't lists.

mod auth;
mod change;
mod created;
mod message;

pub(crate) use auth::{SignedIn, session_info, signed_in};
pub(crate) use change::is_done;
pub(crate) use created::created;
pub(crate) use message::{error_code, server_words};
