//! What a list may hold.

use crate::organization::Project;
use crate::token::Token;
use crate::wire::Record;

/// What a list may hold: [`Token`] or [`Project`].
pub trait Entry: Sized + Sealed {
    #[doc(hidden)]
    fn from_wire(record: Wire) -> Option<Self>;
    #[doc(hidden)]
    fn id(&self) -> &str;
}

/// Keeps the wire types out of the public interface.
pub struct Wire(pub(crate) Record);

pub trait Sealed {}
impl Sealed for Token {}
impl Sealed for Project {}

impl Entry for Token {
    fn from_wire(record: Wire) -> Option<Self> {
        record.0.into_token()
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Entry for Project {
    fn from_wire(record: Wire) -> Option<Self> {
        record.0.into_project()
    }

    fn id(&self) -> &str {
        &self.id
    }
}
