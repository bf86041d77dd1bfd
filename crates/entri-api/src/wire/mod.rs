//! What servers send, read tolerantly: every alias, form of list and form of date of contract §5,
//! §6 and §13. None of these types leaves the crate.

mod alias;
mod created;
mod list;
mod message;
mod record;
mod time;
mod value;

pub(crate) use created::created;
pub(crate) use list::List;
pub(crate) use message::server_message;
pub(crate) use record::Record;
