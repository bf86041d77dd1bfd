//! Tells apart tokens that have the same id.

use std::hash::{DefaultHasher, Hash, Hasher};

use token_audit::Date;

/// What distinguishes tokens with the same id: the creation date, or else the name.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    created: Date,
    name: u64,
}

impl Marks {
    pub(super) fn of(created: Date, name: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        Self { created, name: hasher.finish() }
    }

    /// A token can be renamed between two lists; its creation stays.
    pub(super) fn differ(self, other: Self) -> bool {
        match (self.created, other.created) {
            (Date::At(one), Date::At(another)) => one != another,
            _ => self.name != other.name,
        }
    }
}
