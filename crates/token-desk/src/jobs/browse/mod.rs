//! Looking through the tokens: the list, one token's details, search, selection, saved views.

pub(crate) mod appearance;
pub(crate) mod details;
pub(crate) mod listing;
pub(crate) mod lookup;
pub(crate) mod own;
pub(crate) mod saved_views;
pub(crate) mod selection;
pub(crate) mod suggest;
