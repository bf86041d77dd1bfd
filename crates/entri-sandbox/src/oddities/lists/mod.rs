//! Oddities of a list and its pages.

mod drift;
mod entries;
mod next;
mod pages;
mod words;

pub use drift::{Drift, Moves};
pub use entries::{Damage, Members, Twins};
pub use next::Next;
pub use pages::{AfterLast, Pages, Total};
pub use words::{NextForm, Numbers, Place, Words};
